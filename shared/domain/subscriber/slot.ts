import type { Brand } from '../brand.js';
import {
  addDays,
  type CalendarDate,
  dateOf,
  dayMs,
  daysUpTo,
  hourMs,
  type Instant,
  startOf,
} from '../calendar-date.js';
import {
  type DeliveryDays,
  type Period,
  parseDeliveryDays,
  periodOf,
  type Weekday,
  weekdaysOf,
} from './slot/delivery-days.js';
import { instantOf, largestOffsetMs } from './slot/local-clock.js';

/**
 * A time zone, a local hour and, unless it is every day, the days: `Europe/Berlin@07`, `Europe/Berlin@07/12345`. Its
 * subscribers are due together.
 */
export type Slot = Brand<string, 'Slot'>;

/** When digests come, as a profile has it. */
interface SlotChoice {
  readonly timeZone: string;
  readonly hour: number;
  readonly days?: DeliveryDays;
}

/** A digest not sent this long after its own due time expires. */
export const digestLifetimeMs = 20 * hourMs;

/** Makes a slot; the zone must be one that `isTimeZone` knows, the hour 0–23. */
export function slotOf(timeZone: string, hour: number, days?: DeliveryDays): Slot {
  return `${timeZone}@${String(hour).padStart(2, '0')}${days === undefined ? '' : `/${days}`}` as Slot;
}

/** The slot that somebody chose. */
export function slotFor({ timeZone, hour, days }: SlotChoice): Slot {
  return slotOf(timeZone, hour, days);
}

const written = /^([^@\s]+)@([01]\d|2[0-3])(?:\/(.*))?$/;

/** What a slot's text says; `undefined` for a text that is no slot. Whether the zone exists is not asked. */
function readSlot(text: string): { timeZone: string; hour: number; days: DeliveryDays | undefined } | undefined {
  const [, timeZone, hour, rest] = written.exec(text) ?? [];
  const days = rest === undefined ? undefined : parseDeliveryDays(rest);
  if (timeZone === undefined || (rest !== undefined && days === undefined)) return undefined;
  return { timeZone, hour: Number(hour), days };
}

/** Whether a text has the form of a slot, the one in which equal choices are equal texts. */
export function isSlot(text: string): text is Slot {
  return readSlot(text) !== undefined;
}

/** The days of a slot; absent for every day. */
export function daysOf(slot: Slot): DeliveryDays | undefined {
  return readSlot(slot)?.days;
}

/** Whether the digests of a slot are the best of a day or of a week. */
export function periodOfSlot(slot: Slot): Period {
  return periodOf(daysOf(slot));
}

/** The weekday of a date by ISO 8601. */
function weekdayOf(date: CalendarDate): Weekday {
  return (new Date(startOf(date)).getUTCDay() || 7) as Weekday;
}

/**
 * When an edition falls due in a slot: the first time that the local clock comes to the slot's hour on one of its days
 * while the edition is the newest by its nominal publication (`publishHour` UTC of its date); `undefined` when there is
 * no such time. An hour that daylight saving skips counts for its own day, though it is served when the clock jumps.
 */
export function dueAt(slot: Slot, edition: CalendarDate, publishHour: number): Instant | undefined {
  const { timeZone, hour, days } = readSlot(slot) ?? { timeZone: slot, hour: 0, days: undefined };
  const wanted = weekdaysOf(days);
  const published = startOf(edition) + publishHour * hourMs;
  for (let offset = -1; offset <= 2; offset += 1) {
    const day = addDays(edition, offset);
    if (!wanted.includes(weekdayOf(day))) continue;
    const due = instantOf(timeZone, startOf(day) + hour * hourMs);
    if (due >= published && due < published + dayMs) return due;
  }
  return undefined;
}

/** The one edition whose due time in this slot has come and has not expired, if there is one. */
export function editionDueIn(slot: Slot, now: Instant, publishHour: number): CalendarDate | undefined {
  return daysUpTo(dateOf(now), 3).findLast((edition) => {
    const due = dueAt(slot, edition, publishHour);
    return due !== undefined && due <= now && now < due + digestLifetimeMs;
  });
}

/** Every slot falls due at least once in so many days. */
const daysWithADue = 15;

/** When the slot falls due next after `now`, for an edition newer than `last` where one is given. */
export function nextDue(slot: Slot, now: Instant, publishHour: number, last?: CalendarDate): Instant {
  const from = dateOf(now);
  const editions = daysUpTo(addDays(last !== undefined && last > from ? last : from, daysWithADue), daysWithADue + 3);
  for (const edition of editions) {
    const due = dueAt(slot, edition, publishHour);
    if (due !== undefined && due > now && (last === undefined || edition > last)) return due;
  }
  throw new Error(`slot ${slot} never falls due after edition ${last ?? from}`);
}

/**
 * The weekdays, somewhere on earth, of all due times whose digests have not expired: whoever wants none on these is not
 * due now, wherever they are.
 */
export function weekdaysDue(now: Instant): readonly Weekday[] {
  const first = dateOf(now - digestLifetimeMs - largestOffsetMs);
  const last = dateOf(now + largestOffsetMs);
  return daysUpTo(last, (startOf(last) - startOf(first)) / dayMs + 1).map(weekdayOf);
}
