import { describe, expect, it } from '@jest/globals';
import { dayMs } from '../../../../shared/domain/calendar-date.js';
import { countedSince, isTripped } from '../../../../shared/domain/subscriber/reputation/breaker.js';
import type { TrafficMinute } from '../../../../shared/domain/subscriber/reputation/mail-traffic.js';
import { instant } from '../../../support/builders.js';

const minute = instant('2026-08-07T05:15');
const digests = (counts: Omit<TrafficMinute, 'minute'>) => isTripped('digests', [{ minute, ...counts }]);
const notices = (counts: Omit<TrafficMinute, 'minute'>) => isTripped('notices', [{ minute, ...counts }]);

describe('the breaker', () => {
  it('halts digests at 4 % bounces, at least 20, over at least 1,000 of them', () => {
    expect(digests({ accepted: 1000, bounced: 39 })).toBe(false);
    expect(digests({ accepted: 1000, bounced: 40 })).toBe(true);
    expect(digests({ accepted: 999, bounced: 999 })).toBe(false);
    expect(digests({ accepted: 100_000, bounced: 3999 })).toBe(false);
  });

  it('halts digests at 0.08 % complaints, at least 3', () => {
    expect(digests({ accepted: 1000, complained: 2 })).toBe(false);
    expect(digests({ accepted: 1000, complained: 3 })).toBe(true);
    expect(digests({ accepted: 10_000, complained: 7 })).toBe(false);
    expect(digests({ accepted: 10_000, complained: 8 })).toBe(true);
  });

  it('counts notices apart, from 50 on', () => {
    const typed = { noticesAccepted: 50, noticesBounced: 20 };
    expect(notices(typed)).toBe(true);
    expect(notices({ ...typed, noticesBounced: 19 })).toBe(false);
    expect(notices({ ...typed, noticesAccepted: 49 })).toBe(false);
    expect(digests({ ...typed, accepted: 1000 })).toBe(false);
    expect(notices({ accepted: 1000, bounced: 500, noticesAccepted: 50 })).toBe(false);
  });

  it('adds the minutes up, of the last 24 hours or since the admin let sending go on', () => {
    const minutes = Array.from({ length: 100 }, () => ({ minute, accepted: 10, bounced: 1 }));
    expect(isTripped('digests', minutes)).toBe(true);
    expect(isTripped('digests', minutes.slice(1))).toBe(false);
    expect(countedSince(minute, undefined)).toBe(minute - dayMs);
    expect(countedSince(minute, minute - 5)).toBe(minute - 5);
    expect(countedSince(minute, minute - 2 * dayMs)).toBe(minute - dayMs);
  });
});
