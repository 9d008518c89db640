/** A part of a text, in UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A piece of a shown text; pieces follow one another without blanks between them. */
export interface TextPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** How much of an excerpt comes before its first matched word. */
const shareBefore = 1 / 3;

/** Splits a text at what matched in it; ranges may overlap and come in any order. */
export function markMatches(text: string, matches: readonly TextRange[]): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const { start, end } of [...matches].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, start);
    const to = Math.min(text.length, end);
    if (to <= from) continue;
    pieces.push({ text: text.slice(at, from), isMatch: false }, { text: text.slice(from, to), isMatch: true });
    at = to;
  }
  return [...pieces, { text: text.slice(at), isMatch: false }].filter((piece) => piece.text !== '');
}

/** About `length` UTF-16 units of a text around its first match, cut between words, with “…” for what is left out. */
export function excerptOf(text: string, matches: readonly TextRange[], length: number): readonly TextPiece[] {
  if (text.length <= length) return markMatches(text, matches);
  const first = Math.min(...matches.map(({ start }) => start), text.length);
  const latest = Math.max(0, text.length - length);
  const from = Math.min(latest, Math.max(0, Math.floor(first - length * shareBefore)));
  const start = Math.min(behindBlank(text, from), first);
  const end = beforeBlank(text, Math.min(text.length, start + length), start);
  const inside = matches.map((match) => ({ start: match.start - start, end: match.end - start }));
  const pieces = markMatches(text.slice(start, end), inside);
  const gap = { text: '…', isMatch: false };
  return [...(start > 0 ? [gap] : []), ...pieces, ...(end < text.length ? [gap] : [])];
}

function behindBlank(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.slice(at).search(/\s\S/);
  return blank < 0 ? at : at + blank + 1;
}

function beforeBlank(text: string, at: number, least: number): number {
  if (at === text.length) return at;
  const blank = text.slice(least, at + 1).search(/\s\S*$/);
  return blank <= 0 ? at : least + blank;
}
