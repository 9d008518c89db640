import { describe, expect, it } from '@jest/globals';
import { ndcgAt, precisionAt } from '../../../shared/domain/edition/ranking-metrics.js';
import { spearman } from '../../eval/spearman.js';

const pool = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([predicted, truth]) => ({ predicted, truth }));

describe('the figures of a ranking', () => {
  it('are 1 for the true order', () => {
    const perfect = pool([3, 30], [2, 20], [1, 10]);
    expect([precisionAt(2, perfect), ndcgAt(2, perfect), spearman(perfect)]).toEqual([1, 1, 1]);
  });

  it('share the places of a tie among its members, on both sides', () => {
    expect(precisionAt(1, pool([5, 9], [5, 1]))).toBe(0.5);
    expect(precisionAt(1, pool([5, 9], [1, 9]))).toBe(0.5);
    expect(precisionAt(2, pool([7, 9], [7, 5], [7, 1]))).toBeCloseTo(2 / 3, 12);
    expect(ndcgAt(1, pool([5, 8], [5, 2]))).toBeCloseTo(5 / 8, 12);
  });

  it('weigh gains linearly by the logarithm of the place', () => {
    expect(ndcgAt(2, pool([2, 1], [1, 3]))).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 12);
  });

  it('give equal values their mean rank, and nothing where one side is all equal', () => {
    expect(spearman(pool([1, 1], [1, 2], [2, 3]))).toBeCloseTo(Math.sqrt(3) / 2, 12);
    expect(spearman(pool([1, 1], [1, 2]))).toBeUndefined();
    expect(ndcgAt(3, pool([1, 0], [2, 0]))).toBeUndefined();
  });

  it('do not depend on the order of the papers', () => {
    const some = pool([5, 1], [5, 7], [2, 7], [9, 0], [1, 4]);
    const turned = [...some].reverse();
    expect(ndcgAt(3, turned)).toBeCloseTo(ndcgAt(3, some) ?? Number.NaN, 12);
    expect(precisionAt(3, turned)).toBeCloseTo(precisionAt(3, some), 12);
    expect(spearman(turned)).toBeCloseTo(spearman(some) ?? Number.NaN, 12);
  });
});
