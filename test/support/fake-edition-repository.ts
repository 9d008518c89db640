import { addDays, type CalendarDate } from '../../shared/domain/calendar-date.js';
import type { Edition } from '../../shared/domain/edition.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';

/** Editions in memory, frozen as text. */
export function fakeEditionRepository(...published: readonly Edition[]): EditionRepository {
  const texts = new Map<CalendarDate, string>(published.map((edition) => [edition.date, JSON.stringify(edition)]));
  const read = (date: CalendarDate | undefined) =>
    date === undefined ? undefined : (JSON.parse(texts.get(date)!) as Edition);

  return {
    async publish(edition) {
      if (texts.has(edition.date)) return 'already-published';
      texts.set(edition.date, JSON.stringify(edition));
      return 'published';
    },
    async isPublished(date) {
      return texts.has(date);
    },
    async find(date) {
      return texts.has(date) ? read(date) : undefined;
    },
    async newest(today) {
      const recent = [...texts.keys()].filter((date) => date <= today && date >= addDays(today, -7));
      return read(recent.sort().at(-1));
    },
  };
}
