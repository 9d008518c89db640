import type { SourceName } from '../paper/paper.js';
import type { PaperId } from '../paper/paper-id.js';

/** A boolean expression over papers; made by `parseFilter`, or of leaves by `allOf`, `anyOf` and `noneOf`. */
export type Filter = AllFilter | AnyFilter | NotFilter | TermFilter;

/** A leaf: one thing to look for. */
export type TermFilter = TextFilter | FactFilter;

/** Something to look for in a paper's texts. */
export type TextFilter = WordFilter | ExactFilter | PrefixFilter | PhraseFilter | NearFilter;

/** Something to ask about a paper besides its texts. */
export type FactFilter =
  | CategoryFilter
  | AuthorFilter
  | OrganisationFilter
  | HasFilter
  | SourceFilter
  | IdFilter
  | LimitFilter;

/** The texts of a paper; a text filter without one looks in all of them. */
export type TextField = 'title' | 'abstract' | 'keyword';

/** All of two or more, none of them `all` itself. */
interface AllFilter {
  readonly kind: 'all';
  readonly filters: readonly Filter[];
}

/** Any of two or more, none of them `any` itself. */
interface AnyFilter {
  readonly kind: 'any';
  readonly filters: readonly Filter[];
}

/** None of it; never a `not` of a `not`. */
interface NotFilter {
  readonly kind: 'not';
  readonly filter: Filter;
}

/** One word, compared by its stem `term`; `word` is the one spelling for all words of that stem (`spellTerm`). */
interface WordFilter {
  readonly kind: 'word';
  readonly field?: TextField;
  readonly word: string;
  readonly term: string;
}

/** One folded word, or several side by side, compared without stemming. */
export interface ExactFilter {
  readonly kind: 'exact';
  readonly field?: TextField;
  readonly words: readonly string[];
}

/** Words that begin like this; at least two folded characters. */
export interface PrefixFilter {
  readonly kind: 'prefix';
  readonly field?: TextField;
  readonly prefix: string;
}

/**
 * Two or more words side by side in one sentence; `words` and `terms` as for one word. With `prefix` one more word comes
 * last, which begins with it.
 */
export interface PhraseFilter {
  readonly kind: 'phrase';
  readonly field?: TextField;
  readonly words: readonly string[];
  readonly terms: readonly string[];
  readonly prefix?: string;
}

/**
 * Two or more different words of one sentence in any order, with at most `distance` others between the outer ones; by term.
 */
export interface NearFilter {
  readonly kind: 'near';
  readonly field?: TextField;
  readonly words: readonly string[];
  readonly terms: readonly string[];
  readonly distance: number;
}

/** An arXiv category (`cs.cl`) or a whole archive (`cs`), in lower case. */
export interface CategoryFilter {
  readonly kind: 'category';
  readonly category: string;
}

/** An author by last name or by full name, as folded words, the last name at the end (`isNamed`). */
export interface AuthorFilter {
  readonly kind: 'author';
  readonly words: readonly string[];
}

/** An organisation whose name holds these folded words side by side. */
interface OrganisationFilter {
  readonly kind: 'organisation';
  readonly words: readonly string[];
}

/** A paper whose code is known. */
interface HasFilter {
  readonly kind: 'has';
  readonly what: 'code';
}

/** A paper that this source listed. */
interface SourceFilter {
  readonly kind: 'source';
  readonly source: SourceName;
}

/** The paper with this arXiv id, without version. */
interface IdFilter {
  readonly kind: 'id';
  readonly id: PaperId;
}

/**
 * `score>=`, `upvotes>=`, `stars>=`: at least `value`, an unknown count being 0; `age<=`: published at most `value`
 * days before.
 */
export interface LimitFilter {
  readonly kind: 'limit';
  readonly measure: 'score' | 'upvotes' | 'stars' | 'age';
  readonly value: number;
}

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
