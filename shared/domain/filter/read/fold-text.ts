/**
 * Folds a whole text before anything of it is read: compatibility forms such as full-width signs become what they look
 * like (NFKC), what cannot be seen is dropped, two single quotes are a double one, and square, curly and lenticular
 * brackets that stand like round ones are round ones.
 */
export function foldFilterText(written: string): string {
  const hasDoubles = /''|’’/.test(written);
  if (!hasDoubles && isFolded(written)) return /[[{【〔]/.test(written) ? withRoundBrackets(written) : written;
  const doubles = hasDoubles ? doubledQuotes(written) : none;
  let text = '';
  for (let at = 0; at < written.length; ) {
    const { folded, end } = pieceAt(written, at, doubles);
    text += folded;
    at = end;
  }
  return /[[{【〔]/.test(text) ? withRoundBrackets(text) : text;
}

/** Where in the written text an offset of the folded one is. */
export function writtenAt(written: string, wanted: number): number {
  const doubles = doubledQuotes(written);
  let length = 0;
  for (let at = 0; at < written.length; ) {
    const { folded, end } = pieceAt(written, at, doubles);
    length += folded.length;
    if (length > wanted) return at;
    at = end;
  }
  return written.length;
}

const none: ReadonlySet<number> = new Set();

/** A character, or two quotes that are one, as it is read. */
function pieceAt(written: string, at: number, doubles: ReadonlySet<number>): { folded: string; end: number } {
  if (doubles.has(at)) return { folded: '"', end: at + 2 };
  const code = written.codePointAt(at) ?? 0;
  if (code < 0x80) return { folded: written.charAt(at), end: at + 1 };
  const character = String.fromCodePoint(code);
  return { folded: foldCharacter(character), end: at + character.length };
}

/**
 * Where two single quotes are a double one, as TeX writes them: those that close what a double one, or two backticks,
 * opened; `5''` stays.
 */
function doubledQuotes(text: string): ReadonlySet<number> {
  const doubles = new Set<number>();
  let opener = -1;
  for (const { 0: sign, index } of text.matchAll(/["“”„‟«»＂]|''|’’|``|‘‘/g)) {
    const isClosing = sign === "''" || sign === '’’';
    const isOpening = sign === '``' || sign === '‘‘';
    if (opener >= 0 && !isOpening) {
      if (isClosing) doubles.add(index);
      if (/[`‘]/.test(text.charAt(opener))) doubles.add(opener);
      opener = -1;
    } else if (opener < 0 && !isClosing) opener = index;
  }
  return doubles;
}

/** Whether each UTF-16 unit stays as it is: 1 when it does, 2 when it does not, 0 until somebody asks. */
const stays = new Uint8Array(0x10000);

function isFolded(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (stays[code] === 0) {
      const isHalf = code >= 0xd800 && code < 0xe000;
      stays[code] = !isHalf && foldCharacter(text.charAt(at)) === text.charAt(at) ? 1 : 2;
    }
    if (stays[code] === 2) return false;
  }
  return true;
}

/** Characters folded before; Unicode bounds their number. */
const foldedBefore = new Map<string, string>();

function foldCharacter(character: string): string {
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
