import type { Instant } from '../calendar-date.js';
import type { Counts, ObservedPaper } from '../paper/paper.js';

/** What can rise. */
export type Signal = keyof Counts;

/** One signal's share of a score. */
export interface SignalPart {
  readonly signal: Signal;
  /** What this signal adds to the score. */
  readonly points: number;
  /** How many were gained … */
  readonly gained: number;
  /** … within this many hours, at least 1. */
  readonly hours: number;
  /** How many there are, where they count although nobody saw when they came. */
  readonly standing?: number;
  /** The gain as a multiple of the mean gain of the papers first listed on the same day; shown, not scored. */
  readonly timesCohort?: number;
}

/** What a paper loses because its submitter already has two others near the top. */
export interface HeldBackPart {
  readonly signal: 'submitter';
  /** 0 or less. */
  readonly points: number;
  /** Which paper of its submitter it is, from 3. */
  readonly place: number;
}

export type ScorePart = SignalPart | HeldBackPart;

/** How fast a paper is rising: the parts' points add up to `value`, never negative; no rise is 0 without parts. */
export interface TrendScore {
  readonly value: number;
  readonly parts: readonly ScorePart[];
}

/**
 * A numbered way to score, with all its constants: a change of any constant is a new number. A score follows from the
 * paper's observations and `at` alone. It is finite for any history: observations may come in any order; those after
 * `at` and counts that no source can mean (negative, not a number, beyond 2^53) are ignored, of two at one instant the
 * one given later holds, a count that falls (a withdrawn vote) gains 0, and a count that was never given is unknown,
 * which scores as no rise.
 */
export interface Formula {
  readonly number: number;
  readonly score: (observed: ObservedPaper, at: Instant) => TrendScore;
}
