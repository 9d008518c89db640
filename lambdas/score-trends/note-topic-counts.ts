import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import { daysBefore, indexArchive } from '../../shared/domain/edition/archive.js';
import { countTopics } from '../../shared/domain/edition/backtest.js';
import type { Topic } from '../../shared/domain/subscriber/topic.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import { type ArchiveEditions, datesOfArchive, readArchive } from '../../shared/storage/read-archive.js';

export interface NoteTopicCountsDeps {
  readonly editions: ArchiveEditions & Pick<EditionRepository, 'hasTopicCounts' | 'noteTopicCounts'>;
  readonly catalogue: readonly Topic[];
}

/** Counts once for each edition what every topic of the catalogue matched in the 30 days up to it: the form is to show it at once. */
export async function noteTopicCounts(date: CalendarDate, { editions, catalogue }: NoteTopicCountsDeps): Promise<void> {
  if (await editions.hasTopicCounts(date)) return;
  const span = daysBefore(date);
  const archive = await readArchive(editions, await datesOfArchive(editions, span), span);
  if (archive) await editions.noteTopicCounts(date, countTopics(indexArchive(archive), catalogue));
}
