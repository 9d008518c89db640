import { describe, expect, it } from '@jest/globals';
import { hourMs, minuteMs } from '../../../../shared/domain/calendar-date.js';
import {
  haveEventsCome,
  minuteOf,
  sumMinutes,
  type TrafficMinute,
} from '../../../../shared/domain/subscriber/reputation/mail-traffic.js';
import { instant } from '../../../support/builders.js';

const claimedAt = instant('2026-08-07T05:00:30');
const now = claimedAt + hourMs;

/** Counts of the minute so long after the claim. */
const minuteAfter = (minutes: number, counts: Omit<TrafficMinute, 'minute'>): TrafficMinute => ({
  minute: minuteOf(claimedAt + minutes * minuteMs),
  ...counts,
});
const have = (...minutes: TrafficMinute[]) => haveEventsCome(claimedAt, now, minutes);

describe('events that are coming through', () => {
  it('are those of at least five mails that were accepted after the claim, by clocks that may differ', () => {
    expect(have(minuteAfter(20, { accepted: 5, seen: 5 }))).toBe(true);
    expect(have(minuteAfter(20, { accepted: 2, seen: 2 }), minuteAfter(21, { accepted: 3, seen: 3 }))).toBe(true);
    expect(have(minuteAfter(20, { accepted: 4, seen: 4 }))).toBe(false);
    expect(have()).toBe(false);
    for (const minutes of [-60, -1, 0, 5, 9])
      expect(have(minuteAfter(minutes, { accepted: 99, seen: 99 }))).toBe(false);
  });

  it('are nearly all of them: one in a thousand may be missing', () => {
    expect(have(minuteAfter(20, { accepted: 999, seen: 998 }))).toBe(false);
    expect(have(minuteAfter(20, { accepted: 1000, seen: 999 }))).toBe(true);
    expect(have(minuteAfter(20, { accepted: 5, seen: 5 }), minuteAfter(30, { accepted: 5 }))).toBe(false);
  });

  it('are not made up for by events that came twice', () => {
    expect(have(minuteAfter(20, { accepted: 5, seen: 10 }), minuteAfter(30, { accepted: 5, seen: 0 }))).toBe(false);
  });

  it('may still be on their way for the newest five minutes', () => {
    expect(have(minuteAfter(20, { accepted: 5, seen: 5 }), minuteAfter(56, { accepted: 50, seen: 1 }))).toBe(true);
    expect(have(minuteAfter(20, { accepted: 5, seen: 5 }), minuteAfter(53, { accepted: 50, seen: 1 }))).toBe(false);
  });

  it('are those of minutes whose counts have been still for twelve minutes: held up, they come in no order', () => {
    const changedAt = now - 12 * minuteMs;
    expect(have(minuteAfter(20, { accepted: 5, seen: 5, changedAt }))).toBe(true);
    expect(have(minuteAfter(20, { accepted: 5, seen: 5, changedAt: changedAt + 1 }))).toBe(false);
    expect(have(minuteAfter(20, { probesSeen: 1, changedAt }))).toBe(true);
    expect(have(minuteAfter(20, { probesSeen: 1, changedAt: changedAt + 1 }))).toBe(false);
  });

  it('are, where fewer than five mails were sent, that of a probe after the claim', () => {
    expect(have(minuteAfter(57, { probesSeen: 1 }))).toBe(true);
    expect(have(minuteAfter(5, { probesSeen: 1 }))).toBe(false);
    expect(have(minuteAfter(20, { accepted: 50, seen: 20 }), minuteAfter(30, { probesSeen: 1 }))).toBe(false);
  });
});

describe('all that was counted of a minute', () => {
  it('is one entry with the sums and the last change, oldest minute first', () => {
    const first = minuteOf(claimedAt);
    const counted = [
      { minute: first + minuteMs, seen: 2 },
      { minute: first, accepted: 3, changedAt: 7 },
      { minute: first, accepted: 1, seen: 4, changedAt: 5 },
      { minute: first, bounced: 1 },
    ];
    expect(sumMinutes(counted)).toEqual([
      { minute: first, accepted: 4, seen: 4, bounced: 1, changedAt: 7 },
      { minute: first + minuteMs, seen: 2 },
    ]);
    expect(sumMinutes([])).toEqual([]);
  });

  it('may have been counted by whoever sent and by whoever heard of the events, in rows of their own', () => {
    const rows = [minuteAfter(20, { accepted: 6 }), minuteAfter(20, { seen: 5 }), minuteAfter(20, { seen: 1 })];
    expect(have(...sumMinutes(rows))).toBe(true);
    expect(have(...sumMinutes(rows.slice(0, 2)))).toBe(false);
  });
});
