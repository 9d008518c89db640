import type { Instant } from '../calendar-date.js';
import type { ObservedPaper } from '../paper/paper.js';
import { gainOf, perWindow } from '../trend/gain.js';
import { type IndexedEdition, inOrder } from './choose-papers.js';

const weekHours = 7 * 24;

/**
 * The upvotes that a paper gained in the seven days up to `at`, a whole number; what it gained unseen is spread over its
 * time.
 */
export function weekGainOf(observed: ObservedPaper, at: Instant): number {
  return Math.round(perWindow(gainOf('upvotes', observed, at, weekHours), weekHours));
}

/**
 * The same edition as the week's best: those papers first that gained the most upvotes in seven days, and of equal ones
 * those of higher rank. An edition of an earlier version, which has no such gains, stays in rank order.
 */
export function inWeekOrder(edition: IndexedEdition): IndexedEdition {
  const gainAt = edition.papers.map(({ ranked }) => ranked.weekGain ?? 0);
  const order = [...edition.papers.keys()].sort(
    (one, other) => (gainAt[other] ?? 0) - (gainAt[one] ?? 0) || one - other,
  );
  return inOrder(
    edition.edition,
    order.flatMap((before) => edition.papers[before] ?? []),
  );
}
