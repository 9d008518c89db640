import { addDays, type CalendarDate, startOf } from '../../shared/domain/calendar-date.js';
import { paperId } from './builders.js';
import type { ListedPaper } from './recorded-day.js';

const subjects = ['Agents', 'Diffusion Models', 'Reinforcement Learning'];

/** Lists of 14 days from a Monday on: on a weekday three papers of the catalogue's topics, at weekends none. */
export function recordedFortnight(monday: CalendarDate): ReadonlyMap<CalendarDate, readonly ListedPaper[]> {
  const dates = Array.from({ length: 14 }, (_, index) => addDays(monday, index));
  const papersOf = (day: number): ListedPaper[] =>
    subjects.map((subject, place) => ({
      id: paperId(10 * day + place + 1),
      title: `${subject} of Day ${day + 1}`,
      summary: `We watch ${subject.toLowerCase()} for a day. They do what they did before.`,
      upvotes: 6 + ((7 * day + 11 * place) % 23),
    }));
  const isWorked = (date: CalendarDate) => ![0, 6].includes(new Date(startOf(date)).getUTCDay());
  return new Map(dates.map((date, day) => [date, isWorked(date) ? papersOf(day) : []]));
}
