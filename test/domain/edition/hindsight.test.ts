import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import type { Edition, RankedPaper } from '../../../shared/domain/edition/edition.js';
import { type Hindsight, hindsightAt, hindsightOf } from '../../../shared/domain/edition/hindsight.js';
import type { Observation } from '../../../shared/domain/paper/paper.js';
import { anEdition, aRankedPaper, instant, paperId } from '../../support/builders.js';

const published = instant('2026-08-07T05:02');
const later = published + 3 * dayMs;

/**
 * A paper's upvotes when the edition was published, and those it gained since: the first paper stood first in the
 * edition.
 */
type Curve = readonly [before: number | undefined, gained: number | undefined];

function ranked(index: number, upvotes: number | undefined): RankedPaper {
  const paper = aRankedPaper({ id: paperId(index + 1), title: `Paper ${index + 1}` });
  return { ...paper, counts: upvotes === undefined ? {} : { upvotes } };
}

function lookBack(curves: readonly Curve[], over: Partial<Edition> = {}, at = later): Hindsight {
  const papers = curves.map(([before], index) => ranked(index, before));
  const observed = curves.flatMap(([before = 0, gained], index): [RankedPaper['paper']['id'], Observation][] =>
    gained === undefined ? [] : [[paperId(index + 1), { at, upvotes: before + gained }]],
  );
  return hindsightOf(anEdition({ publishedAt: published, papers, ...over }), new Map(observed));
}

const perfect = { p3: 1, p5: 1, p10: 1, ndcg10: 1 };
const falling = (count: number) => Array.from({ length: count }, (_, index): Curve => [index, 10 * (count - index)]);

describe('the hindsight of an edition', () => {
  it('looks at the instant seven days after publication', () => {
    expect(hindsightAt(anEdition({ publishedAt: published }))).toBe(instant('2026-08-14T05:02'));
  });

  it('is perfect for the order of the upvotes gained since, beside what raw upvotes made of it', () => {
    const { ours, rawUpvotes, biggestMiss } = lookBack(falling(20));
    expect(ours).toEqual(perfect);
    expect(rawUpvotes).toMatchObject({ p3: 0, p5: 0, p10: 0 });
    const gained = (upvotesAt: (place: number) => number) =>
      Array.from({ length: 10 }, (_, place) => upvotesAt(place) / Math.log2(place + 2)).reduce((a, b) => a + b);
    const [upward, downward] = [gained((place) => 10 + 10 * place), gained((place) => 200 - 10 * place)];
    expect(rawUpvotes?.ndcg10).toBeCloseTo(upward / downward, 12);
    expect(biggestMiss).toBeUndefined();
  });

  it('shares the places of equal upvotes at publication', () => {
    const curves: Curve[] = [[7, 1], [7, 8], ...Array.from({ length: 2 }, (): Curve => [0, 0])];
    expect(lookBack(curves).rawUpvotes?.ndcg10).toBeCloseTo((4.5 + 4.5 / Math.log2(3)) / (8 + 1 / Math.log2(3)), 12);
  });

  it('counts an unobserved paper 0, and says how many there were', () => {
    const { papers, unobserved, ours } = lookBack([
      [5, undefined],
      [4, 9],
      [undefined, undefined],
    ]);
    expect({ papers, unobserved }).toEqual({ papers: 3, unobserved: 2 });
    expect(ours?.ndcg10).toBeCloseTo(1 / Math.log2(3), 12);
  });

  it('tells an observation without upvotes from one of none', () => {
    const papers = [ranked(0, 3), ranked(1, 2), ranked(2, 1)];
    const observed = new Map([
      [paperId(1), { at: later, stars: 12 }],
      [paperId(2), { at: later, upvotes: 0 }],
      [paperId(3), { at: later, upvotes: 4 }],
    ]);
    expect(hindsightOf(anEdition({ papers }), observed)).toMatchObject({ papers: 3, unobserved: 1 });
  });

  it('has no figures where nobody saw an upvote after publication, or nothing had any', () => {
    const none = { date: '2026-08-07', formula: 1, papers: 2, unobserved: 0 };
    const curves: Curve[] = [
      [5, 5],
      [9, 9],
    ];
    expect(lookBack(curves, {}, published)).toEqual(none);
    expect(lookBack(curves, {}, published + 1).ours).toBeDefined();
    const voteless: Curve[] = [
      [0, 0],
      [0, 0],
    ];
    expect(lookBack(voteless)).toEqual(none);
    expect(lookBack([])).toEqual({ ...none, papers: 0 });
  });

  it('counts from 0 where the edition does not know the upvotes', () => {
    const { ours, rawUpvotes } = lookBack(falling(12).map(([, gained]) => [undefined, gained]));
    expect(ours).toEqual(perfect);
    expect(rawUpvotes?.p3).toBeCloseTo(3 / 12, 12);
  });

  it('takes withdrawn votes for no gain', () => {
    expect(
      lookBack([
        [9, 3],
        [9, -2],
      ]).ours,
    ).toEqual(perfect);
  });

  it('finds nothing in what stood on top already', () => {
    const { ours, rawUpvotes } = lookBack([
      [2, 90],
      [500, 1],
    ]);
    expect(ours?.ndcg10).toBe(1);
    expect(rawUpvotes?.ndcg10).toBeLessThan(1);
  });
});

describe('the biggest miss', () => {
  it('is the one of the later top ten that stood lowest in the edition', () => {
    const curves = falling(30).map(([before, gained], index): Curve => {
      return index === 14 ? [before, 295] : index === 21 ? [before, 1000] : [before, gained];
    });
    expect(lookBack(curves).biggestMiss).toEqual({
      id: paperId(22),
      title: 'Paper 22',
      place: 22,
      placeLater: 1,
      gained: 1000,
    });
  });

  it('is none that only a tie would bring into the top ten, and none without a gain', () => {
    const tied = falling(12).map(([before, gained]): Curve => [before, Math.max(30, gained ?? 0)]);
    expect(lookBack(tied).biggestMiss).toBeUndefined();
    const few = Array.from({ length: 12 }, (_, index): Curve => [0, index === 0 ? 5 : 0]);
    expect(lookBack(few).biggestMiss).toBeUndefined();
  });

  it('tells the place that equal papers share', () => {
    const curves: Curve[] = [[0, 100], ...falling(9), [0, 100]];
    expect(lookBack(curves).biggestMiss).toMatchObject({ place: 11, placeLater: 1, gained: 100 });
  });
});

const curve = fc.tuple(fc.option(fc.nat(50), { nil: undefined }), fc.option(fc.nat(50), { nil: undefined }));

describe('any edition', () => {
  it('has figures from 0 to 1, and a miss that stood below ten and stands in the first ten', () => {
    fc.assert(
      fc.property(fc.array(curve, { maxLength: 40 }), (curves) => {
        const { ours, rawUpvotes, biggestMiss, papers, unobserved } = lookBack(curves);
        const all = [ours, rawUpvotes].flatMap((figures) => (figures ? Object.values(figures) : []));
        for (const figure of all) {
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(figure).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(unobserved).toBeLessThanOrEqual(papers);
        if (!biggestMiss) return;
        expect(biggestMiss.place).toBeGreaterThan(10);
        expect(biggestMiss.placeLater).toBeLessThanOrEqual(10);
        expect(biggestMiss.gained).toBeGreaterThan(0);
      }),
    );
  });
});
