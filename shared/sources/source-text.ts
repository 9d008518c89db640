import { Parser } from 'htmlparser2';
import type { Instant } from '../domain/calendar-date.js';

/** Longest texts that are kept, in UTF-16 units; what is longer ends with an ellipsis. */
export const textLimits = { title: 500, abstract: 10_000, aiSummary: 2000, name: 200, keyword: 100 } as const;

const blanks = /[\s\u0085]+/gu;

// Control, surrogate and format characters, the bidirectional overrides among them; the joiners that Persian, Hindi
// and emoji need are kept.
const unprintable = /(?![\s\u0085\u200c\u200d])[\p{Cc}\p{Cs}\p{Cf}\ufffe\uffff]|\ufeff/gu;

// The ampersand of an entity may have been escaped again and again.
const entity = /&(?:(?:amp|#0*38|#x0*26);)*(?:(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});)?/gi;

/** The character that an HTML entity stands for; what is none comes back as it is. */
function characterOf(escaped: string): string {
  const name = escaped.replace(/^&(?:(?:amp|#0*38|#x0*26);)*/i, '');
  if (name === '') return '&';
  const pieces: string[] = [];
  const parser = new Parser({ ontext: (piece) => void pieces.push(piece) });
  parser.end(`&${name}`);
  return pieces.join('');
}

/**
 * Makes hostile text one printable line of at most `limit` units: HTML entities that a source left in it are resolved,
 * white space is folded, hidden characters are dropped, TeX is kept.
 */
export function oneLine(text: string, limit: number): string {
  const whole = text.includes('&') ? text.replace(entity, characterOf) : text;
  const line = whole.replace(unprintable, '').replace(blanks, ' ').trim().normalize('NFC');
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit - 1);
  // A cut between the two halves of a character leaves the first one alone.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads an ISO 8601 time that names its zone; `undefined` for every other text. */
export function parseInstant(text: string): Instant | undefined {
  const at = isoTime.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** The value of a JSON text; `undefined` for every other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
