import type { Filter } from '../filter.js';
import { allOf, anyOf, noneOf, printFilter } from '../write-filter.js';
import type { FieldName } from './fields.js';
import { type FilterError, filterError, neverClosed, quoted } from './filter-error.js';
import { foldFilterText, writtenAt } from './fold-text.js';
import type { CategoryCheck } from './read-fact.js';
import { readSymbols } from './read-symbols.js';
import { insideField, readTerm } from './read-term.js';
import { settleSymbols } from './running-text.js';
import type { FilterSymbol } from './symbols.js';

/** The largest filter that is accepted: characters, words and phrases, brackets inside brackets. */
export const filterLimits = { characters: 2000, terms: 64, depth: 16 } as const;

type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly error: FilterError };

/**
 * Reads a filter (docs/filter-language.md); NOT binds tightest, then AND. Without `isCategory`, every category will do.
 * Never throws; time is linear in the length.
 */
export function parseFilter(text: string, isCategory?: CategoryCheck): ParsedFilter {
  const most = `it can have at most ${filterLimits.characters}`;
  if (text.length > filterLimits.characters) {
    return wrong(filterError(filterLimits.characters, `The filter has ${text.length} characters: ${most}`));
  }
  const folded = foldFilterText(text);
  const filter = readFolded(folded, isCategory);
  if ('message' in filter)
    return wrong(
      filterError(folded === text ? filter.position - 1 : writtenAt(text, filter.position - 1), filter.message),
    );
  // A ligature of many letters, or a field before brackets, can grow when it is written out.
  const { length } = printFilter(filter);
  if (length <= filterLimits.characters) return { ok: true, filter };
  return wrong(filterError(text.length, `Written out in full, the filter has ${length} characters: ${most}`));
}

function readFolded(text: string, isCategory: CategoryCheck | undefined): Read {
  const symbols = readSymbols(text);
  return 'message' in symbols ? symbols : readFilter(settleSymbols(symbols), isCategory);
}

function wrong(error: FilterError): ParsedFilter {
  return { ok: false, error };
}

/** How many brackets are around, and the field of the nearest that has one. */
interface Around {
  readonly depth: number;
  readonly field?: FieldName;
}

interface Parser {
  readonly symbols: readonly FilterSymbol[];
  readonly end: FilterSymbol;
  next: number;
  terms: number;
  readonly isCategory: CategoryCheck | undefined;
  /** Where a negation makes what was read last match nearly every paper. */
  negation: FilterSymbol | undefined;
}

type Read = Filter | FilterError;

function readFilter(symbols: readonly FilterSymbol[], isCategory: CategoryCheck | undefined): Read {
  const end = symbols.at(-1) ?? { kind: 'end', text: '', at: 0 };
  const parser: Parser = { symbols, end, next: 0, terms: 0, isCategory, negation: undefined };
  const filter = readAny(parser, { depth: 0 });
  if ('message' in filter) return filter;
  const rest = peek(parser);
  if (rest.kind !== 'end') return neverOpened(rest);
  if (!isOpen(filter)) return filter;
  const { at, text } = parser.negation ?? end;
  const how = 'add a word that must occur beside it';
  return filterError(at, `${quoted(text)} only leaves papers out here, so nearly every paper matches: ${how}`);
}

/** Whether a filter matches nearly all papers: it has no words that must occur. */
function isOpen(filter: Filter): boolean {
  if (filter.kind === 'not') return !isOpen(filter.filter);
  if (filter.kind === 'all') return filter.filters.every(isOpen);
  return filter.kind === 'any' && filter.filters.some(isOpen);
}

function peek(parser: Parser): FilterSymbol {
  return parser.symbols[parser.next] ?? parser.end;
}

function readAny(parser: Parser, around: Around): Read {
  const first = readBranch(parser, around);
  if ('message' in first) return first;
  const filters: [Filter, ...Filter[]] = [first];
  while (peek(parser).kind === 'or') {
    parser.next += 1;
    const filter = readBranch(parser, around);
    if ('message' in filter) return filter;
    filters.push(filter);
  }
  return anyOf(filters);
}

/** Reads what is between two ORs, and notes the negation by which it matches nearly every paper. */
function readBranch(parser: Parser, around: Around): Read {
  const { next, negation } = parser;
  const filter = readAll(parser, around);
  if ('message' in filter) return filter;
  if (!isOpen(filter)) parser.negation = negation;
  else parser.negation ??= parser.symbols.slice(next).find(({ kind }) => kind === 'not');
  return filter;
}

function readAll(parser: Parser, around: Around): Read {
  const first = readOne(parser, around);
  if ('message' in first) return first;
  const filters: [Filter, ...Filter[]] = [first];
  while (!['or', 'close', 'end'].includes(peek(parser).kind)) {
    const isJoined = peek(parser).kind === 'and';
    if (isJoined) parser.next += 1;
    const filter = readOne(parser, around);
    if ('message' in filter) return filter;
    const last = filters.at(-1);
    // No paper has two ids: several in a row are alternatives.
    if (last && !isJoined && filter.kind === 'id' && isOfIds(last)) filters[filters.length - 1] = anyOf([last, filter]);
    else filters.push(filter);
  }
  return allOf(filters);
}

function isOfIds(filter: Filter): boolean {
  return filter.kind === 'id' || (filter.kind === 'any' && filter.filters.every(({ kind }) => kind === 'id'));
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
  if (depth > filterLimits.depth) {
    return filterError(open.at, `Brackets are nested ${depth} deep: they can be at most ${filterLimits.depth} deep`);
  }
  if (own !== undefined && around.field !== undefined) return insideField(open, around.field);
  parser.next += 1;
  const inner = peek(parser);
  if (inner.kind === 'end') return notClosed(open, inner);
  const filter = readAny(parser, { ...around, depth, ...(own === undefined ? {} : { field: own }) });
  if ('message' in filter) return filter;
  if (peek(parser).kind !== 'close') return notClosed(open, inner);
  parser.next += 1;
  return filter;
}

function readLeaf(parser: Parser, { field }: Around): Read {
  const symbol = peek(parser);
  if (symbol.kind !== 'word' && symbol.kind !== 'quoted' && symbol.kind !== 'limit') {
    return missingWord(parser.symbols[parser.next - 1], symbol);
  }
  parser.next += 1;
  parser.terms += 1;
  if (parser.terms > filterLimits.terms) {
    return filterError(
      symbol.at,
      `The filter has too many words and phrases: it can have at most ${filterLimits.terms}`,
    );
  }
  return readTerm(symbol, field, parser.isCategory);
}

function notClosed({ at, text }: FilterSymbol, next: FilterSymbol): FilterError {
  return neverClosed('bracket', at + text.length - 1, next.text);
}

function neverOpened({ at }: FilterSymbol): FilterError {
  return filterError(at, 'This ")" closes a bracket that was never opened');
}

/** What is wrong where a word has to come, but another symbol does. */
function missingWord(before: FilterSymbol | undefined, symbol: FilterSymbol): FilterError {
  const { at, kind, text } = symbol;
  if (kind === 'stray') return filterError(at, `${quoted(text)} has no letter or digit to search for`);
  if (before === undefined && kind === 'end') return filterError(at, 'The filter is empty: write a word to search for');
  if (before === undefined && kind === 'close') return neverOpened(symbol);
  if (before === undefined) return filterError(at, `The filter begins with ${quoted(text)}: write a word before it`);
  if (kind === 'end') return filterError(at, `The filter ends with ${quoted(before.text)}: write a word after it`);
  return filterError(at, `A word is missing between ${quoted(before.text)} and ${quoted(text)}`);
}
