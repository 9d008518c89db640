import type { FieldName } from './fields.js';

/** A piece of a filter's text: `text` is how it is written, `at` where, counted from 0. */
export type FilterSymbol = SignSymbol | TermSymbol;

/** What makes one term. */
export type TermSymbol = LeafSymbol | LimitSymbol;

/**
 * A bracket (an opening one may have a field), an operator, or the end; `comma` parts a list, and `stray` is a sign that
 * means nothing: neither is left once the text around them is read.
 */
interface SignSymbol {
  readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'end' | 'comma' | 'stray';
  readonly text: string;
  readonly at: number;
  readonly field?: FieldName;
}

/** A word or a quoted text; `value` is what is written in it, without field, signs and quotes, for `id` the id. */
export interface LeafSymbol {
  readonly kind: 'word' | 'quoted';
  readonly text: string;
  readonly at: number;
  readonly field?: FieldName;
  /** Whether `=` comes before it. */
  readonly isExact: boolean;
  readonly value: string;
  /** What follows `~` after the quotes. */
  readonly distance?: string;
}

/** A name, a sign that compares, and what it compares with: `stars >= 10`. */
export interface LimitSymbol {
  readonly kind: 'limit';
  readonly text: string;
  readonly at: number;
  readonly measure: string;
  readonly sign: string;
  readonly value: string;
}

/**
 * Quotes and dashes of any kind count. Each reads on from where the scanner is, and tries no character more than a few
 * times. A word may hold a formula, or a TeX command with its text, with blanks and brackets inside.
 */
const patterns = {
  space: /\s*/y,
  bracket: /[()]/y,
  open: /\(/y,
  sign: /[-‐‑‒–—−¬]+|[!+]/y,
  limit: /([A-Za-z]+)(?:(\s*)([<>]=?|[≤≥])|(=))\s*([^\s()"“”„‟«»「」『』《》,;、]*)/y,
  field: /([A-Za-z]+):/y,
  equals: /=/y,
  quoted: /["“”„‟«»「」『』《》]([^"“”„‟«»「」『』《》]*)(["“”„‟«»「」『』《》]?)/y,
  distance: /~([^\s()"“”„‟«»「」『』《》,;、]*)/y,
  comma: /[,;、，；]+/y,
  either: /\|+/y,
  both: /&&+/y,
  plain: /[A-Za-z][A-Za-z'-]*(?=[\s)]|$)/y,
  simple: /[^\s()"“”„‟«»「」『』《》$\\]+(?=[\s)"“”„‟«»「」『』《》]|$)/y,
  word: /(?:\$[^\s$](?:[^$"“”„‟«»]*[^\s$"“”„‟«»])?\$(?!\d)|\\[A-Za-z]+\{[^{}"]*\}|[^\s()"“”„‟«»「」『』《》])+(?:\(\))*/y,
} as const;

/** A text, and how far it has been read. */
export interface Scanner {
  readonly text: string;
  at: number;
}

/** Reads what a pattern says, where the scanner is. */
export function take(scanner: Scanner, name: keyof typeof patterns): RegExpExecArray | undefined {
  const pattern = patterns[name];
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text) ?? undefined;
  if (found) scanner.at = pattern.lastIndex;
  return found;
}
