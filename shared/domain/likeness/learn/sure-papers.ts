import type { LearnedExamples } from './example-weights.js';

type Examples = Pick<LearnedExamples, 'liked' | 'disliked'>;

/** Nothing is sure before so many of either kind are known. */
const fewestExamples = 25;

/** One in ten of what somebody would like, eleven papers at most: of more, more are wrong. */
const sureShare = 0.1;
const mostSure = 11;

/** Where fewer of all papers would be liked, even those that score highest are wrong too often. */
const leastShare = 0.06;

/** How many of all would be liked, before anything is known: as good as so many examples one standard deviation apart. */
const usualShare = 0.15;
const usualExamples = 45;

/** What holds the slope back where few examples make it look steep. */
const ridge = 1;
const fitRounds = 25;
const shareRounds = 60;

/**
 * How many of a background's papers the strictest step says, given what all words score those that are no examples. None
 * where too little is known, or too few would be liked.
 */
export function surePapers(examples: Examples, scoresOfOthers: () => Float64Array): number {
  const { liked, disliked } = examples;
  if (Math.min(liked.length, disliked.length) < fewestExamples) return 0;
  const [likes, others] = [spreadOf(liked), spreadOf(disliked)];
  const spread = Math.sqrt((likes.variance + others.variance) / 2);
  const distance = (likes.mean - others.mean) / spread;
  if (!(distance > 0) || spread === 0) return 0;
  const scaled = (score: number) => (score - others.mean) / spread;
  const odds = likeOdds(liked.map(scaled), disliked.map(scaled));
  const scores = scoresOfOthers();
  const seen = likedShare(scores.map((score) => Math.exp(odds(scaled(score)))));
  const certainty = disliked.length * distance ** 2;
  const logit = (certainty * logOdds(seen) + usualExamples * logOdds(usualShare)) / (certainty + usualExamples);
  const share = 1 / (1 + Math.exp(-logit));
  return share >= leastShare ? Math.floor(Math.min(mostSure, sureShare * share * scores.length)) : 0;
}

/** By a score, the logarithm of how much oftener what is liked has it than what is not (logistic regression). */
function likeOdds(liked: readonly number[], disliked: readonly number[]): (score: number) => number {
  const points = [...liked.map((score) => ({ score, is: 1 })), ...disliked.map((score) => ({ score, is: 0 }))];
  let [slope, level] = [0, 0];
  for (let round = 0; round < fitRounds; round += 1) {
    let [offSlope, offLevel, slopes, both, levels] = [-ridge * slope, 0, ridge, 0, 0];
    for (const { score, is } of points) {
      const expected = 1 / (1 + Math.exp(-(slope * score + level)));
      const weight = expected * (1 - expected);
      offSlope += (is - expected) * score;
      offLevel += is - expected;
      slopes += weight * score * score;
      both += weight * score;
      levels += weight;
    }
    const size = slopes * levels - both * both;
    if (size < Number.EPSILON) break;
    slope += (levels * offSlope - both * offLevel) / size;
    level += (slopes * offLevel - both * offSlope) / size;
  }
  const kinds = Math.log(disliked.length / liked.length);
  return (score) => slope * score + level + kinds;
}

/** How many of all are liked, by the odds of each if half of all were: the share that makes them likeliest. */
function likedShare(odds: Float64Array): number {
  let share = usualShare;
  for (let round = 0; round < shareRounds; round += 1) {
    let sum = 0;
    for (const each of odds) sum += each === Number.POSITIVE_INFINITY ? 1 : (share * each) / (share * each + 1 - share);
    share = sum / odds.length;
  }
  return Math.min(Math.max(share, 1 / 200), 1 - 1 / 200);
}

function logOdds(share: number): number {
  return Math.log(share / (1 - share));
}

function spreadOf(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
