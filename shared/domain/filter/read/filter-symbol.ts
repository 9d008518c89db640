import type { TextField } from '../filter.js';

/** What may stand before a colon. */
export type FieldName = TextField | 'author' | 'cat' | 'org' | 'has' | 'source';

/** A symbol of a filter's text. `text` is what stands there; `at` counts from 0. */
export type FilterSymbol = SignSymbol | TermSymbol;

/** What stands for one term. */
export type TermSymbol = LeafSymbol | LimitSymbol;

/** A bracket, one that opens perhaps behind a field, an operator, or the end. */
export interface SignSymbol {
  readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'end';
  readonly text: string;
  readonly at: number;
  readonly field?: FieldName;
}

/** A word or a quoted text; `value` is what stands in it, without field, signs and quotes. */
export interface LeafSymbol {
  readonly kind: 'word' | 'quoted';
  readonly text: string;
  readonly at: number;
  readonly field?: FieldName;
  /** Behind `=`. */
  readonly isExact: boolean;
  readonly value: string;
  /** What stands behind `~` behind the quotes. */
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

/** What each field wants behind its colon, for error messages. */
export const fieldValues: Readonly<Record<FieldName, string>> = {
  title: 'a word',
  abstract: 'a word',
  keyword: 'a word',
  author: 'a name',
  cat: 'a category such as cs.CL',
  org: 'a name',
  has: '"code"',
  source: '"arxiv" or "hugging-face"',
};
