import { describe, expect, it } from '@jest/globals';
import { countsAt, readSignal } from '../../../shared/domain/paper/observations.js';

describe('a history of observations', () => {
  const read = (...history: Parameters<typeof readSignal>[1]) => readSignal('upvotes', history, 50, 100);

  it('is read in any order, up to the instant that is asked for', () => {
    const readings = read(
      { at: 100, upvotes: 9 },
      { at: 20, upvotes: 1 },
      { at: 101, upvotes: 50 },
      { at: 50, upvotes: 4 },
    );
    expect(readings).toEqual({
      first: { at: 20, count: 1 },
      before: { at: 50, count: 4 },
      newest: { at: 100, count: 9 },
    });
  });

  it('takes the later given of two observations at one instant', () => {
    const readings = read({ at: 20, upvotes: 1 }, { at: 20, upvotes: 3 });
    expect(Object.values(readings)).toEqual(Array(3).fill({ at: 20, count: 3 }));
  });

  it('ignores counts that are missing, negative, no number or beyond all measure, and observations without an instant', () => {
    const readings = read(
      { at: 10, stars: 7 },
      { at: 30, upvotes: -1 },
      { at: 40, upvotes: Number.NaN },
      { at: 45, upvotes: Number.POSITIVE_INFINITY },
      { at: 46, upvotes: 1e200 },
      { at: Number.NaN, upvotes: 12 },
    );
    expect(readings).toEqual({ first: undefined, before: undefined, newest: undefined });
  });

  it('gives the newest of each count; one that was never given is absent', () => {
    expect(
      countsAt(
        [
          { at: 20, upvotes: 3, stars: 8 },
          { at: 10, upvotes: 2, stars: 5 },
          { at: 30, upvotes: 4 },
        ],
        25,
      ),
    ).toEqual({
      upvotes: 3,
      stars: 8,
    });
    expect(countsAt([], 25)).toEqual({});
  });
});
