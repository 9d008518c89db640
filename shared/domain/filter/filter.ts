/** A boolean expression over papers; made by `parseFilter`, or of leaves by `allOf`, `anyOf` and `noneOf`. */
export type Filter = AllFilter | AnyFilter | NotFilter | TermFilter;

/** A leaf: one thing to look for. */
export type TermFilter = WordFilter | PhraseFilter | CategoryFilter | AuthorFilter;

/** All of two or more, none of them `all` itself. */
export interface AllFilter {
  readonly kind: 'all';
  readonly filters: readonly Filter[];
}

/** Any of two or more, none of them `any` itself. */
export interface AnyFilter {
  readonly kind: 'any';
  readonly filters: readonly Filter[];
}

/** None of it; never a `not` of a `not`. */
export interface NotFilter {
  readonly kind: 'not';
  readonly filter: Filter;
}

/** One word of title, abstract or keywords; `word` is folded, `term` its stem, which is what is compared. */
export interface WordFilter {
  readonly kind: 'word';
  readonly word: string;
  readonly term: string;
}

/** Two or more words side by side in one text. */
export interface PhraseFilter {
  readonly kind: 'phrase';
  readonly words: readonly string[];
  readonly terms: readonly string[];
}

/** An arXiv category (`cs.cl`) or a whole archive (`cs`), in lower case. */
export interface CategoryFilter {
  readonly kind: 'category';
  readonly category: string;
}

/** An author by last name or by full name, as folded words. */
export interface AuthorFilter {
  readonly kind: 'author';
  readonly words: readonly string[];
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

/** Each part once and in one order, so that filters that differ in that alone print alike. */
function distinct(filters: readonly Filter[]): Filter[] {
  const byText = new Map(filters.map((filter) => [printFilter(filter), filter]));
  return [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, filter]) => filter);
}

/** Writes a filter so that `parseFilter` reads it as the same; equal filters print alike, whatever their spelling was. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'all':
      return filter.filters.map(printPart).join(' ');
    case 'any':
      // AND binds tighter: brackets here would only add depth.
      return filter.filters.map(printFilter).join(' OR ');
    case 'not':
      return `-${printPart(filter.filter)}`;
    case 'word':
      return /^(?:and|or|not)$/.test(filter.word) ? `"${filter.word}"` : filter.word;
    case 'phrase':
      return `"${filter.words.join(' ')}"`;
    case 'category':
      return `cat:${filter.category}`;
    case 'author':
      return filter.words.length > 1 ? `author:"${filter.words.join(' ')}"` : `author:${filter.words.join('')}`;
  }
}

function printPart(filter: Filter): string {
  return filter.kind === 'all' || filter.kind === 'any' ? `(${printFilter(filter)})` : printFilter(filter);
}
