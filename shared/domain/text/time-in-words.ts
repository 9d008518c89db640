import { addDays, dateOf, type Instant } from '../calendar-date.js';
import { wallClock } from '../subscriber/slot/local-clock.js';
import { dayInWords } from './day-in-words.js';

/** A whole hour of the day, 0–23, as one says it after “at”: `7 a.m.`, `noon`. */
export function hourInWords(hour: number): string {
  return clockInWords(hour, 0);
}

function clockInWords(hour: number, minute: number): string {
  if (hour === 12 && minute === 0) return 'noon';
  const past = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 || 12}${past} ${hour < 12 ? 'a.m.' : 'p.m.'}`;
}

/** Whose clocks a time zone is: `Berlin time`, `UTC`. */
export function zoneInWords(timeZone: string): string {
  const place = timeZone.split('/').at(-1) ?? timeZone;
  if (!timeZone.includes('/') || timeZone.startsWith('Etc/')) return place.replaceAll('_', ' ');
  return `${place.replaceAll('_', ' ')} time`;
}

/**
 * An instant to come on a zone's clock, as somebody there says it at `now`: `tomorrow, Friday, at 7 a.m. (Berlin time)`,
 * or with the date once it is further away.
 */
export function comingTimeInWords(at: Instant, now: Instant, timeZone: string): string {
  return `${comingHourInWords(at, now, timeZone)} (${zoneInWords(timeZone)})`;
}

/** The same without the zone, for a page that may be read by others: `tomorrow, Friday, at 7 a.m.` */
export function comingHourInWords(at: Instant, now: Instant, timeZone: string): string {
  const { date, hour, minute } = localTime(at, timeZone);
  const today = localTime(now, timeZone).date;
  const [weekday = '', dayAndMonth = ''] = dayInWords(date).replace(/ \d+$/, '').split(', ');
  const near = date === today ? 'today' : date === addDays(today, 1) ? 'tomorrow' : undefined;
  const day = near ? `${near}, ${weekday},` : `on ${weekday}, ${dayAndMonth},`;
  return `${day} at ${clockInWords(hour, minute)}`;
}

function localTime(at: Instant, timeZone: string) {
  const clock = new Date(wallClock(timeZone, at));
  return { date: dateOf(clock.getTime()), hour: clock.getUTCHours(), minute: clock.getUTCMinutes() };
}
