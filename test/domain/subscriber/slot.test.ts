import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { digestLifetimeMs, dueAt, editionDueIn, isTimeZone, slotOf } from '../../../shared/domain/subscriber/slot.js';
import { day, instant } from '../../support/builders.js';

const publishHour = 5;
const due = (zone: string, hour: number, date: string) =>
  new Date(dueAt(slotOf(zone, hour), day(date), publishHour)).toISOString();

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

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Apia'];

describe('over a whole year, in every slot', () => {
  it('lets each edition fall due once, within 25 hours of its publication, in the order of the editions', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 364 }),
        (zone, hour, offset) => {
          const slot = slotOf(zone, hour);
          const start = Date.UTC(2026, 0, 1) + offset * 24 * hourMs;
          const today = day(new Date(start).toISOString().slice(0, 10));
          const tomorrow = day(new Date(start + 24 * hourMs).toISOString().slice(0, 10));
          const first = dueAt(slot, today, publishHour);
          const second = dueAt(slot, tomorrow, publishHour);
          expect(first).toBeGreaterThanOrEqual(start + publishHour * hourMs);
          expect(first).toBeLessThan(start + (publishHour + 25) * hourMs);
          expect(second - first).toBeGreaterThan(digestLifetimeMs);
        },
      ),
    );
  });

  it('names the edition from its due time until it expires, and none after that', () => {
    const slot = slotOf('Europe/Berlin', 7);
    const at = dueAt(slot, day('2026-08-07'), publishHour);
    expect(editionDueIn(slot, at - minuteMs, publishHour)).toBeUndefined();
    expect(editionDueIn(slot, at, publishHour)).toBe('2026-08-07');
    expect(editionDueIn(slot, at + digestLifetimeMs - 1, publishHour)).toBe('2026-08-07');
    expect(editionDueIn(slot, at + digestLifetimeMs, publishHour)).toBeUndefined();
  });
});
