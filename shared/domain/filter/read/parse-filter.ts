import { allOf, anyOf, type Filter, noneOf, printFilter } from '../filter.js';
import { aTerm, type FilterError, filterError, shown } from './filter-error.js';
import type { FieldName, FilterSymbol } from './filter-symbol.js';
import { readSymbols } from './read-symbols.js';
import { readTerm } from './read-term.js';

/** The largest filters that are taken: characters, words and phrases, brackets inside brackets. */
export const filterLimits = { characters: 2000, terms: 64, depth: 16 } as const;

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly error: FilterError };

/**
 * Reads a filter (docs/filter-language.md); NOT binds tightest, then AND. Never throws; time is linear in the length.
 */
export function parseFilter(text: string): ParsedFilter {
  const most = `at most ${filterLimits.characters} characters`;
  if (text.length > filterLimits.characters) {
    return { ok: false, error: filterError(filterLimits.characters + 1, `${text.length} characters`, most) };
  }
  const symbols = readSymbols(text);
  if ('message' in symbols) return { ok: false, error: symbols };
  const filter = readFilter(symbols);
  if ('message' in filter) return { ok: false, error: filter };
  // A ligature of many letters, or a field before brackets, can grow when it is written out.
  const { length } = printFilter(filter);
  if (length <= filterLimits.characters) return { ok: true, filter };
  return { ok: false, error: filterError(text.length + 1, `${length} characters when written out`, most) };
}

/** Inside how many brackets, and the field before the nearest that has one. */
interface Around {
  readonly depth: number;
  readonly field?: FieldName;
}

interface Parser {
  readonly symbols: readonly FilterSymbol[];
  readonly end: FilterSymbol;
  next: number;
  terms: number;
}

type Read = Filter | FilterError;

function readFilter(symbols: readonly FilterSymbol[]): Read {
  const end = symbols.at(-1) ?? { kind: 'end', text: '', at: 0 };
  const parser: Parser = { symbols, end, next: 0, terms: 0 };
  const filter = readAny(parser, { depth: 0 });
  if ('message' in filter) return filter;
  const rest = peek(parser);
  if (rest.kind !== 'end') return unexpected(rest, 'AND, OR or the end');
  if (!isOpen(filter)) return filter;
  const negation = symbols.find(({ kind }) => kind === 'not') ?? end;
  const why = 'a word that must occur as well: by what it leaves out alone, it matches nearly every paper';
  return filterError(negation.at + 1, shown(negation.text), why);
}

/** Whether a filter matches all papers but some: it has no words that must occur. */
function isOpen(filter: Filter): boolean {
  if (filter.kind === 'not') return !isOpen(filter.filter);
  if (filter.kind === 'all') return filter.filters.every(isOpen);
  return filter.kind === 'any' && filter.filters.some(isOpen);
}

function peek(parser: Parser): FilterSymbol {
  return parser.symbols[parser.next] ?? parser.end;
}

function unexpected(symbol: FilterSymbol, expected: string): FilterError {
  return filterError(symbol.at + 1, symbol.kind === 'end' ? 'the end' : shown(symbol.text), expected);
}

function readAny(parser: Parser, around: Around): Read {
  const first = readAll(parser, around);
  if ('message' in first) return first;
  const filters: [Filter, ...Filter[]] = [first];
  while (peek(parser).kind === 'or') {
    parser.next += 1;
    const filter = readAll(parser, around);
    if ('message' in filter) return filter;
    filters.push(filter);
  }
  return anyOf(filters);
}

function readAll(parser: Parser, around: Around): Read {
  const first = readOne(parser, around);
  if ('message' in first) return first;
  const filters: [Filter, ...Filter[]] = [first];
  while (!['or', 'close', 'end'].includes(peek(parser).kind)) {
    if (peek(parser).kind === 'and') parser.next += 1;
    const filter = readOne(parser, around);
    if ('message' in filter) return filter;
    filters.push(filter);
  }
  return allOf(filters);
}

function readOne(parser: Parser, around: Around): Read {
  let isNegated = false;
  for (; peek(parser).kind === 'not'; parser.next += 1) isNegated = !isNegated;
  const filter = peek(parser).kind === 'open' ? readBrackets(parser, around) : readLeaf(parser, around);
  return 'message' in filter || !isNegated ? filter : noneOf(filter);
}

function readBrackets(parser: Parser, around: Around): Read {
  const open = peek(parser);
  const depth = around.depth + 1;
  const own = open.kind === 'open' ? open.field : undefined;
  if (depth > filterLimits.depth) return unexpected(open, `at most ${filterLimits.depth} brackets inside each other`);
  if (own !== undefined && around.field !== undefined) {
    return unexpected(open, `brackets without a field: "${around.field}:" stands before those around them`);
  }
  parser.next += 1;
  const filter = readAny(parser, { ...around, depth, ...(own === undefined ? {} : { field: own }) });
  if ('message' in filter) return filter;
  if (peek(parser).kind !== 'close') return unexpected(peek(parser), `AND, OR or ")" for the "(" at ${open.at + 1}`);
  parser.next += 1;
  return filter;
}

function readLeaf(parser: Parser, { field }: Around): Read {
  const symbol = peek(parser);
  if (symbol.kind !== 'word' && symbol.kind !== 'quoted' && symbol.kind !== 'limit') return unexpected(symbol, aTerm);
  parser.next += 1;
  parser.terms += 1;
  if (parser.terms > filterLimits.terms) return unexpected(symbol, `at most ${filterLimits.terms} words and phrases`);
  return readTerm(symbol, field);
}
