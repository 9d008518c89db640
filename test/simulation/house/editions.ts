import { type LoadEdition, type LoadedEdition, loadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { addDays, type CalendarDate, dayMs, hourMs, startOf } from '../../../shared/domain/calendar-date.js';
import { choosePapers } from '../../../shared/domain/edition/choose-papers.js';
import type { Period } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { resolveTopics } from '../../../shared/domain/subscriber/topic.js';
import type { Item } from '../../../shared/storage/dynamo/rows.js';
import { type EditionRepository, editionRepository } from '../../../shared/storage/editions-repository.js';
import { anEdition, aRankedPaper, aTrendScore, paperId } from '../../support/builders.js';
import { MemoryDynamo } from '../cloud/dynamo/memory-dynamo.js';

/** When editions are published, in hours UTC. */
export const publishHour = 5;

/** Three papers are new each day, of tables and of robots in turn; each stays for two days more. */
const newADay = 3;
const daysListed = 3;

/** A day's edition as it is kept, and as a function has it loaded. */
export interface DayEdition {
  readonly date: CalendarDate;
  readonly publishedAt: number;
  readonly loaded: LoadedEdition;
  /** The rows that the real repository wrote of it. */
  readonly rows: readonly Item[];
}

const known = new Map<string, Promise<DayEdition>>();

/**
 * Publishes the edition of a day, once in this process: compressing it takes longer than a whole run. One without news
 * has the papers of the day before.
 */
export function editionOf(date: CalendarDate, isWithoutNews = false): Promise<DayEdition> {
  const key = `${date} ${isWithoutNews}`;
  const made = known.get(key) ?? publish(date, isWithoutNews);
  known.set(key, made);
  return made;
}

async function publish(date: CalendarDate, isWithoutNews: boolean): Promise<DayEdition> {
  const dayNumber = (Math.floor(startOf(date) / dayMs) % 4000) - (isWithoutNews ? 1 : 0);
  const papers = Array.from({ length: newADay * daysListed }, (_, place) => {
    const number = newADay * dayNumber - place;
    const subject = number % 2 ? 'Tables' : 'Robots';
    const facts = { id: paperId(number), title: `${subject} of number ${number}`, abstract: 'Short.', keywords: [] };
    // The week has an order of its own.
    return { ...aRankedPaper(facts, aTrendScore(20 - place)), weekGain: Math.abs(number * 7) % 10 };
  });
  const publishedAt = startOf(date) + publishHour * hourMs;
  const edition = anEdition({ date, publishedAt, papers, days: [{ date: addDays(date, -1), listed: newADay }] });
  const dynamo = new MemoryDynamo();
  const table = dynamo.createTable('editions');
  await editionRepository(dynamo.client(), table).publish(edition);
  return { date, publishedAt, loaded: loadedEdition(edition), rows: dynamo.table(table).items() };
}

/** Ids of the papers of an edition that a filter matches, in rank order or in that of the week. */
export function papersFor({ loaded }: DayEdition, filter: string, period: Period = 'day'): string[] {
  const bestOf = period === 'week' ? loaded.week : loaded.indexed;
  const { topics } = resolveTopics([{ name: 'Own', filter }], []);
  return choosePapers(bestOf, { topics, seen: [], maxPapers: 25 }).papers.map(({ ranked }) => ranked.paper.id);
}

/** Loads editions as a function does, once each; the table is asked, but what it holds is not decompressed again. */
export function loadFrom(
  editions: Pick<EditionRepository, 'isPublished'>,
  days: ReadonlyMap<string, DayEdition>,
): LoadEdition {
  let last: LoadedEdition | undefined;
  return async (date) => {
    if (last?.date === date) return last;
    const day = days.get(date);
    if (!(await editions.isPublished(date)) || !day) throw new Error(`edition ${date} is not published`);
    last = day.loaded;
    return last;
  };
}
