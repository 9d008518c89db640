import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dayMs, hourMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import {
  type DeliveryDays,
  parseDeliveryDays,
  type Weekday,
  weekdaysOf,
} from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { isTimeZone } from '../../../shared/domain/subscriber/slot/local-clock.js';
import {
  daysOf,
  digestLifetimeMs,
  dueAt,
  editionDueIn,
  isSlot,
  nextDue,
  periodOfSlot,
  type Slot,
  slotOf,
  weekdaysDue,
} from '../../../shared/domain/subscriber/slot.js';
import { day, instant } from '../../support/builders.js';

const publishHour = 5;
const daysIn = (text: string) => parseDeliveryDays(text) as DeliveryDays;
const at = (due: Instant | undefined) => (due === undefined ? 'never' : new Date(due).toISOString());
const due = (zone: string, hour: number, date: string, days?: string) =>
  at(dueAt(slotOf(zone, hour, days === undefined ? undefined : daysIn(days)), day(date), publishHour));

describe('when an edition falls due', () => {
  it('is the first local hour after the edition’s publication', () => {
    expect(due('UTC', 7, '2026-08-07')).toBe('2026-08-07T07:00:00.000Z');
    expect(due('Europe/Berlin', 7, '2026-08-07')).toBe('2026-08-07T05:00:00.000Z');
    expect(due('Europe/Berlin', 6, '2026-08-07')).toBe('2026-08-08T04:00:00.000Z');
    expect(due('Asia/Tokyo', 7, '2026-08-07')).toBe('2026-08-07T22:00:00.000Z');
    expect(due('America/Los_Angeles', 23, '2026-08-07')).toBe('2026-08-07T06:00:00.000Z');
    expect(due('Asia/Kolkata', 6, '2026-08-07')).toBe('2026-08-08T00:30:00.000Z');
  });

  it('serves an hour that daylight saving skips when the clock jumps', () => {
    expect(due('Europe/Berlin', 2, '2026-03-28')).toBe('2026-03-29T01:00:00.000Z');
    expect(due('America/New_York', 2, '2026-03-08')).toBe('2026-03-08T07:00:00.000Z');
  });

  it('serves an hour that comes twice at its first time', () => {
    expect(due('Europe/Berlin', 2, '2026-10-24')).toBe('2026-10-25T00:00:00.000Z');
    expect(due('America/New_York', 1, '2026-11-01')).toBe('2026-11-01T05:00:00.000Z');
  });

  it('keeps the second coming of an hour from serving one edition late', () => {
    const secondTwo = instant('2026-10-25T01:00');
    expect(editionDueIn(slotOf('Europe/Berlin', 2), secondTwo, publishHour)).toBe('2026-10-24');
  });

  it('knows the time zones of the runtime and no others', () => {
    expect(isTimeZone('Pacific/Chatham')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});

describe('a slot with days', () => {
  it('is due on its local days alone', () => {
    // 2026-08-07 is a Friday.
    expect(due('Europe/Berlin', 7, '2026-08-07', '5')).toBe('2026-08-07T05:00:00.000Z');
    expect(due('Europe/Berlin', 7, '2026-08-07', '12346')).toBe('never');
    expect(due('Asia/Tokyo', 7, '2026-08-07', 'w6')).toBe('2026-08-07T22:00:00.000Z');
    expect(due('Asia/Tokyo', 7, '2026-08-07', 'w5')).toBe('never');
    expect(due('America/Los_Angeles', 23, '2026-08-07', '4')).toBe('2026-08-07T06:00:00.000Z');
  });

  it('gets Monday’s edition on Monday after a weekend', () => {
    const slot = slotOf('Europe/Berlin', 8, daysIn('12345'));
    expect(editionDueIn(slot, instant('2026-08-08T09:00'), publishHour)).toBeUndefined();
    expect(editionDueIn(slot, instant('2026-08-09T09:00'), publishHour)).toBeUndefined();
    expect(editionDueIn(slot, instant('2026-08-10T06:00'), publishHour)).toBe('2026-08-10');
  });

  it('has its day also where the clocks change on it, so that no weekly reader waits two weeks', () => {
    // At six in Berlin the edition of the day is out in winter, and that of the day before in summer.
    expect(due('Europe/Berlin', 6, '2026-03-28', 'w7')).toBe('2026-03-29T04:00:00.000Z');
    expect(due('Europe/Berlin', 6, '2026-03-29', 'w7')).toBe('never');
    expect(due('Europe/Berlin', 6, '2026-10-24', 'w7')).toBe('never');
    expect(due('Europe/Berlin', 6, '2026-10-25', 'w7')).toBe('2026-10-25T05:00:00.000Z');
  });

  it('counts an hour that is skipped at the end of a day for that day', () => {
    // In Ittoqqortoormiit, 23:00 on Saturday becomes midnight.
    expect(due('America/Scoresbysund', 23, '2026-03-28', 'w6')).toBe('2026-03-29T01:00:00.000Z');
    expect(due('America/Scoresbysund', 23, '2026-03-28', 'w7')).toBe('never');
    expect(due('America/Scoresbysund', 23, '2026-03-29', 'w7')).toBe('2026-03-30T00:00:00.000Z');
  });

  it('has one form for one choice, and one of every day is as it was before there were days', () => {
    expect(slotOf('Europe/Berlin', 7)).toBe('Europe/Berlin@07');
    expect(slotOf('Europe/Berlin', 7, daysIn('12345'))).toBe('Europe/Berlin@07/12345');
    expect(slotOf('Europe/Berlin', 7, daysIn('w5'))).toBe('Europe/Berlin@07/w5');
    expect(daysOf('Europe/Berlin@07/w5' as Slot)).toBe('w5');
    expect([daysOf('Europe/Berlin@07' as Slot), periodOfSlot('Europe/Berlin@07' as Slot)]).toEqual([undefined, 'day']);
    expect([periodOfSlot('UTC@07/5' as Slot), periodOfSlot('UTC@07/w5' as Slot)]).toEqual(['day', 'week']);
    for (const other of [
      'UTC@07/',
      'UTC@07/1234567',
      'UTC@07/21',
      'UTC@07/11',
      'UTC@07/w8',
      'UTC@07/w',
      'UTC@07/w12',
    ]) {
      expect(isSlot(other)).toBe(false);
    }
  });
});

describe('when a slot falls due next', () => {
  const next = (slot: Slot, now: string, last?: string) =>
    at(nextDue(slot, instant(now), publishHour, last === undefined ? undefined : day(last)));

  it('is its next hour, or its next hour on one of its days', () => {
    expect(next(slotOf('Europe/Berlin', 7), '2026-08-07T04:59')).toBe('2026-08-07T05:00:00.000Z');
    expect(next(slotOf('Europe/Berlin', 7), '2026-08-07T05:00')).toBe('2026-08-08T05:00:00.000Z');
    expect(next(slotOf('Europe/Berlin', 7, daysIn('12345')), '2026-08-07T05:00')).toBe('2026-08-10T05:00:00.000Z');
    expect(next(slotOf('Europe/Berlin', 7, daysIn('w5')), '2026-08-07T05:00')).toBe('2026-08-14T05:00:00.000Z');
  });

  it('is not for an edition that the reader has had', () => {
    expect(next(slotOf('Europe/Berlin', 20), '2026-08-07T06:00', '2026-08-07')).toBe('2026-08-08T18:00:00.000Z');
    expect(next(slotOf('Europe/Berlin', 20, daysIn('w5')), '2026-08-07T06:00', '2026-08-07')).toBe(
      '2026-08-14T18:00:00.000Z',
    );
    expect(next(slotOf('Europe/Berlin', 20, daysIn('w5')), '2026-08-07T06:00', '2026-08-06')).toBe(
      '2026-08-07T18:00:00.000Z',
    );
  });
});

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Apia'];
const anyDays = fc.oneof(
  fc.constantFrom(undefined, daysIn('12345')),
  fc.integer({ min: 1, max: 7 }).map((weekday) => daysIn(`w${weekday}`)),
  fc.subarray(['1', '2', '3', '4', '5', '6', '7'], { minLength: 1, maxLength: 6 }).map((on) => daysIn(on.join(''))),
);
const anySlot = fc
  .tuple(fc.constantFrom(...zones), fc.integer({ min: 0, max: 23 }), anyDays)
  .map(([zone, hour, days]) => slotOf(zone, hour, days));
const firstOfYear = day('2026-01-01');

/** What a calendar in the zone says of an instant, by the runtime’s own words. */
function localDay(slot: Slot, instant: Instant): { date: string; weekday: Weekday; hour: number } {
  const format = (options: Intl.DateTimeFormatOptions, locale = 'en-CA') =>
    new Intl.DateTimeFormat(locale, { timeZone: slot.split('@')[0] ?? '', hourCycle: 'h23', ...options }).format(
      instant,
    );
  const date = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const weekday = (names.indexOf(format({ weekday: 'short' }, 'en-US')) + 1) as Weekday;
  return { date, weekday, hour: Number(format({ hour: '2-digit' })) };
}

describe('over a whole year, in every slot', () => {
  it('lets each edition fall due at most once, within a day of its publication, in the order of the editions', () => {
    fc.assert(
      fc.property(anySlot, fc.integer({ min: 0, max: 364 }), (slot, offset) => {
        const start = Date.UTC(2026, 0, 1) + offset * dayMs;
        const first = dueAt(slot, addDays(firstOfYear, offset), publishHour);
        const second = dueAt(slot, addDays(firstOfYear, offset + 1), publishHour);
        if (first === undefined) return;
        expect(first).toBeGreaterThanOrEqual(start + publishHour * hourMs);
        expect(first).toBeLessThan(start + (publishHour + 25) * hourMs);
        if (second !== undefined) expect(second - first).toBeGreaterThan(digestLifetimeMs);
      }),
      { numRuns: 1000 },
    );
  });

  it('serves every local day of the slot once, at its hour or when the clock skips that, and no other day', () => {
    fc.assert(
      fc.property(anySlot, (slot) => {
        const wanted = weekdaysOf(daysOf(slot));
        const hour = Number(slot.split('@')[1]?.slice(0, 2));
        const served = new Map<string, number>();
        for (let offset = -2; offset <= 367; offset += 1) {
          const found = dueAt(slot, addDays(firstOfYear, offset), publishHour);
          if (found === undefined) continue;
          const local = localDay(slot, found);
          expect(wanted).toContain(local.weekday);
          expect([hour, hour + 1]).toContain(local.hour);
          served.set(local.date, (served.get(local.date) ?? 0) + 1);
        }
        expect(Math.max(...served.values())).toBe(1);
        const missed = Array.from({ length: 365 }, (_, offset) => addDays(firstOfYear, offset)).filter(
          (date) => wanted.includes((new Date(`${date}T00:00Z`).getUTCDay() || 7) as Weekday) && !served.has(date),
        );
        // Where the clock is put forward past the hour of publication, two local days in a row have one newest edition.
        const isDaily = wanted.length > 1;
        expect(missed.length).toBeLessThanOrEqual(isDaily ? 1 : 0);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('names the edition from its due time until it expires, and none after that', () => {
    const slot = slotOf('Europe/Berlin', 7);
    const at = dueAt(slot, day('2026-08-07'), publishHour) ?? Number.NaN;
    expect(editionDueIn(slot, at - minuteMs, publishHour)).toBeUndefined();
    expect(editionDueIn(slot, at, publishHour)).toBe('2026-08-07');
    expect(editionDueIn(slot, at + digestLifetimeMs - 1, publishHour)).toBe('2026-08-07');
    expect(editionDueIn(slot, at + digestLifetimeMs, publishHour)).toBeUndefined();
  });

  it('looks on every weekday on which an edition may be due, three at most', () => {
    fc.assert(
      fc.property(
        anySlot,
        fc.integer({ min: 0, max: 365 * 24 }),
        fc.integer({ min: 0, max: 23 }),
        (slot, hours, publishedAt) => {
          const now = Date.UTC(2026, 0, 1) + hours * hourMs;
          const near = weekdaysDue(now);
          expect(near.length).toBeLessThanOrEqual(3);
          const edition = editionDueIn(slot, now, publishedAt);
          const found = edition && dueAt(slot, edition, publishedAt);
          if (found !== undefined) expect(near).toContain(localDay(slot, found).weekday);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('comes next after every due time at the following one', () => {
    fc.assert(
      fc.property(anySlot, fc.integer({ min: 0, max: 364 * 24 }), (slot, hours) => {
        const now = Date.UTC(2026, 0, 1) + hours * hourMs;
        const next = nextDue(slot, now, publishHour);
        expect(next).toBeGreaterThan(now);
        expect(editionDueIn(slot, next, publishHour)).toBeDefined();
        expect(nextDue(slot, next - 1, publishHour)).toBe(next);
        expect(nextDue(slot, (now + next) / 2, publishHour)).toBe(next);
      }),
      { numRuns: 500 },
    );
  });
});
