import { describe, expect, it } from '@jest/globals';
import { hourMs } from '../../../shared/domain/calendar-date.js';
import { datedCurve, sparkline, upvoteCurve } from '../../../shared/domain/trend/curve.js';
import { anObservedPaper, aPaper, day, instant } from '../../support/builders.js';

const now = instant('2026-08-07T11:00');
const listedToday = { listedDays: [day('2026-08-07')] };

describe('the curve of a paper’s upvotes', () => {
  it('has twelve points from its appearance to now, each the newest count known then, and rises evenly until the first', () => {
    const history = [
      { at: now, upvotes: 30 },
      { at: now - 8 * hourMs, upvotes: 5 },
      { at: now - 4 * hourMs, upvotes: 20, stars: 3 },
      { at: now + hourMs, upvotes: 99 },
    ];
    expect(upvoteCurve(anObservedPaper(listedToday, history), now)).toEqual([0, 2, 3, 5, 5, 5, 5, 20, 20, 20, 20, 30]);
  });

  it('shows the last seven days of an older paper', () => {
    const history = [20, 9, 0].map((days) => ({ at: now - days * 24 * hourMs, upvotes: 40 - days }));
    const curve = upvoteCurve(anObservedPaper({ listedDays: [day('2026-07-01')] }, history), now);
    expect(curve).toEqual([...Array(11).fill(31), 40]);
  });

  it('is none where fewer than three observations tell the upvotes', () => {
    const history = [
      { at: now, upvotes: 3 },
      { at: now - hourMs, upvotes: 1 },
      { at: now - 2 * hourMs, stars: 4 },
    ];
    expect(upvoteCurve(anObservedPaper(listedToday, history), now)).toBeUndefined();
  });

  it('gets its instants back: from the start of its first day, or over the last seven', () => {
    const ends = (listed: string) => {
      const dated = datedCurve([0, 5, 30], aPaper({ listedDays: [day(listed)] }), now);
      return dated.map(({ at, count }) => [(now - at) / hourMs, count]);
    };
    expect(ends('2026-08-07')).toEqual([
      [11, 0],
      [5.5, 5],
      [0, 30],
    ]);
    expect(ends('2026-07-01')).toEqual([
      [168, 0],
      [84, 5],
      [0, 30],
    ]);
  });

  it('draws from the lowest to the highest block', () => {
    expect(sparkline([0, 5, 10, 35])).toBe('▁▂▃█');
    expect(sparkline([4, 4, 4])).toBe('▁▁▁');
  });
});
