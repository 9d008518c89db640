import type { LearnedExamples } from './example-weights.js';

/** The share of all papers that belongs to a topic at each strictness after the first, up to more and wider. */
const shares = [0.005, 0.01, 0.02, 0.04];

/** The first says what is right four times in five, and nothing before it knows so many of either kind. */
const rightShare = 0.8;
const fewestExamples = 25;

/** How many of all papers somebody would like, before anything is known, give or take; of less nothing is sure. */
const likedShare = 0.2;
const likedSpread = 0.1;
const leastShare = 0.15;
const mostShare = 0.6;

/**
 * The least scores of a topic's papers at each strictness, given those of the background's papers that are no examples: half
 * way to the next lower score, so that weights may be packed less exactly.
 */
export function thresholdsOf(
  scores: Float64Array,
  learned: Pick<LearnedExamples, 'liked' | 'disliked'>,
): readonly number[] {
  const ranked = scores.toSorted().reverse();
  const wider = shares.map((share) => {
    const least = ranked[Math.floor(share * ranked.length)] ?? Number.POSITIVE_INFINITY;
    const next = ranked.find((score) => score < least) ?? least;
    return (least + next) / 2;
  });
  const sure = sureThreshold(scores, learned);
  return [sure, ...wider.map((threshold) => Math.min(threshold, sure))];
}

/**
 * Where a paper is right so often if the scores of what is liked, and of what is not, are normally distributed about their
 * means (linear discriminant). How many of all papers are liked is told by where the mean of all lies between the two.
 */
function sureThreshold(scores: Float64Array, { liked, disliked }: Pick<LearnedExamples, 'liked' | 'disliked'>): number {
  if (Math.min(liked.length, disliked.length) < fewestExamples || scores.length === 0) return Number.POSITIVE_INFINITY;
  const [likes, others] = [spreadOf(liked), spreadOf(disliked)];
  const distance = likes.mean - others.mean;
  const variance = (likes.variance + others.variance) / 2;
  if (distance <= 0 || variance === 0) return Number.POSITIVE_INFINITY;
  const seen = (scores.reduce((sum, score) => sum + score, 0) / scores.length - others.mean) / distance;
  const certainty = (disliked.length * distance ** 2) / others.variance;
  const before = 1 / likedSpread ** 2;
  const share = (seen * certainty + likedShare * before) / (certainty + before);
  if (!(share >= leastShare)) return Number.POSITIVE_INFINITY;
  const wanted = logOdds(rightShare) - logOdds(Math.min(share, mostShare));
  const middle = (likes.mean + others.mean) / 2;
  // The few highest of what is not liked lie higher than a normal distribution has them.
  return Math.max(middle + (wanted * variance) / distance, likes.mean + Math.sqrt(likes.variance));
}

function logOdds(share: number): number {
  return Math.log(share / (1 - share));
}

function spreadOf(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
