import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysUpTo } from '../../../shared/domain/calendar-date.js';
import { dayOf, daysBefore, editionsCovering, lengthOf } from '../../../shared/domain/edition/archive.js';
import { aPaper, aTrendScore, day, instant } from '../../support/builders.js';
import { archiveIn, editionOf, month, papersIn, plainPaper } from './archive-builder.js';

const today = day('2026-08-07');

describe('a paper’s own day', () => {
  it('is the first on whose list it stood, else the day of its publication', () => {
    const publishedAt = instant('2026-08-01T23:30');
    expect(dayOf(aPaper({ publishedAt, listedDays: [day('2026-08-03'), day('2026-08-06')] }))).toBe('2026-08-03');
    expect(dayOf(aPaper({ publishedAt, listedDays: [] }))).toBe('2026-08-01');
  });
});

describe('the editions of a span', () => {
  it('are every sixth, five for the last 30 days', () => {
    expect(daysBefore(today)).toEqual(month);
    const published = daysUpTo(today, 60);
    expect(editionsCovering(month, published)).toEqual([
      '2026-08-07',
      '2026-08-01',
      '2026-07-26',
      '2026-07-20',
      '2026-07-14',
    ]);
  });

  it('reach beyond an earlier span, for papers that were seen days later', () => {
    const span = { from: day('2026-06-01'), to: day('2026-06-03') };
    expect(editionsCovering(span, daysUpTo(today, 90))).toEqual(['2026-06-08', '2026-06-02']);
  });

  it('are filled by their neighbours where one is missing', () => {
    const published = daysUpTo(today, 60).filter((date) => date !== '2026-08-01' && date !== '2026-08-02');
    expect(editionsCovering(month, published).slice(0, 3)).toEqual(['2026-08-07', '2026-08-03', '2026-07-28']);
    expect(editionsCovering(month, [today, day('2026-07-15')])).toEqual(['2026-08-07', '2026-07-15']);
    expect(editionsCovering(month, [])).toEqual([]);
    expect(editionsCovering(month, [day('2026-07-08')])).toEqual([]);
  });

  it('look back on every day that an edition after it looks back on, and are never many', () => {
    const dates = fc.uniqueArray(fc.integer({ min: -5, max: 45 }).map((ago) => addDays(today, -ago)));
    const spans = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 31 }));
    fc.assert(
      fc.property(dates, spans, (published, [ago, length]) => {
        const span = daysBefore(addDays(today, -ago), length);
        const chosen = editionsCovering(span, published);
        expect(chosen.length).toBeLessThanOrEqual(12);
        expect([...chosen].sort().reverse()).toEqual(chosen);
        const holds = (from: readonly string[]) => (each: string) =>
          from.some((date) => each < date && date <= addDays(day(each), 6));
        const days = daysUpTo(span.to, lengthOf(span));
        expect(days.filter(holds(chosen))).toEqual(days.filter(holds(published)));
      }),
    );
  });
});

describe('joined editions', () => {
  const listed = (number: number, date: string, title = 'Untitled') =>
    plainPaper(number, { listedDays: [day(date)], title });

  it('hold each paper once, as the newest of them shows it, with where it stood best', () => {
    const first = editionOf('2026-08-01', listed(1, '2026-07-30', 'Draft'), listed(2, '2026-08-01'));
    const second = editionOf('2026-08-07', listed(3, '2026-08-07'), { ...listed(1, '2026-07-30', 'Final') });
    for (const editions of [[first, second] as const, [second, first] as const]) {
      const archive = archiveIn(editions);
      expect(archive.publishedAt).toBe(second.publishedAt);
      expect(
        papersIn(archive).map(({ paper, day: own, best }) => [paper.title, own, best.edition, best.place]),
      ).toEqual([
        ['Final', '2026-07-30', '2026-08-01', 1],
        ['Untitled', '2026-08-01', '2026-08-01', 2],
        ['Untitled', '2026-08-07', '2026-08-07', 1],
      ]);
    }
  });

  it('rank by the newest score', () => {
    const risen = { ...listed(1, '2026-07-30'), score: aTrendScore(9) };
    const archive = archiveIn([editionOf('2026-08-01', listed(2, '2026-07-31')), editionOf('2026-08-07', risen)]);
    expect(papersIn(archive).map(({ score }) => score.value)).toEqual([998, 9]);
  });

  it('hold papers of the span alone, its first and its last day included', () => {
    const days = ['2026-07-31', '2026-08-01', '2026-08-03', '2026-08-04'];
    const edition = editionOf('2026-08-05', ...days.map((date, index) => listed(index, date)));
    const archive = archiveIn([edition], { from: day('2026-08-01'), to: day('2026-08-03') });
    expect(papersIn(archive).map((paper) => paper.day)).toEqual(['2026-08-01', '2026-08-03']);
  });

  it('know how many days of the span they look back on', () => {
    const covered = (...dates: string[]) => {
      const [first = '', ...others] = dates;
      return archiveIn([editionOf(first), ...others.map((date) => editionOf(date))]).coveredDays;
    };
    expect(covered('2026-08-07')).toBe(7);
    expect(covered('2026-08-07', '2026-08-01')).toBe(13);
    expect(covered('2026-08-07', '2026-07-20')).toBe(14);
    expect(covered('2026-08-07', '2026-08-01', '2026-07-26', '2026-07-20', '2026-07-14')).toBe(30);
  });
});
