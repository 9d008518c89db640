import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import { rankEdition } from '../../../shared/domain/edition/rank-edition.js';
import { currentFormula } from '../../../shared/domain/trend/formulas.js';
import { anObservedPaper, day, instant, paperId } from '../../support/builders.js';

const date = day('2026-08-07');
const at = instant('2026-08-07T05:01');
const rank = (papers: ReturnType<typeof anObservedPaper>[]) =>
  rankEdition(date, papers, [], at).papers.map(({ paper }) => paper.id);
const voted = (number: number, upvotes: number, over = {}) =>
  anObservedPaper({ id: paperId(number), ...over }, [{ at: instant('2026-08-07T04:00'), upvotes }]);

describe('an edition', () => {
  it('ranks by score, then the newer paper first, then by id', () => {
    const papers = [
      voted(1, 0),
      voted(2, 30),
      voted(3, 0, { publishedAt: instant('2026-08-06T20:00') }),
      voted(4, 0),
      voted(5, 12),
    ];
    expect(rank(papers)).toEqual([2, 5, 3, 1, 4].map(paperId));
  });

  it('does not depend on the order in which papers come', () => {
    const papers = Array.from({ length: 12 }, (_, index) => voted(index, index % 4));
    fc.assert(
      fc.property(fc.shuffledSubarray(papers, { minLength: 12 }), (shuffled) => {
        expect(rank(shuffled)).toEqual(rank(papers));
      }),
    );
  });

  it('leaves out the withdrawn and those older than 30 days', () => {
    const old = { publishedAt: instant('2026-07-07T23:59') };
    const atLimit = { publishedAt: instant('2026-07-08T00:00') };
    expect(rank([voted(1, 9, { isWithdrawn: true }), voted(2, 9, old), voted(3, 9, atLimit)])).toEqual([paperId(3)]);
  });

  it('carries its formula, its instant and the lists behind it', () => {
    const days = [{ date, listed: 0 }];
    expect(rankEdition(date, [], days, at)).toEqual({
      date,
      formula: currentFormula.number,
      publishedAt: at,
      days,
      papers: [],
    });
  });

  it('carries each paper’s newest counts, and compares its gain with the papers of its day', () => {
    const papers = [1, 2, 3, 4, 5].map((number) => voted(number, number * 10));
    const [best] = rankEdition(date, papers, [], at).papers;
    expect(best).toMatchObject({ counts: { upvotes: 50 }, score: { parts: [{ gained: 50, timesCohort: 50 / 30 }] } });
    const [alone] = rankEdition(date, papers.slice(0, 4), [], at).papers;
    expect(alone?.score.parts[0]).not.toHaveProperty('timesCohort');
  });

  it('is in the order of its scores, whatever the papers are', () => {
    const paper = fc.record({
      votes: fc.nat(60),
      submitter: fc.constantFrom('ada', 'ben', undefined),
      age: fc.constantFrom(1, 5, 40),
    });
    fc.assert(
      fc.property(fc.array(paper, { maxLength: 40 }), (papers) => {
        const observed = papers.map(({ votes, submitter, age }, index) =>
          voted(index, votes, { publishedAt: at - age * dayMs, ...(submitter && { submitter }) }),
        );
        const ranked = rankEdition(date, observed, [], at).papers;
        const values = ranked.map(({ score }) => score.value);
        expect(values).toEqual([...values].sort((a, b) => b - a));
        expect(ranked.filter(({ lane }) => lane).length).toBeLessThanOrEqual(ranked.length / 10);
        for (const { score } of ranked) {
          expect(score.parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score.value, 10);
        }
      }),
    );
  });
});

describe('papers of one submitter', () => {
  const others = Array.from({ length: 12 }, (_, index) => voted(index + 10, 30 - index));
  const flood = [1, 2, 3, 4].map((number) => voted(number, 100 + number, { submitter: 'ada' }));

  it('stand at most twice among the first ten; the others follow the tenth at its score', () => {
    const { papers } = rankEdition(date, [...flood, ...others], [], at);
    const places = papers.flatMap(({ paper }, place) => (paper.submitter === 'ada' ? [place] : []));
    expect(places).toEqual([0, 1, 10, 11]);
    expect(papers[10]?.score.value).toBe(papers[9]?.score.value);
    expect(papers[10]?.score.parts).toContainEqual(expect.objectContaining({ signal: 'submitter', place: 3 }));
  });

  it('are not held back further down, nor where nobody is named', () => {
    const low = [1, 2, 3, 4].map((number) => voted(number, 1, { submitter: 'ada' }));
    const unnamed = [1, 2, 3, 4].map((number) => voted(number, 100 + number));
    for (const papers of [low, unnamed]) {
      const ranked = rankEdition(date, [...papers, ...others], [], at).papers;
      expect(ranked.flatMap(({ score }) => score.parts.map(({ signal }) => signal))).not.toContain('submitter');
    }
  });

  it('never rank lower for more upvotes, all else equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.nat(120), fc.nat(120), (index, votes, more) => {
        const placeWith = (upvotes: number) =>
          rank([...flood.with(index, voted(index + 1, upvotes, { submitter: 'ada' })), ...others]).indexOf(
            paperId(index + 1),
          );
        expect(placeWith(votes + more)).toBeLessThanOrEqual(placeWith(votes));
      }),
    );
  });
});

describe('the resurfaced lane', () => {
  const fresh = Array.from({ length: 18 }, (_, index) => voted(index + 10, 5));
  const old = { publishedAt: instant('2026-06-24T00:00'), listedDays: [day('2026-08-06')] };
  const laneOf = (papers: ReturnType<typeof anObservedPaper>[]) =>
    rankEdition(date, papers, [], at).papers.flatMap(({ paper, lane }) => (lane === 'resurfaced' ? [paper.id] : []));

  it('lets in old papers that rise, the best of them, up to a tenth of the edition', () => {
    const rising = [voted(1, 9, old), voted(2, 90, old), voted(3, 40, old)];
    expect(laneOf([...fresh, ...rising])).toEqual([2, 3].map(paperId));
    expect(laneOf([...fresh.slice(0, 8), ...rising])).toEqual([]);
  });

  it('closes 45 days after publication: no digest remembers longer what it showed', () => {
    const published = (minute: string) => voted(1, 90, { ...old, publishedAt: instant(minute) });
    expect(laneOf([...fresh, published('2026-06-23T00:00')])).toEqual([paperId(1)]);
    expect(laneOf([...fresh, published('2026-06-22T23:59')])).toEqual([]);
  });

  it('lets in an old paper whose code appeared within the edition’s days, and no other without a rise', () => {
    const code = (since: string) => ({ ...old, codeSince: instant(since) });
    const papers = [voted(1, 0, code('2026-08-05T10:00')), voted(2, 0, code('2026-07-20T10:00')), voted(3, 0, old)];
    expect(laneOf([...fresh, ...papers])).toEqual([paperId(1)]);
  });
});
