import type { Filter, NearFilter, PhraseFilter, TextFilter } from './filter.js';

/** What all of the filters match. */
export function allOf(filters: readonly [Filter, ...Filter[]]): Filter {
  const parts = distinct(filters.flatMap((filter) => (filter.kind === 'all' ? filter.filters : [filter])));
  return parts.length > 1 ? { kind: 'all', filters: parts } : (parts[0] ?? filters[0]);
}

/** What any of the filters matches. */
export function anyOf(filters: readonly [Filter, ...Filter[]]): Filter {
  const parts = distinct(filters.flatMap((filter) => (filter.kind === 'any' ? filter.filters : [filter])));
  return parts.length > 1 ? { kind: 'any', filters: parts } : (parts[0] ?? filters[0]);
}

/** What the filter does not match. */
export function noneOf(filter: Filter): Filter {
  return filter.kind === 'not' ? filter.filter : { kind: 'not', filter };
}

/** Each part once and in one order, so that filters that differ only in that print alike. */
function distinct(filters: readonly Filter[]): Filter[] {
  const byText = new Map(filters.map((filter) => [printFilter(filter), filter]));
  return [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, filter]) => filter);
}

/** How a word with this term is written. */
export type Spelling = (term: string, word: string) => string;

/**
 * Writes a filter so that `parseFilter` reads it as the same; equal filters print alike, however they were spelled.
 * Words come out as stems ("infer") unless another spelling is asked for.
 */
export function printFilter(filter: Filter, spell: Spelling = (_, word) => word): string {
  switch (filter.kind) {
    case 'all':
      return filter.filters.map((part) => printPart(part, spell)).join(' ');
    case 'any':
      // AND binds tighter: brackets here would only add depth.
      return filter.filters.map((part) => printFilter(part, spell)).join(' OR ');
    case 'not':
      return `-${printPart(filter.filter, spell)}`;
    case 'exact':
      return within(filter, `=${printWords(filter.words)}`);
    case 'prefix':
      return within(filter, `${filter.prefix}*`);
    case 'word': {
      const word = spell(filter.term, filter.word);
      return within(filter, /^(?:and|or|not)$/i.test(word) ? `"${word}"` : word);
    }
    case 'phrase':
      return within(filter, printSpelled(filter, spell));
    case 'near':
      return within(filter, `${printSpelled(filter, spell)}~${filter.distance}`);
    case 'category':
      return `cat:${filter.category}`;
    case 'author':
      return `author:${printWords(filter.words)}`;
    case 'organisation':
      return `org:${printWords(filter.words)}`;
    case 'has':
      return `has:${filter.what}`;
    case 'source':
      return `source:${filter.source}`;
    case 'id':
      return `id:${filter.id}`;
    case 'limit':
      return `${filter.measure}${filter.measure === 'age' ? '<=' : '>='}${filter.value}`;
  }
}

function within({ field }: TextFilter, text: string): string {
  return field === undefined ? text : `${field}:${text}`;
}

function printSpelled(filter: PhraseFilter | NearFilter, spell: Spelling): string {
  const words = filter.words.map((word, index) => spell(filter.terms[index] ?? word, word));
  const end = filter.kind === 'phrase' && filter.prefix !== undefined ? ` ${filter.prefix}*` : '';
  return `"${words.join(' ')}${end}"`;
}

function printWords(words: readonly string[]): string {
  return words.length > 1 ? `"${words.join(' ')}"` : words.join('');
}

function printPart(filter: Filter, spell: Spelling): string {
  const text = printFilter(filter, spell);
  return filter.kind === 'all' || filter.kind === 'any' ? `(${text})` : text;
}
