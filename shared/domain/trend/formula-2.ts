import { hourMs, type Instant, startOf } from '../calendar-date.js';
import type { ObservedPaper, Paper } from '../paper/paper.js';
import { type Gain, gainOf, perWindow } from './gain.js';
import type { Formula, SignalPart, TrendScore } from './trend-score.js';

const windowHours = 24;
/** Speed counts by its square root … */
const paceExponent = 0.5;
/** … and as if everything had taken two hours longer, so that a minute's luck is no speed. */
const priorHours = 2;
/** A starred repository is worth so many upvotes at most … */
const starredUpvotes = 2;
/** … half of it with so many stars. */
const starredHalf = 1;
/** What a gained star is worth, in upvotes. */
const upvotesPerStar = 0.5;
const halfLifeHours = 96;

/** The newest listing counts: a paper that is listed again is new again. */
function ageHours({ listedDays, publishedAt }: Paper, at: Instant): number {
  const listed = listedDays.at(-1);
  return Math.max(0, at - (listed ? startOf(listed) : publishedAt)) / hourMs;
}

/** How much faster than in a whole window. */
function pace(hours: number): number {
  return ((windowHours + priorHours) / (Math.min(windowHours, hours) + priorHours)) ** paceExponent;
}

const worth = (gain: Gain) => perWindow(gain, windowHours) * pace(gain.hours);

/**
 * `ln(1 + x)` with `x = 2^(−age / 96 h) · (pace · upvotes + pace · ½ · stars gained + pace · 2 · stars / (stars + 1))`,
 * gains per 24 h and `pace = √(26 / (hours + 2))`. The points are shared out by what each signal gives to x. Upvotes
 * alone: papers keep their order when all upvotes are scaled.
 */
function score(observed: ObservedPaper, at: Instant): TrendScore {
  const age = ageHours(observed.paper, at);
  const decay = 2 ** (-age / halfLifeHours);
  const upvotes = gainOf('upvotes', observed, at, windowHours);
  const stars = gainOf('stars', observed, at, windowHours);
  const starred = ((starredUpvotes * stars.standing) / (stars.standing + starredHalf)) * pace(age);
  const x = { upvotes: decay * worth(upvotes), stars: decay * (upvotesPerStar * worth(stars) + starred) };
  const sum = x.upvotes + x.stars;
  const pointsPerX = sum > 0 ? Math.log1p(sum) / sum : 0;
  const parts: SignalPart[] = [
    { signal: 'upvotes' as const, points: x.upvotes * pointsPerX, gained: upvotes.gained, hours: upvotes.hours },
    { signal: 'stars' as const, points: x.stars * pointsPerX, ...stars },
  ].filter(({ points }) => points > 0);
  return { value: parts.reduce((total, { points }) => total + points, 0), parts };
}

/** The second formula: one logarithm of upvotes and stars gained, by their speed. */
export const formula2: Formula = { number: 2, score };
