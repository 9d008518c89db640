/**
 * Folds a whole text before anything of it is read: compatibility forms such as full-width signs become what they look
 * like (NFKC), what cannot be seen is dropped, two single quotes are a double one, and square, curly and lenticular
 * brackets that stand like round ones are round ones.
 */
export function foldFilterText(written: string): string {
  const text = folded(written, hasDoubles.test(written) ? doubledQuotes(written) : none);
  return otherBracket.test(text) ? withRoundBrackets(text) : text;
}

const hasDoubles = /''|’’/;
const otherBracket = /[[{【〔]/;
const none: ReadonlySet<number> = new Set();

/** What stays is copied in whole stretches. */
function folded(written: string, doubles: ReadonlySet<number>): string {
  let text = '';
  let copied = 0;
  for (let at = 0; at < written.length; ) {
    if (isKept(written.charCodeAt(at)) && (doubles.size === 0 || !doubles.has(at))) at += 1;
    else {
      const piece = pieceAt(written, at, doubles);
      text += written.slice(copied, at) + piece.folded;
      at = piece.end;
      copied = at;
    }
  }
  return copied === 0 ? written : text + written.slice(copied);
}

/** Whether each UTF-16 unit stays as it is: 1 when it does, 2 when it does not, 0 until somebody asks. */
const kept = new Uint8Array(0x10000).fill(1, 0, 0x80);

function isKept(code: number): boolean {
  return (kept[code] || learn(code)) === 1;
}

function learn(code: number): number {
  const isHalf = code >= 0xd800 && code < 0xe000;
  const character = String.fromCharCode(code);
  kept[code] = !isHalf && foldCharacter(character) === character ? 1 : 2;
  return kept[code] ?? 2;
}

/** Where in the written text an offset of the folded one is. */
export function writtenAt(written: string, wanted: number): number {
  const doubles = hasDoubles.test(written) ? doubledQuotes(written) : none;
  let length = 0;
  for (let at = 0; at < written.length; ) {
    const isSame = isKept(written.charCodeAt(at)) && !doubles.has(at);
    const piece = isSame ? undefined : pieceAt(written, at, doubles);
    length += piece?.folded.length ?? 1;
    if (length > wanted) return at;
    at = piece?.end ?? at + 1;
  }
  return written.length;
}

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

/** Characters folded before; Unicode bounds their number. */
const foldedBefore = new Map<string, string>();

function foldCharacter(character: string): string {
  const known = foldedBefore.get(character);
  if (known !== undefined) return known;
  const folded = character.normalize('NFKC').replace(/[\p{Cf}\p{DI}]/gu, '');
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
  const open: { at: number; closer: string | undefined }[] = [];
  const pairs: [number, number][] = [];
  for (const { 0: sign, index } of text.matchAll(/[[\]{}【】〔〕]/g)) {
    const closer = closers.get(sign);
    if (closer !== undefined) open.push({ at: index, closer });
    else if (sign === open.at(-1)?.closer) {
      const start = open.pop()?.at ?? index;
      if (isStructural(text, start, index)) pairs.push([start, index]);
    }
  }
  if (pairs.length === 0) return text;
  const starts = new Set(pairs.map(([start]) => start));
  const ends = new Set(pairs.map(([, end]) => end));
  return text.replace(/[[\]{}【】〔〕]/g, (sign, at: number) => (starts.has(at) ? '(' : ends.has(at) ? ')' : sign));
}

function isStructural(text: string, start: number, end: number): boolean {
  const isBegun = /(?:^|[\s([{【〔"])(?:[-−–!+]|[A-Za-z]{2,12}:)?$/.test(text.slice(Math.max(0, start - 16), start));
  const isEnded = /^(?:$|[\s)\]}】〕"]|[.,;:!?]+(?:\s|$))/.test(text.slice(end + 1, end + 6));
  return isBegun && isEnded && /[\p{L}\p{N}]/u.test(text.slice(start + 1, end).slice(0, 200));
}
