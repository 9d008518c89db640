import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hourMs } from '../../../shared/domain/calendar-date.js';
import type { Observation } from '../../../shared/domain/paper/paper.js';
import { formula2 } from '../../../shared/domain/trend/formula-2.js';
import { currentFormula, formula1, formulas } from '../../../shared/domain/trend/formulas.js';
import { anObservedPaper, day, instant } from '../../support/builders.js';

const now = instant('2026-08-07T09:00');
const scoreBy =
  (formula: typeof formula2) =>
  (history: readonly Observation[], paper = {}) =>
    formula.score(anObservedPaper({ listedDays: [day('2026-08-07')], ...paper }, [...history]), now);
const score = scoreBy(formula2);

const wild = fc.oneof(fc.integer({ min: -3, max: 5000 }), fc.double());
const observation = fc.record(
  {
    at: fc.oneof(fc.integer({ min: now - 40 * 24 * hourMs, max: now + 24 * hourMs }), fc.constant(Number.NaN)),
    upvotes: wild,
    comments: wild,
    stars: wild,
  },
  { requiredKeys: ['at'] },
);
const listings = fc.constantFrom([], [day('2026-08-07')], [day('2026-07-01')], [day('2026-07-01'), day('2026-08-06')]);

describe('the formulas', () => {
  it('are numbered from 1, each once, and the newest ranks new editions', () => {
    expect(formulas.map(({ number }) => number)).toEqual(formulas.map((_, index) => index + 1));
    expect(currentFormula).toBe(formulas.at(-1));
  });
});

describe.each(formulas.map((formula) => [formula.number, formula] as const))('formula %i', (_, formula) => {
  const scored = scoreBy(formula);

  it('is finite, never negative, the sum of its parts, and the same for every order of observations', () => {
    const distinct = fc.uniqueArray(observation, { maxLength: 12, selector: ({ at }) => at });
    fc.assert(
      fc.property(distinct, listings, (history, listedDays) => {
        const { value, parts } = scored(history, { listedDays });
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(parts.reduce((sum, part) => sum + part.points, 0)).toBeCloseTo(value, 10);
        expect(scored([...history].reverse(), { listedDays })).toEqual({ value, parts });
      }),
    );
  });

  it.each(['upvotes', 'stars'] as const)(
    'never falls when the newest count of %s is higher, all else equal',
    (signal) => {
      fc.assert(
        fc.property(fc.array(observation, { maxLength: 6 }), fc.nat(1000), fc.nat(1000), (history, count, more) => {
          const withCount = (newest: number) => scored([...history, { at: now, [signal]: newest }]).value;
          expect(withCount(count + more)).toBeGreaterThanOrEqual(withCount(count) - 1e-12);
        }),
      );
    },
  );

  it('knows no rise without history, without votes, from the future, or of votes that were withdrawn', () => {
    const none = { value: 0, parts: [] };
    expect(scored([])).toEqual(none);
    expect(scored([{ at: now - hourMs, upvotes: 0, comments: 0, stars: 0 }])).toEqual(none);
    expect(scored([{ at: now + hourMs, upvotes: 90 }])).toEqual(none);
    const withdrawn = [
      { at: now - 26 * hourMs, upvotes: 10 },
      { at: now, upvotes: 8 },
    ];
    expect(scored(withdrawn, { listedDays: [day('2026-08-05')] })).toEqual(none);
  });

  it('counts only the gain of the last 24 hours of a paper that is known longer', () => {
    const history = [
      { at: now - 30 * hourMs, upvotes: 50 },
      { at: now - hourMs, upvotes: 65 },
    ];
    expect(scored(history, { listedDays: [day('2026-08-05')] }).parts).toEqual([
      expect.objectContaining({ signal: 'upvotes', gained: 15, hours: 24 }),
    ]);
  });

  it('spreads a gain over the days in which nobody looked', () => {
    const history = [{ at: now, upvotes: 60 }];
    expect(scored(history, { listedDays: [day('2026-08-04')] }).value).toBeLessThan(scored(history).value);
  });
});

describe('formula 1', () => {
  it('does not take the stars a repository had before for a rise', () => {
    expect(scoreBy(formula1)([{ at: now, stars: 20_000 }])).toEqual({ value: 0, parts: [] });
  });
});

