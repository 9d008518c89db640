import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import { type IndexedEdition, indexEdition } from '../../shared/domain/choose-papers.js';
import { type CardRenderer, cardRenderer } from '../../shared/mail/card-renderer.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';

/** An edition as this function keeps it between jobs: indexed once, each card rendered once. */
export interface LoadedEdition {
  readonly date: CalendarDate;
  readonly indexed: IndexedEdition;
  readonly cards: CardRenderer;
}

/** Loads and indexes an edition once for all jobs of this process; keeps only the last one. */
export function editionCache(
  editions: Pick<EditionRepository, 'find'>,
): (date: CalendarDate) => Promise<LoadedEdition> {
  let last: LoadedEdition | undefined;
  return async (date) => {
    if (last?.date !== date) {
      const edition = await editions.find(date);
      if (!edition) throw new Error(`edition ${date} is not published`);
      last = { date, indexed: indexEdition(edition), cards: cardRenderer() };
    }
    return last;
  };
}
