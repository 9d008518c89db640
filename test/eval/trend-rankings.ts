import { hourMs } from '../../shared/domain/calendar-date.js';
import { currentFormula } from '../../shared/domain/trend/formulas.js';
import type { Known } from './trend-recordings.js';

/** A way to rank: the higher comes first. */
export type Ranking = (paper: Known) => number;

/** Reddit's `hot` counts from here, in seconds since 1970. */
const hotEpochSeconds = 1_134_028_003;

/** The shipped formula at the instant of ranking. */
export const ours: Ranking = ({ observed, at }) => currentFormula.score(observed, at).value;

/**
 * What others rank by. Hacker News: `(p − 1)^0.8 / (h + 2)^1.8`, h in hours; Reddit's hot: `log10(max(p, 1)) + s /
 * 45000`. A count that is not known is 0.
 */
export const baselines = {
  upvotes: ({ counts }) => counts.upvotes ?? 0,
  comments: ({ counts }) => counts.comments ?? 0,
  stars: ({ counts }) => counts.stars ?? 0,
  hnGravity: ({ counts, at, submittedAt }) =>
    Math.max(0, (counts.upvotes ?? 0) - 1) ** 0.8 / ((at - submittedAt) / hourMs + 2) ** 1.8,
  redditHot: ({ counts, submittedAt }) =>
    Math.log10(Math.max(1, counts.upvotes ?? 0)) + (submittedAt / 1000 - hotEpochSeconds) / 45_000,
} as const satisfies Readonly<Record<string, Ranking>>;
