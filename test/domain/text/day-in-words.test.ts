import { describe, expect, it } from '@jest/globals';
import { daysUpTo, startOf } from '../../../shared/domain/calendar-date.js';
import { dayInWords, monthInWords, shortDay, weekdayOf } from '../../../shared/domain/text/day-in-words.js';
import { day } from '../../support/builders.js';

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

describe('a day in words', () => {
  it('has the names that the runtime has, on every day of two years', () => {
    for (const date of daysUpTo(day('2028-12-31'), 731)) {
      const part = new Map(format.formatToParts(startOf(date)).map(({ type, value }) => [type, value]));
      expect(weekdayOf(date)).toBe(part.get('weekday'));
      expect(dayInWords(date)).toBe(
        `${part.get('weekday')}, ${part.get('day')} ${part.get('month')} ${part.get('year')}`,
      );
      expect(monthInWords(date)).toBe(`${part.get('month')} ${part.get('year')}`);
    }
  });

  it('can do with little room', () => {
    expect(['2026-08-07', '2026-12-31'].map((date) => shortDay(day(date)))).toEqual(['7 Aug 2026', '31 Dec 2026']);
  });
});
