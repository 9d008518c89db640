import { dayMs, hourMs, type Instant } from '../../calendar-date.js';

/** No clock on earth is farther from UTC: from 12 hours behind it to 14 ahead. */
export const largestOffsetMs = 14 * hourMs;

/** Whether the runtime's time zone data has the name: an IANA zone, `UTC` too. */
export function isTimeZone(name: string): boolean {
  try {
    return formatter(name) !== undefined;
  } catch {
    return false;
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let known = formatters.get(timeZone);
  if (!known) {
    known = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, known);
  }
  return known;
}

/** What a clock in the zone shows, as if it were UTC. */
export function wallClock(timeZone: string, at: Instant): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatter(timeZone).formatToParts(at)) part[type] = Number(value);
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
}

/**
 * The first instant at which the zone's clock shows `wanted` (a wall clock time, as if it were UTC). A time that
 * daylight saving skips is the instant the clock jumps; of one that comes twice it is the first.
 */
export function instantOf(timeZone: string, wanted: number): Instant {
  const offsetAt = (at: Instant) => wallClock(timeZone, at) - at;
  const before = wanted - offsetAt(wanted - dayMs);
  const after = wanted - offsetAt(wanted + dayMs);
  const shown = [before, after].filter((at) => wallClock(timeZone, at) === wanted);
  return shown.length > 0 ? Math.min(...shown) : before;
}
