import { type CalendarDate, startOf } from '../calendar-date.js';

// Written out, since the runtime's own names of days and months take 10 ms to load, which every reader would wait for.
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** The day of the week: `Friday`. */
export function weekdayOf(date: CalendarDate): string {
  return weekdays[new Date(startOf(date)).getUTCDay()] ?? '';
}

/** A day without its weekday: `7 August 2026`. */
export function dateInWords(date: CalendarDate): string {
  return `${new Date(startOf(date)).getUTCDate()} ${monthInWords(date)}`;
}

/** A day as people write it: `Friday, 7 August 2026`. */
export function dayInWords(date: CalendarDate): string {
  return `${weekdayOf(date)}, ${dateInWords(date)}`;
}

/** The month of a day: `August 2026`. */
export function monthInWords(date: CalendarDate): string {
  const day = new Date(startOf(date));
  return `${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** A day in little room: `7 Aug 2026`. */
export function shortDay(date: CalendarDate): string {
  const [month = '', year] = monthInWords(date).split(' ');
  return `${new Date(startOf(date)).getUTCDate()} ${month.slice(0, 3)} ${year}`;
}
