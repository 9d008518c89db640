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
