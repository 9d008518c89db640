import { type CalendarDate, dateOf, dayMs, type Instant } from '../calendar-date.js';
import { type ArchivedPaper, type DaySpan, daysCovered } from '../edition/archive.js';
import type { RankedPaper } from '../edition/edition.js';
import { evaluator } from '../filter/bitmaps/evaluator.js';
import { numberTable } from '../filter/bitmaps/number-table.js';
import { paperSets } from '../filter/bitmaps/paper-sets.js';
import { type CompiledFilter, compileFilter, leafAt } from '../filter/compile-filter.js';
import type { Filter, TermFilter } from '../filter/filter.js';
import { findersOf, isTextFilter, type LeafFinder } from './find-leaf.js';
import { type Entry, type JoinedMonths, joinMonths } from './join-months.js';
import type { MonthIndex } from './month-index.js';
import { type TextNeeds, textNeeds } from './month-texts.js';
import { type MonthWords, monthWords } from './month-words.js';
import { type JudgedLeaf, relevanceOf } from './relevance.js';

/** The papers of a span of days, each once, ranked like one edition and ready to be searched; places count from 0. */
export interface ArchiveIndex {
  /** When the newest of its editions came out: papers are as old as they were then. */
  readonly publishedAt: Instant;
  readonly span: DaySpan;
  /** How many days of the span at least one of the editions looks back on. */
  readonly coveredDays: number;
  /** How many papers. */
  readonly size: number;
  /** Places of the papers that a filter matches, ascending, at most `most`; equal filters are evaluated once. */
  readonly placesOf: (filter: CompiledFilter, most?: number) => readonly number[];
  /** The paper's own day. */
  readonly dayAt: (place: number) => CalendarDate;
  /** Says of a paper that a filter matches how much that is what it is about (`relevanceOf`). */
  readonly relevanceAt: (filter: CompiledFilter) => (place: number) => number;
  /** The editions that hold a paper, newest first, and the places there, from 0. */
  readonly entriesAt: (place: number) => readonly Entry[];
  /** What each month needs, besides what is always read, to be asked about the terms of a filter. */
  readonly needsOf: (filter: Filter) => readonly MonthNeeds[];
}

/** What is to be read of a month for a filter. */
export interface MonthNeeds extends TextNeeds {
  readonly names: boolean;
}

/** Opens an archive of some editions, which the months hold (`joinMonths`): the newest edition first. */
export function openArchive(
  months: readonly MonthIndex[],
  editions: readonly [CalendarDate, ...CalendarDate[]],
  span: DaySpan,
): ArchiveIndex {
  const [newest] = editions;
  const sources = months.flatMap((month) => month.sources);
  const publishedAt = sources.find(({ date }) => date === newest)?.publishedAt ?? 0;
  const joined = joinMonths(months, editions, span);
  const words = months.map(monthWords);
  const finders = months.map((month, index) => findersOf(month, words[index] ?? monthWords(month), publishedAt));
  const dates = new Map<number, CalendarDate>();
  return {
    publishedAt,
    span,
    coveredDays: daysCovered(span, editions),
    size: joined.size,
    ...matching(joined, (leaf) => finders.map((finderOf) => finderOf(leaf))),
    dayAt: (place) => {
      const home = joined.homeAt(place);
      const day = months[home.month]?.days[home.place] ?? 0;
      const date = dates.get(day) ?? dateOf(day * dayMs);
      dates.set(day, date);
      return date;
    },
    entriesAt: joined.entriesAt,
    needsOf: (filter) => needsIn(words, filter),
  };
}

/** Finds a term in each of the months. */
type FindInMonths = (leaf: TermFilter) => readonly LeafFinder[];

function matching(
  { size, homeAt, placeOf }: JoinedMonths,
  findIn: FindInMonths,
): Pick<ArchiveIndex, 'placesOf' | 'relevanceAt'> {
  const sets = paperSets(size);
  const known = numberTable();

  const evaluate = evaluator(sets, (set, leaf) => {
    for (const [month, finder] of findIn(leaf).entries()) {
      const places = placeOf[month] ?? new Int32Array(0);
      finder.each((place) => {
        const joined = places[place] ?? -1;
        if (joined >= 0) sets.put(set, joined);
      });
    }
  });

  function judged(filter: CompiledFilter, index: number): JudgedLeaf {
    const leaf = leafAt(filter, index);
    const found = evaluate.leafSet(filter.steps[index] ?? -1);
    const finders = leaf ? findIn(leaf) : [];
    return {
      isAt: (place) => sets.has(found, place),
      hitsAt: (place) => {
        const home = homeAt(place);
        return finders[home.month]?.hitsAt(home.place) ?? [];
      },
    };
  }

  return {
    placesOf(filter, most) {
      const found = known.at(filter.number);
      if (found >= 0) return sets.places(found, most);
      const set = evaluate.setOf(filter);
      known.put(filter.number, set);
      return sets.places(set, most);
    },
    relevanceAt(filter) {
      evaluate.setOf(filter);
      const leaves = filter.steps.map((_, index) => judged(filter, index));
      return relevanceOf(filter, leaves);
    },
  };
}

/** Says of each month what it needs for the terms of a filter. */
function needsIn(words: readonly MonthWords[], filter: Filter): readonly MonthNeeds[] {
  const compiled = compileFilter(filter);
  const leaves = compiled.steps.flatMap((_, index) => leafAt(compiled, index) ?? []);
  const names = leaves.some(({ kind }) => kind === 'author');
  return words.map((each) => {
    const needs = leaves.flatMap((leaf) => (isTextFilter(leaf) ? [textNeeds(leaf, each)] : []));
    return { names, sequence: needs.some(({ sequence }) => sequence), words: needs.flatMap((need) => need.words) };
  });
}

/** Papers of an archive at some places, as they were read, with where the archive has them. */
export function archivedPapers(
  { entriesAt, dayAt }: Pick<ArchiveIndex, 'entriesAt' | 'dayAt'>,
  places: readonly number[],
  papers: readonly RankedPaper[],
): readonly ArchivedPaper[] {
  return papers.map((paper, index) => {
    const place = places[index] ?? 0;
    const { edition, place: best } = entriesAt(place).reduce((one, other) => (other.place < one.place ? other : one));
    return { ...paper, day: dayAt(place), best: { edition, place: best + 1 } };
  });
}
