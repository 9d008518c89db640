import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hourMs } from '../../shared/domain/calendar-date.js';
import type { Observation } from '../../shared/domain/paper.js';
import { trendScore } from '../../shared/domain/trend-score.js';
import { describeRise } from '../../shared/domain/trend-words.js';
import { anObservedPaper, day, instant } from '../support/builders.js';

const now = instant('2026-08-07T09:00');
const listedToday = { listedDays: [day('2026-08-07')] };
const score = (history: Observation[], paper = {}) =>
  trendScore(anObservedPaper({ ...listedToday, ...paper }, history), now);

const observation = fc.record(
  {
    at: fc.integer({ min: now - 40 * 24 * hourMs, max: now + 24 * hourMs }),
    upvotes: fc.integer({ min: -3, max: 5000 }),
    comments: fc.integer({ min: 0, max: 500 }),
    stars: fc.integer({ min: 0, max: 200_000 }),
  },
  { requiredKeys: ['at'] },
);

describe('the trend score', () => {
  it('counts the votes of a paper that was listed today from zero', () => {
    const { parts } = score([{ at: now - hourMs, upvotes: 20 }]);
    expect(parts).toEqual([expect.objectContaining({ signal: 'upvotes', gained: 20, hours: 9 })]);
  });

  it('counts only the gain of the last 24 hours of a paper that is known longer', () => {
    const history = [
      { at: now - 30 * hourMs, upvotes: 50 },
      { at: now - hourMs, upvotes: 65 },
    ];
    expect(score(history, { listedDays: [day('2026-08-05')] }).parts).toEqual([
      expect.objectContaining({ gained: 15, hours: 24 }),
    ]);
  });

  it('spreads a gain over the days in which nobody looked', () => {
    const late = score([{ at: now, upvotes: 60 }], { listedDays: [day('2026-08-04')] });
    const early = score([{ at: now, upvotes: 60 }]);
    expect(late.value).toBeLessThan(early.value);
  });

  it('does not take the stars a repository had before for a rise', () => {
    expect(score([{ at: now, stars: 20_000 }])).toEqual({ value: 0, parts: [] });
    expect(
      score([
        { at: now - 5 * hourMs, stars: 100 },
        { at: now, stars: 180 },
      ]).parts,
    ).toEqual([expect.objectContaining({ signal: 'stars', gained: 80, hours: 5 })]);
  });

  it('ignores what was observed after now, and scores a withdrawn vote 0', () => {
    expect(score([{ at: now + hourMs, upvotes: 90 }]).value).toBe(0);
    const history = [
      { at: now - 26 * hourMs, upvotes: 10 },
      { at: now, upvotes: 8 },
    ];
    expect(score(history, { listedDays: [day('2026-08-05')] }).value).toBe(0);
  });

  it('scores a paper without any history 0, without parts', () => {
    expect(score([])).toEqual({ value: 0, parts: [] });
  });

  it('is finite, never negative, the sum of its parts, and the same for every order of observations', () => {
    fc.assert(
      fc.property(fc.uniqueArray(observation, { maxLength: 12, selector: ({ at }) => at }), (history) => {
        const { value, parts } = score(history);
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(parts.reduce((sum, part) => sum + part.points, 0)).toBeCloseTo(value, 10);
        expect(score([...history].reverse())).toEqual({ value, parts });
      }),
    );
  });

  it('never falls when the newest count of upvotes is higher, all else equal', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 6 }), fc.nat(1000), fc.nat(1000), (history, votes, more) => {
        const withVotes = (upvotes: number) => score([...history, { at: now, upvotes }]).value;
        expect(withVotes(votes + more)).toBeGreaterThanOrEqual(withVotes(votes));
      }),
    );
  });

  it('reads as words, the weightiest part first', () => {
    const rise = describeRise(
      score([
        { at: now - 2 * hourMs, upvotes: 48, stars: 5 },
        { at: now, upvotes: 48, stars: 1315, comments: 1 },
      ]),
    );
    expect(rise).toEqual(['+48 upvotes in 9 h', '+1,310 GitHub stars in 2 h', '+1 comment in 9 h']);
  });
});
