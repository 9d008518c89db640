import type { Instant } from '../calendar-date.js';
import type { Counts, Observation } from './paper.js';

/** One count of one observation. */
export interface Reading {
  readonly at: Instant;
  readonly count: number;
}

/** A count's curve, as far as a window needs it; undefined where nothing was observed so early. */
export interface Readings {
  readonly first: Reading | undefined;
  /** The newest at or before the window's start. */
  readonly before: Reading | undefined;
  /** The newest at or before the window's end. */
  readonly newest: Reading | undefined;
}

const countNames = ['upvotes', 'comments', 'stars'] as const satisfies readonly (keyof Counts)[];

/** Whether a count is one that a source can mean. */
export function isCount(count: number | undefined): count is number {
  return count !== undefined && count >= 0 && count <= Number.MAX_SAFE_INTEGER;
}

/**
 * Reads one count of a history up to `at`, with a window that begins at `start`. One pass, in any order: observations
 * later than `at` or without an instant, and counts that are negative, not a number or beyond 2^53, are ignored; of two
 * at one instant the one given later holds.
 */
export function readSignal(
  signal: keyof Counts,
  history: readonly Observation[],
  start: Instant,
  at: Instant,
): Readings {
  let first: Observation | undefined;
  let before: Observation | undefined;
  let newest: Observation | undefined;
  for (const observation of history) {
    if (!(observation.at <= at) || !isCount(observation[signal])) continue;
    if (!newest || observation.at >= newest.at) newest = observation;
    if (!first || observation.at <= first.at) first = observation;
    if (observation.at <= start && (!before || observation.at >= before.at)) before = observation;
  }
  const reading = (found: Observation | undefined) => found && { at: found.at, count: found[signal] ?? 0 };
  return { first: reading(first), before: reading(before), newest: reading(newest) };
}

/** The newest of each count observed at or before `at`; one that was never given is absent. */
export function countsAt(history: readonly Observation[], at: Instant): Counts {
  const counts: { -readonly [Name in keyof Counts]: Counts[Name] } = {};
  for (const name of countNames) {
    let newest: Observation | undefined;
    for (const observation of history) {
      if (!(observation.at <= at) || !isCount(observation[name])) continue;
      if (!newest || observation.at >= newest.at) newest = observation;
    }
    const count = newest?.[name];
    if (count !== undefined) counts[name] = count;
  }
  return counts;
}
