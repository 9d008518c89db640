import MiniSearch, { type QueryCombination } from 'minisearch';
import type { Edition } from '../../shared/domain/edition/edition.js';
import type { Filter, TermFilter } from '../../shared/domain/filter/filter.js';
import { type IndexedPaper, indexPaper } from '../../shared/domain/filter/match/index-paper.js';
import { tokenise } from '../../shared/domain/filter/words/normalise.js';
import { isMatch } from '../support/filters.js';

/** Matches filters against one edition in another way: gives the places, ascending. */
export type Peer = (filter: Filter) => readonly number[];

/** How long a peer takes for some filters, made ready before, and what it finds. */
export interface PeerRun {
  /** Reading the papers, in milliseconds. */
  readonly readMs: number;
  readonly matchMs: number;
  readonly places: readonly (readonly number[])[];
  /** Matches once more; absent where another process does. */
  readonly again?: () => unknown;
}

/** A filter as a test of one text. */
type TextTest = (text: string) => boolean;

/**
 * A loop of regular expressions that were compiled before, one for each clause. `written` reads the texts as they are,
 * in any case, each stem with any ending; `terms` reads the terms of the words instead, and so finds what the engine
 * finds.
 */
export function runRegexLoop(edition: Edition, filters: readonly Filter[], over: 'written' | 'terms'): PeerRun {
  const tests = filters.map((filter) => testOf(filter, over === 'written' ? writtenPattern : termsPattern));
  const start = performance.now();
  const texts = edition.papers.map(({ paper }) =>
    over === 'written' ? `${paper.title}\n${paper.abstract}` : [paper.title, paper.abstract].map(termsText).join('\n'),
  );
  const readMs = performance.now() - start;
  const match = () => tests.map((test) => texts.flatMap((text, place) => (test(text) ? [place] : [])));
  // An expression becomes machine code at its second use.
  return { readMs, ...fastest(match) };
}

/** The fastest of four runs, as for the engine. */
function fastest(match: () => PeerRun['places']): Omit<PeerRun, 'readMs'> {
  let matchMs = Number.POSITIVE_INFINITY;
  let places: PeerRun['places'] = [];
  for (let run = 0; run < 4; run += 1) {
    const start = performance.now();
    places = match();
    matchMs = Math.min(matchMs, performance.now() - start);
  }
  return { matchMs, places, again: match };
}

function termsText(text: string): string {
  return ` ${tokenise(text)
    .map(({ term }) => term)
    .join(' ')} `;
}

function testOf(filter: Filter, patternOf: (leaf: TermFilter) => RegExp): TextTest {
  if (filter.kind === 'not') {
    const test = testOf(filter.filter, patternOf);
    return (text) => !test(text);
  }
  if (filter.kind === 'all' || filter.kind === 'any') {
    const tests = filter.filters.map((part) => testOf(part, patternOf));
    return filter.kind === 'all'
      ? (text) => tests.every((test) => test(text))
      : (text) => tests.some((test) => test(text));
  }
  const pattern = patternOf(filter);
  return (text) => pattern.test(text);
}

function writtenPattern(leaf: TermFilter): RegExp {
  // Porter's stems end in i where the words end in y or ies.
  const stems = termsOf(leaf).map(
    (term) => `${escaped(term.replace(/i$/, ''))}${term.endsWith('i') ? '[iy]' : ''}\\p{L}*`,
  );
  // `\b` knows ASCII letters only, and together with i and u it is ten times as slow.
  return new RegExp(`(?<![\\p{L}\\p{N}])${stems.join('[^\\p{L}\\p{N}]+')}(?![\\p{L}\\p{N}])`, 'iu');
}

function termsPattern(leaf: TermFilter): RegExp {
  return new RegExp(` ${termsOf(leaf).map(escaped).join(' ')} `);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The words of a clause; the bench draws words and phrases only. */
export function termsOf(leaf: TermFilter): readonly string[] {
  if (leaf.kind === 'word') return [leaf.term];
  if (leaf.kind === 'phrase') return leaf.terms;
  throw new Error(`the bench draws no ${leaf.kind}`);
}

/** MiniSearch over the same terms; what it finds is checked again where order or absence of words matter. */
export function runMiniSearch(edition: Edition, filters: readonly Filter[]): PeerRun {
  const queries = filters.map((filter) => ({ filter, query: queryOf(filter), isExact: isConjunctionOfWords(filter) }));
  const papers: IndexedPaper[] = edition.papers.map(({ paper }) => indexPaper(paper));
  const start = performance.now();
  const search = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: (text) => tokenise(text).map(({ term }) => term),
    processTerm: (term) => term,
    searchOptions: { tokenize: (term) => [term], processTerm: (term) => term },
  });
  search.addAll(edition.papers.map(({ paper }, id) => ({ id, text: `${paper.title} ${paper.abstract}` })));
  const readMs = performance.now() - start;
  const match = () =>
    queries.map(({ filter, query, isExact }) =>
      search
        .search(query)
        .map(({ id }) => Number(id))
        .filter((place) => isExact || isMatchAt(papers, place, filter))
        .sort((one, other) => one - other),
    );
  return { readMs, ...fastest(match) };
}

function isMatchAt(papers: readonly IndexedPaper[], place: number, filter: Filter): boolean {
  const paper = papers[place];
  return paper !== undefined && isMatch(filter, paper);
}

/** The papers that may match: a phrase as all of its words, and whatever must be absent left out. */
function queryOf(filter: Filter): QueryCombination {
  if (filter.kind === 'not') throw new Error('only a part of a filter is negated');
  if (filter.kind === 'any') return { combineWith: 'OR', queries: filter.filters.map(queryOf) };
  if (filter.kind !== 'all') return { combineWith: 'AND', queries: [...termsOf(filter)] };
  return { combineWith: 'AND', queries: filter.filters.filter(({ kind }) => kind !== 'not').map(queryOf) };
}

function isConjunctionOfWords(filter: Filter): boolean {
  if (filter.kind === 'all' || filter.kind === 'any') return filter.filters.every(isConjunctionOfWords);
  return filter.kind === 'word';
}
