/** A text with its braces: `pairs` maps each opening brace to its closing one. */
export interface Source {
  readonly text: string;
  readonly pairs: ReadonlyMap<number, number>;
}

/** A cursor over `source`, up to `end`; what it has read is in `out`, which ends with the character `last`. */
export interface Reading {
  readonly source: Source;
  readonly end: number;
  at: number;
  isMath: boolean;
  out: string;
  last: string;
  /** Converts a part of the source by itself. */
  readonly convert: (start: number, end: number, isMath: boolean) => string;
}

/** Finds the braces of a text; those without a partner, and escaped ones, are left out. */
export function sourceOf(text: string): Source {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '{') open.push(at);
    else if (text[at] === '}') {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, at);
    }
  }
  return { text, pairs };
}

/** Where the group that opens at the cursor closes, if one does. */
export function groupEnd(reading: Reading): number | undefined {
  const close = reading.source.text[reading.at] === '{' ? reading.source.pairs.get(reading.at) : undefined;
  return close !== undefined && close < reading.end ? close : undefined;
}

/** The next `length` characters, for a look ahead of bounded cost. */
export function ahead(reading: Reading, length: number): string {
  return reading.source.text.slice(reading.at, Math.min(reading.end, reading.at + length));
}

/** Reads the next argument as text: a group, a command or one character. */
export function readArgument(reading: Reading, isMath: boolean): string {
  const start = reading.at;
  const close = groupEnd(reading);
  if (close !== undefined) {
    reading.at = close + 1;
    return reading.convert(start + 1, close, isMath);
  }
  const bare = /^(?:\\[A-Za-z]+|\\.|.)/su.exec(ahead(reading, 40))?.[0] ?? '';
  reading.at += bare.length;
  return reading.convert(start, reading.at, isMath);
}

/** Reads an option in brackets before an argument, as text; empty without one. */
export function readOption(reading: Reading): string {
  const found = /^ ?\[((?:[^[\]{}]|\{[^{}]*\})*)\] ?/.exec(ahead(reading, 80));
  if (!found) return '';
  const start = reading.at + found[0].indexOf('[') + 1;
  reading.at += found[0].length;
  return reading.convert(start, start + (found[1]?.length ?? 0), reading.isMath).trim();
}

/** Appends to what was read. */
export function write(reading: Reading, text: string): void {
  if (text === '') return;
  reading.out += text;
  // Looking at the end of a growing string would flatten it each time: quadratic.
  reading.last = text.slice(-1);
}

/** Writes one space, never a second one. */
export function writeSpace(reading: Reading): void {
  if (reading.last !== ' ') write(reading, ' ');
}

/** Whether what was read ends with a letter, a digit or a closing bracket. */
export function isBehindWord(reading: Reading): boolean {
  return /[\p{L}\p{N})]/u.test(reading.last);
}
