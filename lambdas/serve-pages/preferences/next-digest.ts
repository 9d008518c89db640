import { addDays, type CalendarDate, dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import { dueAt, type Slot } from '../../../shared/domain/subscriber/slot.js';

/** When the slot falls due next for an edition newer than `last`. */
export function nextDigestAt(slot: Slot, last: CalendarDate | undefined, now: Instant, publishHour: number): Instant {
  let edition = addDays(dateOf(now), -2);
  for (;;) {
    const due = dueAt(slot, edition, publishHour);
    if (due > now && (last === undefined || edition > last)) return due;
    edition = addDays(edition, 1);
  }
}
