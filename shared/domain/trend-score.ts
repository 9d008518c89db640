import type { Instant } from './calendar-date.js';
import type { ObservedPaper } from './paper.js';

/** What can rise. */
export type Signal = 'upvotes' | 'comments' | 'stars';

/** One signal's share of a score. */
export interface ScorePart {
  readonly signal: Signal;
  /** What this signal adds to the score. */
  readonly points: number;
  /** How many were gained … */
  readonly gained: number;
  /** … within this many hours, at least 1. */
  readonly hours: number;
}

/** How fast a paper is rising; the parts' points add up to `value`. No history scores 0 with no parts. */
export interface TrendScore {
  readonly value: number;
  readonly parts: readonly ScorePart[];
}

/** A numbered set of constants; a change of any constant is a new number. */
export interface Formula {
  readonly number: number;
  /** What one damped, gained unit of a signal weighs. */
  readonly weights: Readonly<Record<Signal, number>>;
  /** Gains near this size count half: it damps small numbers. */
  readonly damping: Readonly<Record<Signal, number>>;
  /** The gain of how many hours counts. */
  readonly windowHours: number;
  /** A score halves with every so many hours since the paper was first listed. */
  readonly halfLifeHours: number;
}

export type ScorePaper = (paper: ObservedPaper, at: Instant) => TrendScore;
