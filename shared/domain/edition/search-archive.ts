import { type CompiledFilter, compileFilter } from '../filter/compile-filter.js';
import type { Filter } from '../filter/filter.js';
import { loosenFilter } from '../filter/loosen-filter.js';
import type { MatchedWord } from '../filter/match/find-term.js';
import type { PaperPart } from '../filter/match/index-paper.js';
import { matchFilter } from '../filter/match/match-filter.js';
import { parseFilter } from '../filter/read/parse-filter.js';
import { printFilter, type Spelling } from '../filter/write-filter.js';
import { type ArchivedPaper, type DaySpan, type IndexedArchive, isWithin } from './archive.js';

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

/** A paper that was found, with the words that made it match, at most five. */
export interface FoundPaper {
  readonly paper: ArchivedPaper;
  readonly words: readonly MatchedWord[];
}

/** One page of all that was found. Pages are of one archive: the next edition may move papers between them. */
export interface FoundPage {
  readonly total: number;
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
  readonly papers: readonly FoundPaper[];
}

/** Searches an archive: all papers that match, by trend score, by their own day, or by relevance, cut into pages. */
export function searchArchive(source: IndexedArchive, search: ArchiveSearch): FoundPage {
  const filter = compileFilter(search.filter);
  const places = sorted(source, filter, search.sort, placesIn(source, filter, search.span));
  const pages = Math.max(1, Math.ceil(places.length / papersPerPage));
  const page = Math.min(Math.max(1, search.page), pages);
  const papers = places.slice((page - 1) * papersPerPage, page * papersPerPage).flatMap((place) => {
    const paper = source.archive.papers[place];
    return paper ? [{ paper, words: wordsAt(source, filter, place) }] : [];
  });
  return { total: places.length, page, pages, papers };
}

function placesIn({ archive, indexed }: IndexedArchive, filter: CompiledFilter, span: DaySpan): readonly number[] {
  return indexed.placesOf(filter).filter((place) => {
    const paper = archive.papers[place];
    return paper && isWithin(paper.day, span);
  });
}

function wordsAt({ indexed }: IndexedArchive, filter: CompiledFilter, place: number): readonly MatchedWord[] {
  const paper = indexed.papers[place];
  return (paper && matchFilter(filter, paper.indexed)) ?? [];
}

/** Places ascend by rank, and sorting keeps the order of equals. */
function sorted(
  source: IndexedArchive,
  filter: CompiledFilter,
  sort: SearchSort,
  places: readonly number[],
): readonly number[] {
  if (sort === 'trend') return places;
  const weight = (place: number) =>
    sort === 'newest' ? (source.archive.papers[place]?.day ?? '') : relevanceOf(wordsAt(source, filter, place));
  return places
    .map((place) => ({ place, weight: weight(place) }))
    .sort((a, b) => Number(b.weight > a.weight) - Number(b.weight < a.weight))
    .map(({ place }) => place);
}

/** Each different word or phrase that made a paper match counts 4 in the title, 2 in a keyword and 1 elsewhere. */
function relevanceOf(words: readonly MatchedWord[]): number {
  const weights: Partial<Record<PaperPart, number>> = { title: 4, keyword: 2 };
  return words.reduce((sum, { part }) => sum + (weights[part] ?? 1), 0);
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
  source: IndexedArchive,
  { filter, span }: Pick<ArchiveSearch, 'filter' | 'span'>,
  spell?: Spelling,
): readonly LooserSearch[] {
  const looser = loosenFilter(filter).flatMap(({ without, rest }) => {
    // What is left may be nothing but a negation, which is no filter.
    if (!parseFilter(printFilter(rest)).ok) return [];
    const total = placesIn(source, compileFilter(rest), span).length;
    return [{ without: printFilter(without, spell), query: printFilter(rest, spell), total }];
  });
  return looser
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
    .slice(0, mostLooser);
}
