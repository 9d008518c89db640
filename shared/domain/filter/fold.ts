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

/** Folds case, accents and compatibility forms (Unicode NFKD, https://unicode.org/reports/tr15/), and invisible signs. */
export function foldText(text: string): FoldedText {
  // Most abstracts are plain ASCII, whose offsets stay.
  if (/^[\0-\x7f]*$/.test(text)) return { text: text.toLowerCase() };
  const folded: string[] = [];
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
    folded.push(plain);
    at = end;
  }
  return { text: folded.join(''), starts, ends };
}

function foldCharacter(character: string): string {
  const parts = character.normalize('NFKD').toLowerCase().normalize('NFKD');
  return [...parts.replace(/[\p{M}\p{Cf}]/gu, '')].map((part) => plainLetters.get(part) ?? part).join('');
}
