import { openArchive } from '../../shared/domain/archive/archive-index.js';
import { makeMonth } from '../../shared/domain/archive/make-month.js';
import { addDays, type CalendarDate, type Instant } from '../../shared/domain/calendar-date.js';
import { daysBefore, editionsCovering } from '../../shared/domain/edition/archive.js';
import { countTopics } from '../../shared/domain/edition/backtest.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import type { FilterTopic } from '../../shared/domain/subscriber/topic.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { MonthRepository } from '../../shared/storage/months-repository.js';

export interface NoteMonthDeps {
  readonly editions: Pick<EditionRepository, 'find' | 'publishedWithin' | 'topicCounts' | 'noteTopicCounts'>;
  readonly months: Pick<MonthRepository, 'headOf' | 'write'>;
  readonly catalogue: readonly FilterTopic[];
  readonly now: () => Instant;
}

/** A span of 31 days reaches back so far from the newest edition that may hold its papers. */
const daysLookedBack = 40;

/**
 * Makes what the pages read of the 30 days up to an edition, unless it is there: their index, ready to be searched, and
 * how many papers each catalogue topic matched, for the form to show at once. `anew` makes it of an edition that was remade.
 */
export async function noteMonth(
  date: CalendarDate,
  { editions, months, catalogue, now }: NoteMonthDeps,
  what: 'missing' | 'anew' = 'missing',
): Promise<void> {
  const isThere = async (part: Promise<object | undefined>) => (await part) !== undefined && what === 'missing';
  const [hasHead, hasCounts] = [await isThere(months.headOf(date)), await isThere(editions.topicCounts(date))];
  if (hasHead && hasCounts) return;
  const lookedBack = { from: addDays(date, -daysLookedBack), to: date };
  const all = editionsCovering(lookedBack, await editions.publishedWithin(lookedBack));
  const span = daysBefore(date);
  const found: Edition[] = [];
  // One after the other: each takes a while, and much memory, to be read.
  for (const each of editionsCovering(span, all))
    found.push(...[await editions.find(each)].filter((one) => one !== undefined));
  const [newest, ...others] = found;
  if (!newest) return;
  const month = makeMonth(found);
  if (!hasHead) await months.write(month, found, all, now(), what);
  const archive = openArchive([month], [newest.date, ...others.map((other) => other.date)], span);
  if (!hasCounts) await editions.noteTopicCounts(date, countTopics(archive, catalogue));
}
