/** A text to compare, with the UTF-16 offsets that its characters had in the original; absent when they are the same. */
export interface FoldedText {
  readonly text: string;
  readonly starts?: readonly number[];
  readonly ends?: readonly number[];
}

/** Letters that Unicode does not take apart, as a keyboard without them writes them. */
const plainLetters = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ς', 'σ'],
  ['’', "'"],
  ['ʼ', "'"],
]);

const foreign = /[^\0-\x7f]/gu;

/** Folds case, accents and compatibility forms (Unicode NFKD, https://unicode.org/reports/tr15/), and invisible signs. */
export function foldText(text: string): FoldedText {
  // Most abstracts are plain ASCII, or nearly so.
  if (!/[^\0-\x7f]/.test(text)) return { text: text.toLowerCase() };
  let folded = '';
  let at = 0;
  for (const { 0: character, index } of text.matchAll(foreign)) {
    const plain = foldCharacter(character);
    if (plain.length !== character.length) return foldWithOffsets(text);
    folded += text.slice(at, index).toLowerCase() + plain;
    at = index + character.length;
  }
  return { text: folded + text.slice(at).toLowerCase() };
}

/** Folds a text whose characters move. */
function foldWithOffsets(text: string): FoldedText {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const plain = character < '\x80' ? character.toLowerCase() : foldCharacter(character);
    // A mark belongs to the letter before it.
    if (plain === '' && ends.length > 0) ends[ends.length - 1] = end;
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(at);
      ends.push(end);
    }
    folded += plain;
    at = end;
  }
  return { text: folded, starts, ends };
}

/** Characters that were folded before; there are no more of them than Unicode has. */
const known = new Map<string, string>();

function foldCharacter(character: string): string {
  const plain = known.get(character) ?? plainForm(character);
  known.set(character, plain);
  return plain;
}

function plainForm(character: string): string {
  const parts = character.normalize('NFKD').toLowerCase().normalize('NFKD');
  return [...parts.replace(/[\p{M}\p{Cf}]/gu, '')].map((part) => plainLetters.get(part) ?? part).join('');
}
