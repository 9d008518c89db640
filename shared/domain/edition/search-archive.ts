import type { ArchiveIndex } from '../archive/archive-index.js';
import type { CalendarDate } from '../calendar-date.js';
import { type CompiledFilter, compileFilter } from '../filter/compile-filter.js';
import type { Filter } from '../filter/filter.js';
import { loosenFilter } from '../filter/loosen-filter.js';
import type { MatchedWord } from '../filter/match/find-term.js';
import { indexPaper } from '../filter/match/index-paper.js';
import { matchFilter } from '../filter/match/match-filter.js';
import { parseFilter } from '../filter/read/parse-filter.js';
import { printFilter, type Spelling } from '../filter/write-filter.js';
import { type ArchivedPaper, type DaySpan, isWithin } from './archive.js';
import { factsOf } from './choose-papers.js';

/** Orders of what was found; papers equal in it are ordered by trend. */
export const searchSorts = ['trend', 'newest', 'relevance'] as const;

export type SearchSort = (typeof searchSorts)[number];

/** How many papers a page of results has. */
export const papersPerPage = 20;

export interface ArchiveSearch {
  readonly filter: Filter;
  /** Of the papers' own days; outside the archive's span there are none. */
  readonly span: DaySpan;
  readonly sort: SearchSort;
  /** From 1; beyond the last page it is the last. */
  readonly page: number;
}

/** One page of all that was found. Pages are of one archive: the next edition may move papers between them. */
export interface FoundPlaces {
  readonly total: number;
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
  /** The places in the archive of the papers that the page shows, in its order. */
  readonly places: readonly number[];
}

/** Searches an archive: all papers that match, by trend score, by their own day, or by relevance, cut into pages. */
export function searchArchive(archive: ArchiveIndex, search: ArchiveSearch): FoundPlaces {
  const filter = compileFilter(search.filter);
  const places = sorted(archive, filter, search.sort, placesIn(archive, filter, search.span));
  const pages = Math.max(1, Math.ceil(places.length / papersPerPage));
  const page = Math.min(Math.max(1, search.page), pages);
  return {
    total: places.length,
    page,
    pages,
    places: places.slice((page - 1) * papersPerPage, page * papersPerPage),
  };
}

/** A paper that was found, with the words that made it match, at most five. */
export interface FoundPaper {
  readonly paper: ArchivedPaper;
  readonly words: readonly MatchedWord[];
}

/** Says of papers that were found in an archive by which words. */
export function explainFound(
  { publishedAt }: Pick<ArchiveIndex, 'publishedAt'>,
  filter: Filter,
  papers: readonly ArchivedPaper[],
): readonly FoundPaper[] {
  const compiled = compileFilter(filter);
  return papers.map((paper) => {
    const indexed = indexPaper(paper.paper, factsOf(paper, { publishedAt }));
    return { paper, words: matchFilter(compiled, indexed) ?? [] };
  });
}

function placesIn(archive: ArchiveIndex, filter: CompiledFilter, span: DaySpan): readonly number[] {
  const places = archive.placesOf(filter);
  const isWhole = span.from <= archive.span.from && archive.span.to <= span.to;
  return isWhole ? places : places.filter((place) => isWithin(archive.dayAt(place), span));
}

/** Places ascend by rank, and sorting keeps the order of equals. */
function sorted(
  archive: ArchiveIndex,
  filter: CompiledFilter,
  sort: SearchSort,
  places: readonly number[],
): readonly number[] {
  if (sort === 'trend') return places;
  // There are few different weights.
  const byWeight = new Map<number | CalendarDate, number[]>();
  const weightOf = sort === 'newest' ? archive.dayAt : archive.relevanceAt(filter);
  for (const place of places) {
    const weight = weightOf(place);
    const equals = byWeight.get(weight);
    if (equals) equals.push(place);
    else byWeight.set(weight, [place]);
  }
  return [...byWeight].sort(([a], [b]) => Number(b > a) - Number(b < a)).flatMap(([, equals]) => equals);
}

/** A search with one clause less, and how many papers it finds. */
export interface LooserSearch {
  /** The clause that is left out, printed. */
  readonly without: string;
  /** What is left, printed. */
  readonly query: string;
  readonly total: number;
}

const mostLooser = 3;

/**
 * For a search that found little: those of the first twelve clauses of its outermost AND without which it would find papers. The most papers
 * first, at most three; words are spelled by `spell`.
 */
export function looserSearches(
  archive: ArchiveIndex,
  { filter, span }: Pick<ArchiveSearch, 'filter' | 'span'>,
  spell?: Spelling,
): readonly LooserSearch[] {
  const looser = loosenFilter(filter).flatMap(({ without, rest }) => {
    // What is left may be nothing but a negation, which is no filter.
    if (!parseFilter(printFilter(rest)).ok) return [];
    const total = placesIn(archive, compileFilter(rest), span).length;
    return [{ without: printFilter(without, spell), query: printFilter(rest, spell), total }];
  });
  return looser
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
    .slice(0, mostLooser);
}
