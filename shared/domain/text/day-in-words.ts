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

/** A day as people write it: `Friday, 7 August 2026`. */
export function dayInWords(date: CalendarDate): string {
  const day = new Date(startOf(date));
  return `${weekdayOf(date)}, ${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}
