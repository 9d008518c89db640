import type { LimitFilter, TextField } from '../filter.js';
import { type FilterError, filterError, neverClosed, quoted } from './filter-error.js';

/** What may be written before a colon. */
export type FieldName = TextField | 'author' | 'cat' | 'org' | 'has' | 'source';

/** A piece of a filter's text: `text` is how it is written, `at` where, counted from 0. */
export type FilterSymbol = SignSymbol | TermSymbol;

/** What makes one term. */
export type TermSymbol = LeafSymbol | LimitSymbol;

/** A bracket (an opening one may have a field), an operator, or the end. */
interface SignSymbol {
  readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'end';
  readonly text: string;
  readonly at: number;
  readonly field?: FieldName;
}

/** A word or a quoted text; `value` is what is written in it, without field, signs and quotes. */
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

/** Each field as a person would write it, for error messages. */
export const fieldExamples: Readonly<Record<FieldName, string>> = {
  title: 'title:robot',
  abstract: 'abstract:robot',
  keyword: 'keyword:robot',
  author: 'author:hinton',
  cat: 'cat:cs.CL',
  org: 'org:deepmind',
  has: 'has:code',
  source: 'source:arxiv',
};

type Measure = LimitFilter['measure'];

/** Each measure that can be compared with a number, as a person would write it; for age, newer is better. */
export const measureExamples: Readonly<Record<Measure, string>> = {
  score: 'score>=1.5',
  upvotes: 'upvotes>=20',
  stars: 'stars>=100',
  age: 'age<=7',
};

/** Whether a name can be compared with a number. */
export function isMeasure(name: string): name is Measure {
  return Object.hasOwn(measureExamples, name);
}

/**
 * Smart quotes and dashes count. Each reads on from where the scanner is, and tries no character more than a few times.
 */
const patterns = {
  space: /\s*/y,
  bracket: /[()]/y,
  open: /\(/y,
  dash: /[-‐‑‒–—−]/y,
  limit: /([A-Za-z]+)(?:\s*([<>]=?|[≤≥])|(=))\s*([^\s()"“”„‟«»＂]*)/y,
  field: /([A-Za-z]+):/y,
  equals: /=/y,
  quoted: /["“”„‟«»＂]([^"“”„‟«»＂]*)(["“”„‟«»＂]?)/y,
  distance: /~([^\s()"“”„‟«»＂]*)/y,
  word: /[^\s()"“”„‟«»＂]+/y,
} as const;

interface Scanner {
  readonly text: string;
  at: number;
}

type Symbolised = FilterSymbol | FilterError;

/** Splits a filter's text into symbols, the last of kind `end`; AND, OR and NOT in any case. Linear in the length. */
export function readSymbols(text: string): readonly FilterSymbol[] | FilterError {
  const symbols: FilterSymbol[] = [];
  const scanner = { text, at: 0 };
  while (take(scanner, 'space') && scanner.at < text.length) {
    const symbol = readSymbol(scanner);
    if ('message' in symbol) return symbol;
    symbols.push(symbol);
  }
  symbols.push({ kind: 'end', text: '', at: text.length });
  return symbols;
}

function take(scanner: Scanner, name: keyof typeof patterns): RegExpExecArray | undefined {
  const pattern = patterns[name];
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text) ?? undefined;
  if (found) scanner.at = pattern.lastIndex;
  return found;
}

function readSymbol(scanner: Scanner): Symbolised {
  const { at } = scanner;
  const bracket = take(scanner, 'bracket')?.[0];
  if (bracket !== undefined) return { kind: bracket === '(' ? 'open' : 'close', text: bracket, at };
  const dash = take(scanner, 'dash')?.[0];
  if (dash === undefined) return readLimit(scanner) ?? readWithField(scanner);
  return /\S/.test(scanner.text.charAt(scanner.at))
    ? { kind: 'not', text: dash, at }
    : filterError(at, `${quoted(dash)} has no word right after it: write, for example, -survey`);
}

/** Of the signs, a bare `=` can also be part of a word: `x=1`. */
function readLimit(scanner: Scanner): LimitSymbol | undefined {
  const { at } = scanner;
  const [text = '', name = '', sign, equals = '', value = ''] = take(scanner, 'limit') ?? [];
  const measure = name.toLowerCase();
  if (sign !== undefined || isMeasure(measure)) {
    return { kind: 'limit', text, at, measure, sign: sign ?? equals, value };
  }
  scanner.at = at;
  return undefined;
}

function readWithField(scanner: Scanner): Symbolised {
  const { at } = scanner;
  const field = take(scanner, 'field')?.[1]?.toLowerCase();
  if (field === undefined) return readLeaf(scanner, at);
  if (!isField(field)) return unknownField(at, field);
  if (take(scanner, 'open')) return { kind: 'open', text: `${field}:(`, at, field };
  if (take(scanner, 'dash')) {
    return filterError(at, `"-" comes after "${field}:": write it first, for example -${fieldExamples[field]}`);
  }
  const limit = readLimit(scanner);
  if (limit) return filterError(at, `"${field}:" cannot go with ${quoted(limit.text)}: write the two apart`);
  const symbol = readLeaf(scanner, at, field);
  const isEmpty = 'value' in symbol && symbol.value.trim() === '' && !symbol.isExact;
  return isEmpty
    ? filterError(at, `"${field}:" has nothing right after it: write, for example, ${fieldExamples[field]}`)
    : symbol;
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(fieldExamples, name);
}

/** What is wrong with a name before a colon that is no field's. */
export function unknownField(at: number, name: string): FilterError {
  const fields = Object.keys(fieldExamples).map((field) => `${field}:`);
  const known = `${fields.slice(0, -1).join(', ')} or ${fields.at(-1)}`;
  return filterError(at, `${quoted(`${name}:`)} is not a field: use ${known}, or put words with a colon in quotes`);
}

const operators = new Map<string, 'and' | 'or' | 'not'>([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
]);

/** Reads a word or a quoted text, perhaps after `=`; a field before it began at `at`. */
function readLeaf(scanner: Scanner, at: number, field?: FieldName): LeafSymbol | SignSymbol | FilterError {
  const isExact = take(scanner, 'equals') !== undefined;
  const quoteAt = scanner.at;
  const quote = take(scanner, 'quoted');
  if (quote?.[2] === '') return neverClosed('quote', quoteAt, quote[1] ?? '');
  const distance = quote && take(scanner, 'distance')?.[1];
  const value = quote?.[1] ?? take(scanner, 'word')?.[0] ?? '';
  const text = scanner.text.slice(at, scanner.at);
  const operator = operators.get(text.toLowerCase());
  if (operator) return { kind: operator, text, at };
  return {
    kind: quote ? 'quoted' : 'word',
    text,
    at,
    ...(field === undefined ? {} : { field }),
    isExact,
    value,
    ...(distance === undefined ? {} : { distance }),
  };
}
