import { dayMs, type Instant } from '../calendar-date.js';
import { isCount, type Reading } from '../paper/observations.js';
import type { Observation, ObservedPaper, Paper } from '../paper/paper.js';
import { appearedAt } from './gain.js';

/** A curve shows at most this many days … */
const days = 7;

/** … in this many points. */
const points = 12;

/** Fewer observations do not make a curve. */
const fewestObservations = 3;

/**
 * A paper's upvotes at twelve evenly spaced instants, the last of them `at`: from its appearance, or over the last
 * seven days. Before the first observation they rise evenly. Undefined when fewer than three observations have upvotes.
 * Ignores what `readSignal` ignores.
 */
export function upvoteCurve({ paper, history }: ObservedPaper, at: Instant): readonly number[] | undefined {
  const known = inOrder(history.filter((observation) => observation.at <= at && isCount(observation.upvotes)));
  if (known.length < fewestObservations) return undefined;
  const [first] = known;
  const appeared = Math.min(appearedAt(paper), first?.at ?? at);
  const start = Math.max(appeared, at - days * dayMs);
  let next = 0;
  return Array.from({ length: points }, (_, point) => {
    const instant = start + ((at - start) * point) / (points - 1);
    while (next < known.length && (known[next]?.at ?? 0) <= instant) next += 1;
    const newest = known[next - 1];
    if (newest) return newest.upvotes ?? 0;
    // Nobody had looked yet: a straight line from zero to what was seen first.
    return first ? Math.round(((first.upvotes ?? 0) * (instant - appeared)) / (first.at - appeared)) : 0;
  });
}

/** A curve that ends at `at` with its instants, as far as they follow from the paper alone. */
export function datedCurve(curve: readonly number[], paper: Paper, at: Instant): readonly Reading[] {
  const start = Math.min(at, Math.max(appearedAt(paper), at - days * dayMs));
  return curve.map((count, point) => ({ at: start + ((at - start) * point) / Math.max(1, curve.length - 1), count }));
}

/** Histories come in order; whatever does not is brought into it. */
function inOrder(history: readonly Observation[]): readonly Observation[] {
  const isInOrder = history.every(({ at }, index) => index === 0 || at >= (history[index - 1]?.at ?? at));
  return isInOrder ? history : history.toSorted((one, other) => one.at - other.at);
}

const blocks = [...'▁▂▃▄▅▆▇█'];

/** A curve as a line of block characters, from its lowest count to its highest: `▁▁▂▅▇█`. */
export function sparkline(curve: readonly number[]): string {
  const least = Math.min(...curve);
  const span = Math.max(...curve) - least;
  const height = (count: number) => (span === 0 ? 0 : Math.round(((count - least) / span) * (blocks.length - 1)));
  return curve.map((count) => blocks[height(count)]).join('');
}
