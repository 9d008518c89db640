import { hourMs, type Instant } from '../calendar-date.js';
import type { ObservedPaper } from '../paper/paper.js';
import { formula2 } from './formula-2.js';
import { appearedAt, gainOf, perWindow } from './gain.js';
import type { Formula, Signal, TrendScore } from './trend-score.js';

/** What the logarithm of a signal's damped gain weighs. */
const weights: Readonly<Record<Signal, number>> = { upvotes: 1, comments: 0.25, stars: 0.25 };
/** A gain of this size counts half. */
const damping: Readonly<Record<Signal, number>> = { upvotes: 3, comments: 2, stars: 10 };
const windowHours = 24;
const halfLifeHours = 96;

/** `Σ weight · ln(1 + g² / (g + damping)) · 2^(−age / halfLife)`, where g is a signal's gain per window. */
function score(observed: ObservedPaper, at: Instant): TrendScore {
  const ageHours = Math.max(0, at - appearedAt(observed.paper)) / hourMs;
  const decay = 2 ** (-ageHours / halfLifeHours);
  const parts = (Object.keys(weights) as Signal[]).flatMap((signal) => {
    const gain = gainOf(signal, observed, at, windowHours);
    if (gain.gained === 0) return [];
    const risen = perWindow(gain, windowHours);
    const points = weights[signal] * Math.log1p(risen ** 2 / (risen + damping[signal])) * decay;
    return [{ signal, points, gained: gain.gained, hours: gain.hours }];
  });
  return { value: parts.reduce((sum, part) => sum + part.points, 0), parts };
}

/** The first formula: a weighted sum of logarithms. */
export const formula1: Formula = { number: 1, score };

/** Every formula that ever ranked an edition; `docs/trend-score.md` says where the constants come from. */
export const formulas: readonly [Formula, ...Formula[]] = [formula1, formula2];

/** The formula of new editions. */
export const currentFormula: Formula = formula2;
