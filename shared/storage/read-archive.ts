import type { CalendarDate } from '../domain/calendar-date.js';
import { type Archive, type DaySpan, editionSpan, editionsCovering, joinEditions } from '../domain/edition/archive.js';
import type { Edition } from '../domain/edition/edition.js';
import { inParallel } from './dynamo/reading.js';
import type { EditionRepository } from './editions-repository.js';

/** What an archive is read from. */
export type ArchiveEditions = Pick<EditionRepository, 'find' | 'publishedWithin'>;

const readAtOnce = 2;

/** Dates of the editions that together hold a span's papers, newest first; others make up for a missing one. */
export async function datesOfArchive(editions: ArchiveEditions, span: DaySpan): Promise<readonly CalendarDate[]> {
  return editionsCovering(span, await editions.publishedWithin(editionSpan(span)));
}

/** Reads the editions of these dates into one archive; `undefined` when there is none. */
export async function readArchive(
  editions: ArchiveEditions,
  dates: readonly CalendarDate[],
  span: DaySpan,
): Promise<Archive | undefined> {
  const read = await inParallel(dates, readAtOnce, editions.find);
  const [first, ...others] = read.filter((edition): edition is Edition => edition !== undefined);
  return first && joinEditions([first, ...others], span);
}
