import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import type { ChosenHighlights, HighlightRepository } from '../../shared/storage/highlights-repository.js';

/** Highlights in memory, with the same rules as the ones in DynamoDB. */
export function fakeHighlightRepository(): HighlightRepository {
  const kept = new Map<CalendarDate, ChosenHighlights>();
  return {
    async chosenOn(days) {
      return new Map([...kept].filter(([day]) => days.includes(day)));
    },
    async keep(day, chosen) {
      kept.set(day, new Map(chosen));
    },
  };
}
