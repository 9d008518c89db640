import { describe, expect, it } from '@jest/globals';
import type { RankedPaper } from '../../../shared/domain/edition/edition.js';
import { editionDaysOf, scoreboardOf, standingIn } from '../../../shared/domain/edition/scoreboard.js';
import type { Counts } from '../../../shared/domain/paper/paper.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { anEdition, aPaper, aRankedPaper, day, instant, paperId } from '../../support/builders.js';

const counted = (number: number, counts: Counts, listed = '2026-08-07'): RankedPaper => ({
  ...aRankedPaper({ id: paperId(number), listedDays: [day(listed)] }),
  counts,
});

const standing = (papers: readonly RankedPaper[], number: number, listed = '2026-08-07') =>
  standingIn(scoreboardOf(anEdition({ papers })), { id: paperId(number), listedDays: [day(listed)] });

describe('a scoreboard', () => {
  it('tells of each paper of an edition its place and the counts that were known', () => {
    const papers = [counted(7, { upvotes: 9, stars: 3 }), counted(8, { upvotes: 0 }), counted(9, {})];
    const edition = { date: day('2026-08-07'), publishedAt: instant('2026-08-07T05:02'), papers: 3 };
    expect(standing(papers, 7)).toEqual({ ...edition, place: 1, upvotes: 9, stars: 3 });
    expect(standing(papers, 8)).toEqual({ ...edition, place: 2, upvotes: 0 });
    expect(standing(papers, 9)).toEqual({ ...edition, place: 3 });
  });

  it('takes no paper for another whose id begins or ends like it', () => {
    const papers = [{ ...aRankedPaper({ id: '2608.000019' as PaperId }) }, counted(2, {})];
    expect(standing(papers, 1)).toBeUndefined();
    expect(standing([], 1)).toBeUndefined();
  });

  it('has the median upvotes of the papers that were first listed on the same day, from three papers on', () => {
    const others = [counted(1, { upvotes: 2 }), counted(2, { upvotes: 100 }), counted(3, {})];
    expect(standing(others, 1)).not.toHaveProperty('median');
    const four = [...others, counted(4, { upvotes: 7 }), counted(5, { upvotes: 4 })];
    expect(standing(four, 1)?.median).toBe(5.5);
    expect(standing([...four, counted(6, { upvotes: 9000 }, '2026-08-06')], 1)?.median).toBe(5.5);
    expect(standing(four.slice(0, 4), 1)?.median).toBe(7);
  });
});

describe('the days whose editions may hold a paper', () => {
  const days = (listed: readonly string[], today: string, most = 9) =>
    editionDaysOf(aPaper({ firstSeenAt: instant('2026-08-06T23:00'), listedDays: listed.map(day) }), day(today), most);

  it('are the seven from each day on which it came, up to today, the newest first', () => {
    expect(days(['2026-08-07'], '2026-08-08')).toEqual(['2026-08-08', '2026-08-07', '2026-08-06']);
    expect(days(['2026-08-07'], '2026-09-30')).toHaveLength(8);
    expect(days(['2026-08-07'], '2026-09-30')[0]).toBe('2026-08-13');
    expect(days([], '2026-09-30')[0]).toBe('2026-08-12');
  });

  it('are the newest where there are too many', () => {
    expect(days(['2026-08-07', '2026-09-01'], '2026-09-03', 4)).toEqual([
      '2026-09-03',
      '2026-09-02',
      '2026-09-01',
      '2026-08-13',
    ]);
  });
});
