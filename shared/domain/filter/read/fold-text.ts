/** A filter's text as it is read, with the offset in the text as it was written of each unit and of the end. */
interface FoldedFilter {
  readonly text: string;
  /** Absent where nothing has moved. */
  readonly origins?: readonly number[];
}

/** What reads as it stands: nothing else than ASCII, no TeX quotes, no brackets but round ones. */
const plain = /^(?!.*(?:''|``|[[{]))[\0-\x7f]*$/s;

/**
 * Folds a whole text before anything of it is read: compatibility forms such as full-width signs become what they look
 * like (NFKC), what cannot be seen is dropped, two single quotes are a double one, and square, curly and lenticular
 * brackets that stand like round ones are round ones.
 */
export function foldFilterText(written: string): FoldedFilter {
  if (plain.test(written)) return { text: written };
  const origins: number[] = [];
  const doubles = doubledQuotes(written);
  let text = '';
  for (let at = 0; at < written.length; ) {
    const character = String.fromCodePoint(written.codePointAt(at) ?? 0);
    const isDouble = doubles.has(at);
    const folded = isDouble ? '"' : foldCharacter(character);
    for (let unit = 0; unit < folded.length; unit += 1) origins.push(at);
    text += folded;
    at += isDouble ? 2 : character.length;
  }
  origins.push(written.length);
  return { text: /[[{【〔]/.test(text) ? withRoundBrackets(text) : text, origins };
}

/**
 * Where two single quotes are a double one, as TeX writes them: those that close what a double one, or two backticks,
 * opened; `5''` stays.
 */
function doubledQuotes(text: string): ReadonlySet<number> {
  const doubles = new Set<number>();
  let opener = -1;
  for (const { 0: sign, index } of text.matchAll(/["“”„‟«»＂]|''|``/g)) {
    if (opener >= 0 && sign !== '``') {
      if (sign === "''") doubles.add(index);
      if (text[opener] === '`') doubles.add(opener);
      opener = -1;
    } else if (opener < 0 && sign !== "''") opener = index;
  }
  return doubles;
}

/** Where in the written text an offset of the folded one is. */
export function writtenAt({ origins }: FoldedFilter, at: number): number {
  return origins?.[at] ?? at;
}

/** Characters folded before; Unicode bounds their number. */
const foldedBefore = new Map<string, string>();

function foldCharacter(character: string): string {
  if (character < '\x80') return character;
  const folded = foldedBefore.get(character) ?? character.normalize('NFKC').replace(/[\p{Cf}\p{DI}]/gu, '');
  foldedBefore.set(character, folded);
  return folded;
}

const closers = new Map([
  ['[', ']'],
  ['{', '}'],
  ['【', '】'],
  ['〔', '〕'],
]);

/** A bracket opens at the beginning of a word, perhaps behind a sign or a field, and closes at its end. */
function withRoundBrackets(text: string): string {
  const units = [...Array(text.length).keys()].map((at) => text.charAt(at));
  const open: { at: number; closer: string }[] = [];
  for (const [at, unit] of units.entries()) {
    const closer = closers.get(unit);
    if (closer !== undefined) open.push({ at, closer });
    else if (unit === open.at(-1)?.closer) {
      const start = open.pop()?.at ?? at;
      if (!isStructural(text, start, at)) continue;
      units[start] = '(';
      units[at] = ')';
    }
  }
  return units.join('');
}

function isStructural(text: string, start: number, end: number): boolean {
  const isBegun = /(?:^|[\s([{【〔"])(?:[-−–!+]|[A-Za-z]{2,12}:)?$/.test(text.slice(Math.max(0, start - 16), start));
  const isEnded = /^(?:$|[\s)\]}】〕"]|[.,;:!?]+(?:\s|$))/.test(text.slice(end + 1, end + 6));
  return isBegun && isEnded && /[\p{L}\p{N}]/u.test(text.slice(start + 1, end).slice(0, 200));
}
