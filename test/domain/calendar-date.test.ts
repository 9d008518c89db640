import { describe, expect, it } from '@jest/globals';
import { addDays, daysUpTo, parseCalendarDate } from '../../shared/domain/calendar-date.js';
import { day } from '../support/builders.js';

describe('a calendar date', () => {
  it('is read from a day that exists only', () => {
    expect(parseCalendarDate('2028-02-29')).toBe('2028-02-29');
    for (const text of ['2027-02-29', '2026-13-01', '2026-8-7', '07.08.2026', ''])
      expect(parseCalendarDate(text)).toBeUndefined();
  });

  it('counts over the ends of months and years', () => {
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
    expect(daysUpTo(day('2026-03-02'), 3)).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
  });
});
