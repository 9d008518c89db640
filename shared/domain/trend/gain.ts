import { hourMs, type Instant, startOf } from '../calendar-date.js';
import { type Readings, readSignal } from '../paper/observations.js';
import type { Observation, ObservedPaper, Paper } from '../paper/paper.js';
import type { Signal } from './trend-score.js';

/** What a signal gained up to an instant. */
export interface Gain {
  readonly gained: number;
  /** The time in which it was gained, at least 1. */
  readonly hours: number;
  /** How many there were at that instant; 0 when it is not known. */
  readonly standing: number;
}

/** When a paper's upvotes and comments were still 0: the start of its first listed day, else its publication. */
export function appearedAt({ listedDays, publishedAt }: Paper): Instant {
  const [listed] = listedDays;
  return listed ? startOf(listed) : publishedAt;
}

/**
 * What a signal gained in the window of `windowHours` that ends at `at`. An observation holds until the next one, so a
 * count is known for every instant after the first. Before it, upvotes and comments count from 0 at the paper's
 * appearance; stars do not, because a repository may be older than its paper, and those of a repository that was
 * replaced do not count. Withdrawn votes gain 0.
 */
export function gainOf(signal: Signal, { paper, history }: ObservedPaper, at: Instant, windowHours: number): Gain {
  const windowStart = at - windowHours * hourMs;
  const readings = readSignal(signal, historyOf(signal, paper, history), windowStart, at);
  if (!readings.newest) return { gained: 0, hours: 1, standing: 0 };
  const base = readings.before
    ? { at: windowStart, count: readings.before.count }
    : firstBase(signal, readings, Math.min(appearedAt(paper), at));
  const standing = readings.newest.count;
  return { gained: Math.max(0, standing - base.count), hours: Math.max(1, (at - base.at) / hourMs), standing };
}

function historyOf(signal: Signal, { codeSince }: Paper, history: readonly Observation[]): readonly Observation[] {
  return signal === 'stars' && codeSince !== undefined ? history.filter(({ at }) => at >= codeSince) : history;
}

function firstBase(signal: Signal, { first }: Readings, appeared: Instant) {
  if (signal === 'stars' && first) return first;
  return { at: Math.min(appeared, first?.at ?? appeared), count: 0 };
}

/** A gain as it is worth per window: what was gained while nobody looked is spread over that time. */
export function perWindow({ gained, hours }: Gain, windowHours: number): number {
  return gained * Math.min(1, windowHours / hours);
}
