import type { Brand } from './brand.js';

/** A moment, in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A day of the UTC calendar, `YYYY-MM-DD`; sorts as text. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Reads `YYYY-MM-DD`; `undefined` when the text is no day of the calendar. */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateOf(at) === text ? (text as CalendarDate) : undefined;
}

/** The UTC day on which an instant falls. */
export function dateOf(at: Instant): CalendarDate {
  return new Date(at).toISOString().slice(0, 10) as CalendarDate;
}

/** Midnight UTC at which a day begins. */
export function startOf(date: CalendarDate): Instant {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The day that lies `days` days later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOf(startOf(date) + days * dayMs);
}

/** The `count` days that end with `last`, oldest first. */
export function daysUpTo(last: CalendarDate, count: number): CalendarDate[] {
  return Array.from({ length: count }, (_, index) => addDays(last, index - count + 1));
}
