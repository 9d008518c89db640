import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import { type ArchivedPaper, type DaySpan, dayOf, isWithin } from '../../../shared/domain/edition/archive.js';
import { factsOf } from '../../../shared/domain/edition/choose-papers.js';
import type { Edition } from '../../../shared/domain/edition/edition.js';
import { byRank } from '../../../shared/domain/edition/rank-edition.js';
import { compileFilter } from '../../../shared/domain/filter/compile-filter.js';
import type { Filter } from '../../../shared/domain/filter/filter.js';
import { indexPaper } from '../../../shared/domain/filter/match/index-paper.js';
import { matchFilter } from '../../../shared/domain/filter/match/match-filter.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { isMatch } from '../../support/filters.js';

/** Joins editions to the papers of a span, as the newest has each, by objects: slow and plain, to test an index against. */
export function joinSlowly(editions: readonly Edition[], span: DaySpan): readonly ArchivedPaper[] {
  const newestFirst = [...editions].sort((a, b) => (a.date < b.date ? 1 : -1));
  const joined = new Map<PaperId, ArchivedPaper>();
  for (const { date, papers } of newestFirst) {
    for (const [index, ranked] of papers.entries()) {
      const known = joined.get(ranked.paper.id);
      const best: { edition: CalendarDate; place: number } = { edition: date, place: index + 1 };
      if (!known) joined.set(ranked.paper.id, { ...ranked, day: dayOf(ranked.paper), best });
      else if (best.place < known.best.place) joined.set(ranked.paper.id, { ...known, best });
    }
  }
  return [...joined.values()].filter(({ day }) => isWithin(day, span)).sort(byRank);
}

const indexed = (paper: ArchivedPaper, publishedAt: number) => indexPaper(paper.paper, factsOf(paper, { publishedAt }));

/** The places of the papers that a filter matches, asked one by one. */
export function placesSlowly(papers: readonly ArchivedPaper[], filter: Filter, publishedAt: number): readonly number[] {
  return papers.flatMap((paper, place) => (isMatch(filter, indexed(paper, publishedAt)) ? [place] : []));
}

/** What a paper that matches counts when the most relevant come first. */
export function relevanceSlowly(paper: ArchivedPaper, filter: Filter, publishedAt: number): number {
  const words = matchFilter(compileFilter(filter), indexed(paper, publishedAt)) ?? [];
  return words.reduce((sum, { part }) => sum + (part === 'title' ? 4 : part === 'keyword' ? 2 : 1), 0);
}
