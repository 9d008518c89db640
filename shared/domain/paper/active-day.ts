import { type CalendarDate, dateOf } from '../calendar-date.js';
import type { Paper } from './paper.js';

/** The newest day on which the paper was listed or first seen. */
export function activeDayOf({ firstSeenAt, listedDays }: Paper): CalendarDate {
  const firstSeenOn = dateOf(firstSeenAt);
  return (
    listedDays
      .filter((day) => day > firstSeenOn)
      .sort()
      .at(-1) ?? firstSeenOn
  );
}
