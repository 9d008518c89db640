import type { Brand } from '../brand.js';
import { addDays, type CalendarDate, dateOf, dayMs, hourMs, type Instant, startOf } from '../calendar-date.js';

/** A pair of time zone and local hour, `Europe/Berlin@07`: its subscribers are due together. */
export type Slot = Brand<string, 'Slot'>;

/** A digest not sent this long after its own due time expires. */
export const digestLifetimeMs = 20 * hourMs;

/** Makes a slot; the zone must be one that `isTimeZone` knows, the hour 0–23. */
export function slotOf(timeZone: string, hour: number): Slot {
  return `${timeZone}@${String(hour).padStart(2, '0')}` as Slot;
}

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
function wallClock(timeZone: string, at: Instant): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatter(timeZone).formatToParts(at)) part[type] = Number(value);
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
}

/**
 * The first instant at which the zone's clock shows `wanted` (a wall clock time, as if it were UTC). A time that
 * daylight saving skips is the instant the clock jumps; of one that comes twice it is the first.
 */
function instantOf(timeZone: string, wanted: number): Instant {
  const offsetAt = (at: Instant) => wallClock(timeZone, at) - at;
  const before = wanted - offsetAt(wanted - dayMs);
  const after = wanted - offsetAt(wanted + dayMs);
  const shown = [before, after].filter((at) => wallClock(timeZone, at) === wanted);
  return shown.length > 0 ? Math.min(...shown) : before;
}

/**
 * When an edition falls due in a slot: the first time, at or after the edition's nominal publication
 * (`publishHour` UTC of its date), that the local clock comes to the slot's hour.
 */
export function dueAt(slot: Slot, edition: CalendarDate, publishHour: number): Instant {
  const [timeZone = 'UTC', hour = '0'] = slot.split('@');
  const localHourMs = Number(hour) * hourMs;
  const published = startOf(edition) + publishHour * hourMs;
  for (let day = -1; day <= 2; day += 1) {
    const due = instantOf(timeZone, startOf(addDays(edition, day)) + localHourMs);
    if (due >= published) return due;
  }
  throw new Error(`slot ${slot} never falls due for edition ${edition}`);
}

/** The one edition whose due time in this slot has come and has not expired, if there is one. */
export function editionDueIn(slot: Slot, now: Instant, publishHour: number): CalendarDate | undefined {
  const today = dateOf(now);
  for (const edition of [today, addDays(today, -1), addDays(today, -2)]) {
    const due = dueAt(slot, edition, publishHour);
    if (due <= now && now < due + digestLifetimeMs) return edition;
  }
  return undefined;
}

/** When the slot falls due next after `now`, for an edition newer than `last` where one is given. */
export function nextDue(slot: Slot, now: Instant, publishHour: number, last?: CalendarDate): Instant {
  for (let edition = addDays(dateOf(now), -2); ; edition = addDays(edition, 1)) {
    const due = dueAt(slot, edition, publishHour);
    if (due > now && (last === undefined || edition > last)) return due;
  }
}
