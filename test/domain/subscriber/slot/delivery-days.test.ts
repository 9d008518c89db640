import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  daysInWords,
  parseDeliveryDays,
  periodOf,
  readDays,
  weekdaysOf,
} from '../../../../shared/domain/subscriber/slot/delivery-days.js';

const read = (kind: string, on: readonly string[] = [], weeklyOn = '') => readDays({ kind, on, weeklyOn });
const words = (text: string) => daysInWords(parseDeliveryDays(text));

describe('days of delivery', () => {
  it('have one form: weekdays ascending, or one day for a week', () => {
    for (const text of ['1', '12345', '67', '234567', 'w1', 'w7']) expect(parseDeliveryDays(text)).toBe(text);
    for (const text of [
      '',
      '1234567',
      '0',
      '8',
      '21',
      '11',
      'w',
      'w0',
      'w8',
      'w12',
      'W5',
      ' 5',
      '5 ',
      '5\n',
      'daily',
    ]) {
      expect(parseDeliveryDays(text)).toBeUndefined();
    }
  });

  it('are every day where none are given', () => {
    expect(weekdaysOf(undefined)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(weekdaysOf(parseDeliveryDays('135'))).toEqual([1, 3, 5]);
    expect(weekdaysOf(parseDeliveryDays('w5'))).toEqual([5]);
    expect([undefined, '5', 'w5'].map((text) => periodOf(text ? parseDeliveryDays(text) : undefined))).toEqual([
      'day',
      'day',
      'week',
    ]);
  });

  it('are said in words', () => {
    expect(daysInWords(undefined)).toBe('every day');
    expect(words('12345')).toBe('Monday to Friday');
    expect(words('6')).toBe('on Saturday');
    expect(words('67')).toBe('on Saturday and Sunday');
    expect(words('135')).toBe('on Monday, Wednesday and Friday');
    expect(words('w5')).toBe('once a week, on Friday');
  });
});

describe('what a form says of days', () => {
  it('is read into the one form of the choice', () => {
    expect([read(''), read('daily'), read('chosen', ['7', '6', '5', '4', '3', '2', '1'])]).toEqual(
      Array.from({ length: 3 }, () => ({ ok: true })),
    );
    expect([read('workdays'), read('chosen', ['5', '4', '3', '2', '1', '1'])]).toEqual(
      Array.from({ length: 2 }, () => ({ ok: true, days: '12345' })),
    );
    expect(read('weekly', [], '5')).toEqual({ ok: true, days: 'w5' });
    expect(read('daily', ['x'], 'y')).toEqual({ ok: true });
  });

  it('is refused in one line that says what to do', () => {
    expect(read('chosen')).toEqual({ ok: false, message: 'Choose at least one day of the week.' });
    expect(read('chosen', ['8'])).toEqual({ ok: false, message: 'Choose the days of the week from the list.' });
    for (const day of ['', '0', '8', '12', 'x']) {
      const message = 'Choose the day of your weekly digest from the list.';
      expect(read('weekly', [], day)).toEqual({ ok: false, message });
    }
    expect(read('monthly')).toEqual({ ok: false, message: 'Choose the days on which your digest should arrive.' });
  });

  it('is days in their form, or refused, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom('', 'daily', 'workdays', 'chosen', 'weekly'), fc.string()),
        fc.array(fc.oneof(fc.constantFrom('1', '4', '7'), fc.string())),
        fc.oneof(fc.constantFrom('2', '6'), fc.string()),
        (kind, on, weeklyOn) => {
          const found = readDays({ kind, on, weeklyOn });
          if (found.ok && found.days !== undefined) expect(parseDeliveryDays(found.days)).toBe(found.days);
          if (!found.ok) expect(found.message).toMatch(/^[A-Z][^\n]+\.$/);
        },
      ),
    );
  });
});
