import { type CalendarDate, startOf } from '../calendar-date.js';

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** The day of the week: `Friday`. */
export function weekdayOf(date: CalendarDate): string {
  return dayInWords(date).split(',', 1).join();
}

/** A day as people write it: `Friday, 7 August 2026`. */
export function dayInWords(date: CalendarDate): string {
  // The parts are joined here: whether a comma follows the weekday depends on the runtime's locale data.
  const part = new Map(dayFormat.formatToParts(startOf(date)).map(({ type, value }) => [type, value]));
  return `${part.get('weekday')}, ${part.get('day')} ${part.get('month')} ${part.get('year')}`;
}
