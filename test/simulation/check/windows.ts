import { hourMs } from '../../../shared/domain/calendar-date.js';
import type { Profile } from '../engine/profile.js';

/** For how long SES must have taken mail before a digest may be expected to be sent: a job that died comes back in 90 min. */
const enoughMs = 4 * hourMs;

/** A span of time in which something does not work. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Whether SES took mail for long enough in one piece within the time. */
export function couldBeSent({ outage, quotaOut }: Profile, from: number, to: number): boolean {
  return isFreeFor(enoughMs, [outage, quotaOut], from, to);
}

/** Whether a span has a piece of that length that lies in none of the windows. */
export function isFreeFor(lengthMs: number, windows: readonly Window[], from: number, to: number): boolean {
  const gaps = windows.filter((window) => window.to > window.from && window.to > from && window.from < to);
  let free = from;
  for (const gap of gaps.sort((one, other) => one.from - other.from)) {
    if (gap.from - free >= lengthMs) return true;
    free = Math.max(free, gap.to);
  }
  return to - free >= lengthMs;
}
