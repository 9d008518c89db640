import { type CalendarDate, daysUpTo, type Instant } from '../../shared/domain/calendar-date.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import { editionDays, firstEditionDay, rankEdition } from '../../shared/domain/edition/rank-edition.js';
import { highlightEdition } from '../../shared/domain/highlights/choose-highlights.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { HighlightRepository } from '../../shared/storage/highlights-repository.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { preparedHighlights } from './prepare-highlights.js';

export interface MakeEditionDeps {
  readonly papers: Pick<PaperRepository, 'activeBetween' | 'listedDays' | 'health'>;
  readonly highlights: Pick<HighlightRepository, 'chosenOn'>;
  readonly editions: Pick<EditionRepository, 'before'>;
  readonly now: () => Instant;
}

/** Ranks what is known now of the papers of a date's last days; `undefined` where there is no paper at all. */
export async function makeEdition(date: CalendarDate, deps: MakeEditionDeps): Promise<Edition | undefined> {
  const observed = await deps.papers.activeBetween(firstEditionDay(date), date);
  const days = await deps.papers.listedDays(daysUpTo(date, editionDays));
  const chosen = await preparedHighlights(date, deps.highlights);
  const ranked = highlightEdition(rankEdition(date, observed, days, deps.now()), chosen);
  return ranked.papers.length === 0 ? undefined : { ...ranked, ...(await circumstances(date, deps)) };
}

/** What readers are told beside the papers: the edition since which they are new, and how the sources did. */
async function circumstances(date: CalendarDate, { editions, papers }: MakeEditionDeps) {
  const previous = await editions.before(date);
  const sources = (await papers.health()).map(({ source, status, newestDay }) => ({
    source,
    status,
    ...(newestDay === undefined ? {} : { newestDay }),
  }));
  return { ...(previous && { previous }), sources };
}
