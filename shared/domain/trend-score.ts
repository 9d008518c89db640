import { hourMs, type Instant, startOf } from './calendar-date.js';
import type { Observation, ObservedPaper, Paper } from './paper.js';

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

/** How fast a paper is rising; the parts' points add up to `value`. No gain scores 0 with no parts. */
export interface TrendScore {
  readonly value: number;
  readonly parts: readonly ScorePart[];
}

/** A numbered set of constants; a change of any constant is a new number. */
export interface Formula {
  readonly number: number;
  /** What the logarithm of a signal's damped gain weighs. */
  readonly weights: Readonly<Record<Signal, number>>;
  /** A gain of this size counts half. */
  readonly damping: Readonly<Record<Signal, number>>;
  /** The gain of the last so many hours counts. */
  readonly windowHours: number;
  /** A score halves with every so many hours since the paper appeared. */
  readonly halfLifeHours: number;
}

export const formulas: readonly [Formula, ...Formula[]] = [
  {
    number: 1,
    weights: { upvotes: 1, comments: 0.25, stars: 0.25 },
    damping: { upvotes: 3, comments: 2, stars: 10 },
    windowHours: 24,
    halfLifeHours: 96,
  },
];

/** The formula of new editions: the newest. */
export const currentFormula: Formula = formulas[0];

interface Gain {
  readonly gained: number;
  readonly hours: number;
}

/** When a paper's upvotes and comments were still 0: the start of its first listed day, else its publication. */
function appearedAt(paper: Paper): Instant {
  const [listed] = paper.listedDays;
  return listed ? startOf(listed) : paper.publishedAt;
}

/**
 * What a signal gained in the window that ends at `at`. An observation holds until the next one, so a value is known for
 * every instant after the first. Before it, upvotes and comments count from 0 at the paper's appearance; stars
 * do not, because a repository may be older than its paper. Withdrawn votes gain 0.
 */
function gainOf(signal: Signal, history: readonly Observation[], appeared: Instant, at: Instant, hours: number): Gain {
  const known = history.filter((observation) => observation[signal] !== undefined);
  const valueAt = (instant: Instant) => known.findLast((observation) => observation.at <= instant);
  const now = valueAt(at)?.[signal] ?? 0;
  const windowStart = at - hours * hourMs;
  const before = valueAt(windowStart);
  const base = before ? { at: windowStart, value: before[signal] ?? 0 } : firstBase(signal, known, appeared);
  return { gained: Math.max(0, now - base.value), hours: Math.max(1, (at - base.at) / hourMs) };
}

function firstBase(signal: Signal, known: readonly Observation[], appeared: Instant) {
  const [first] = known;
  if (signal === 'stars' && first) return { at: first.at, value: first.stars ?? 0 };
  return { at: Math.min(appeared, first?.at ?? appeared), value: 0 };
}

/**
 * Rise of a paper against its age, damped while counts are small, by `formula`:
 * `Σ weight · ln(1 + g² / (g + damping)) · 2^(−age / halfLife)`, where g is a signal's gain per window. Observations may come
 * in any order; those after `at` are ignored, of two at one instant the later given counts, negative counts are 0.
 */
export function trendScore({ paper, history }: ObservedPaper, at: Instant, formula = currentFormula): TrendScore {
  const past = history.filter((observation) => observation.at <= at).sort((a, b) => a.at - b.at);
  const appeared = Math.min(appearedAt(paper), at);
  const decay = 2 ** (-(at - appeared) / hourMs / formula.halfLifeHours);
  const parts = (Object.keys(formula.weights) as Signal[]).flatMap((signal) => {
    const { gained, hours } = gainOf(signal, past, appeared, at, formula.windowHours);
    if (gained === 0) return [];
    const perWindow = gained * Math.min(1, formula.windowHours / hours);
    const damped = perWindow ** 2 / (perWindow + formula.damping[signal]);
    return [{ signal, points: formula.weights[signal] * Math.log1p(damped) * decay, gained, hours }];
  });
  return { value: parts.reduce((sum, part) => sum + part.points, 0), parts };
}
