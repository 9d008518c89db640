/** Why a text is no filter. `message` is one line for the person who wrote it. */
export interface FilterError {
  /** Where it went wrong, counted in characters (UTF-16 units) from 1. */
  readonly position: number;
  /** What stands there, as shown: `")"`, or `the end`. */
  readonly found: string;
  readonly expected: string;
  readonly message: string;
}

/** What a term may look like, for error messages. */
export const aTerm = 'a word, a "phrase" or "("';

/** Words an error: `at 12: found ")", expected a word, a "phrase" or "("`. */
export function filterError(position: number, found: string, expected: string): FilterError {
  return { position, found, expected, message: `at ${position}: found ${found}, expected ${expected}` };
}

/** A piece of the text as an error shows it: quoted, on one line, at most 30 characters. */
export function shown(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ');
  return `"${line.length > 30 ? `${line.slice(0, 29)}…` : line}"`;
}