describe('formula 2', () => {
  it('is ln(1 + decayed, paced gain): twelve votes in the first nine hours of a day', () => {
    const expected = Math.log1p(2 ** (-9 / 96) * Math.sqrt(26 / 11) * 12);
    expect(score([{ at: now, upvotes: 12 }]).value).toBeCloseTo(expected, 12);
  });

  it('counts a gained star as half an upvote, and a starred repository as two at most', () => {
    const stars = [
      { at: now - 4 * hourMs, stars: 50 },
      { at: now, stars: 110 },
    ];
    const paced = (hours: number) => Math.sqrt(26 / (hours + 2));
    const x = 2 ** (-9 / 96) * (30 * paced(4) + ((2 * 110) / 111) * paced(9));
    expect(score(stars).value).toBeCloseTo(Math.log1p(x), 12);
    expect(score(stars).parts).toEqual([
      expect.objectContaining({ signal: 'stars', gained: 60, hours: 4, standing: 110 }),
    ]);
    const old = score([{ at: now, upvotes: 3, stars: 90_000 }]).value;
    expect(old).toBeLessThan(score([{ at: now, upvotes: 6 }]).value);
  });

  it('does not take another repository’s stars for a rise', () => {
    const history = [
      { at: now - 4 * hourMs, stars: 50 },
      { at: now - 2 * hourMs, stars: 9_000 },
      { at: now, stars: 9_020 },
    ];
    const { parts } = score(history, { codeSince: now - 2 * hourMs });
    expect(parts).toEqual([expect.objectContaining({ signal: 'stars', gained: 20, hours: 2, standing: 9_020 })]);
  });

  it('prefers the faster of two equal gains, and the newer of two equal papers', () => {
    const gained = (hours: number) => [
      { at: now - 40 * hourMs, upvotes: 0 },
      { at: now - hours * hourMs, upvotes: 0 },
      { at: now, upvotes: 10 },
    ];
    const today = score([{ at: now, upvotes: 10 }]).value;
    expect(today).toBeGreaterThan(score(gained(30), { listedDays: [day('2026-08-06')] }).value);
    const listedOn = (date: string) => score(gained(30), { listedDays: [day(date)] }).value;
    expect(listedOn('2026-08-05')).toBeGreaterThan(listedOn('2026-08-01'));
  });

  it('takes a paper that is listed again for a new one', () => {
    const history = [
      { at: now - 30 * hourMs, upvotes: 5 },
      { at: now, upvotes: 25 },
    ];
    const again = score(history, { listedDays: [day('2026-06-01'), day('2026-08-07')] }).value;
    expect(again).toBeGreaterThan(score(history, { listedDays: [day('2026-06-01')] }).value);
  });

  it('keeps the order of papers with upvotes alone when all upvotes are scaled', () => {
    const paper = fc.record({ upvotes: fc.nat(2000), age: fc.integer({ min: 0, max: 6 }) });
    fc.assert(
      fc.property(paper, paper, fc.integer({ min: 2, max: 50 }), (one, other, factor) => {
        const scaled = ({ upvotes, age }: typeof one, by: number) =>
          score([{ at: now, upvotes: upvotes * by }], { listedDays: [day(`2026-08-0${7 - age}`)] }).value;
        const order = (by: number) => Math.sign(scaled(one, by) - scaled(other, by));
        expect(order(factor)).toBe(order(1));
      }),
    );
  });

  it.each(['upvotes', 'stars'] as const)(
    'keeps the order of papers that differ in %s alone when those are scaled',
    (signal) => {
      const counts = fc.tuple(fc.nat(2000), fc.nat(2000), fc.integer({ min: 2, max: 50 }));
      fc.assert(
        fc.property(counts, fc.array(observation, { maxLength: 3 }), ([one, other, factor], history) => {
          const others = history.map(({ [signal]: _, ...rest }) => rest as Observation);
          const scored = (count: number) => score([...others, { at: now, [signal]: count }]).value;
          expect(Math.sign(scored(one * factor) - scored(other * factor))).toBe(Math.sign(scored(one) - scored(other)));
        }),
      );
    },
  );
});
