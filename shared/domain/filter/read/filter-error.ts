/** Why a text is not a filter. */
export interface FilterError {
  /** Where the mistake is, counted in UTF-16 units from 1; one past the end where something is missing there. */
  readonly position: number;
  /** One line for the person who wrote it, without a full stop: what they did, and where it helps, what to write. */
  readonly message: string;
}

/** An error at an offset, counted from 0. */
export function filterError(at: number, message: string): FilterError {
  return { position: at + 1, message };
}

/**
 * The message for where the place cannot be marked: `The filter ends with "OR": write a word after it (character 8)`.
 */
export function messageWithPosition({ position, message }: FilterError): string {
  return `${message} (character ${position})`;
}

/** Something was opened at an offset, before the text `next`, and not closed. */
export function neverClosed(what: 'bracket' | 'quote', at: number, next: string): FilterError {
  return filterError(
    at,
    `The ${what} opened ${next.trim() === '' ? 'at the end' : `before ${quoted(next)}`} is never closed`,
  );
}

/** A piece of the text as an error shows it: in quotes unless it has its own, on one line, at most 30 characters. */
export function quoted(text: string): string {
  const line = onOneLine(text);
  const short = line.length > 30 ? `${line.slice(0, 29)}…` : line;
  return /["“”„‟«»＂]/.test(short) ? short : `"${short}"`;
}

/** A piece of the text without line breaks and characters that nobody sees. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ');
}
