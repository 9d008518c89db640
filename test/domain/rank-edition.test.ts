import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rankEdition } from '../../shared/domain/rank-edition.js';
import { anObservedPaper, day, instant, paperId } from '../support/builders.js';

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
    expect(rankEdition(date, [], days, at)).toEqual({ date, formula: 1, publishedAt: at, days, papers: [] });
  });
});
