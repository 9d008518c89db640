import type { Instant } from '../calendar-date.js';
import type { RankedPaper } from '../edition/edition.js';

/** Resurfaced papers are at most one in so many of an edition. */
export const papersPerResurfaced = 10;

/**
 * Chooses the old papers that may stand in an edition beside `fresh` others, and marks them: those that rise, or whose code
 * appeared since `since`, the best first, at most a tenth of the whole. Takes them in rank order.
 */
export function chooseResurfaced(old: readonly RankedPaper[], fresh: number, since: Instant): readonly RankedPaper[] {
  return old
    .filter(({ paper, score }) => score.value > 0 || (paper.codeSince ?? Number.NEGATIVE_INFINITY) >= since)
    .slice(0, Math.floor(fresh / (papersPerResurfaced - 1)))
    .map((ranked) => ({ ...ranked, lane: 'resurfaced' }));
}
