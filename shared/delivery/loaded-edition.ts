import type { CalendarDate } from '../domain/calendar-date.js';
import { type IndexedEdition, indexEdition } from '../domain/edition/choose-papers.js';
import type { Edition } from '../domain/edition/edition.js';
import { inWeekOrder } from '../domain/edition/week-order.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import { type DigestParts, digestParts } from '../mail/digest/digest-parts.js';

/** An edition as a function that mails keeps it between messages: indexed once, each part of its mails made once. */
export interface LoadedEdition {
  readonly date: CalendarDate;
  readonly indexed: IndexedEdition;
  /** The same as the week's best. */
  readonly week: IndexedEdition;
  /** The places of its papers, from 0. */
  readonly placeOf: ReadonlyMap<PaperId, number>;
  readonly parts: DigestParts;
}

/** Gives the edition of a date; throws when there is none. */
export type LoadEdition = (date: CalendarDate) => Promise<LoadedEdition>;

/** Makes an edition ready to be matched and mailed. */
export function loadedEdition(edition: Edition): LoadedEdition {
  const placeOf = new Map(edition.papers.map(({ paper }, place) => [paper.id, place]));
  const indexed = indexEdition(edition);
  return { date: edition.date, indexed, week: inWeekOrder(indexed), placeOf, parts: digestParts(edition.date) };
}

/** Loads and indexes an edition once for all messages of this process; keeps only the last one. */
export function editionCache(editions: { find(date: CalendarDate): Promise<Edition | undefined> }): LoadEdition {
  let last: LoadedEdition | undefined;
  return async (date) => {
    if (last?.date !== date) {
      const edition = await editions.find(date);
      if (!edition) throw new Error(`edition ${date} is not published`);
      last = loadedEdition(edition);
    }
    return last;
  };
}

/**
 * Gives the newest edition that still counts on a day, if there is one: the storage says which, and `load` makes it
 * ready.
 */
export function newestEdition(
  editions: { newestDate(today: CalendarDate): Promise<CalendarDate | undefined> },
  load: LoadEdition,
) {
  return async (today: CalendarDate): Promise<LoadedEdition | undefined> => {
    const date = await editions.newestDate(today);
    return date && load(date);
  };
}
