import { addDays, type CalendarDate, dayMs, type Instant, startOf } from './calendar-date.js';
import type { Edition, ListedDay, RankedPaper } from './edition.js';
import { countsAt } from './observations.js';
import type { ObservedPaper } from './paper.js';
import { currentFormula, type Formula, trendScore } from './trend-score.js';

/** An edition looks back over this many days, its own included. */
export const editionDays = 7;

/** A paper published longer ago than this enters no edition. */
export const maxPaperAgeDays = 30;

/** The first day whose papers may stand in the edition of `date`. */
export function firstEditionDay(date: CalendarDate): CalendarDate {
  return addDays(date, 1 - editionDays);
}

function isEligible({ paper }: ObservedPaper, date: CalendarDate): boolean {
  return !paper.isWithdrawn && paper.publishedAt >= startOf(date) - maxPaperAgeDays * dayMs;
}

/** Orders papers by score, then the newer first, then by id: no two are alike. */
export function byRank(a: RankedPaper, b: RankedPaper): number {
  return (
    b.score.value - a.score.value ||
    b.paper.publishedAt - a.paper.publishedAt ||
    (a.paper.id < b.paper.id ? -1 : Number(a.paper.id > b.paper.id))
  );
}

/**
 * Ranks the papers of the last seven days into the edition of `date`: by score, then the newer first, then by id, so
 * that the order of `papers` does not matter. Withdrawn papers and those older than 30 days are left out.
 */
export function rankEdition(
  date: CalendarDate,
  papers: readonly ObservedPaper[],
  days: readonly ListedDay[],
  at: Instant,
  formula: Formula = currentFormula,
): Edition {
  const ranked = papers
    .filter((paper) => isEligible(paper, date))
    .map((observed) => ({
      paper: observed.paper,
      score: trendScore(observed, at, formula),
      counts: countsAt(observed.history, at),
    }))
    .sort(byRank);
  return { date, formula: formula.number, publishedAt: at, days, papers: ranked };
}
