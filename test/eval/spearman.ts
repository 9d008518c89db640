import { type Judged, overTies } from '../../shared/domain/edition/ranking-metrics.js';

/** Spearman's rank correlation, equal values at their mean rank; undefined when one side is all equal. */
export function spearman(pool: readonly Judged[]): number | undefined {
  const middle = (pool.length - 1) / 2;
  const centred = (values: readonly number[]) => overTies(values, (place) => place - middle);
  const a = centred(pool.map(({ predicted }) => predicted));
  const b = centred(pool.map(({ truth }) => truth));
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  const spread = Math.sqrt(product(a, a) * product(b, b));
  return spread === 0 ? undefined : product(a, b) / spread;
}
