import { type CalendarDate, daysUpTo } from '../../shared/domain/calendar-date.js';
import { editionDays } from '../../shared/domain/edition/rank-edition.js';
import { chooseHighlights } from '../../shared/domain/highlights/choose-highlights.js';
import type { Highlights } from '../../shared/domain/highlights/highlights.js';
import type { Paper } from '../../shared/domain/paper/paper.js';
import { abstractHash, type HighlightRepository } from '../../shared/storage/highlights-repository.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';

interface PrepareHighlightsDeps {
  readonly papers: Pick<PaperRepository, 'idsActiveOn' | 'find'>;
  readonly highlights: HighlightRepository;
}

/**
 * Chooses the highlights of papers that have come since it was last asked, so that an edition's are not all chosen in
 * its own hour, nor those of one paper anew for each of seven editions.
 */
export async function prepareHighlights(
  date: CalendarDate,
  { papers, highlights }: PrepareHighlightsDeps,
): Promise<void> {
  const days = daysUpTo(date, editionDays);
  const chosen = await highlights.chosenOn(days);
  for (const day of days) {
    const known = chosen.get(day) ?? new Map();
    const missing = (await papers.idsActiveOn(day)).filter((id) => !known.has(id));
    if (missing.length === 0) continue;
    const found = [...(await papers.find(missing)).values()].map(
      ({ paper }) => [paper.id, [abstractHash(paper), chooseHighlights(paper.abstract)]] as const,
    );
    await highlights.keep(day, new Map([...known, ...found]));
  }
}

/** What was chosen so for a paper of an edition, unless its abstract has changed since. */
export async function preparedHighlights(
  date: CalendarDate,
  highlights: Pick<HighlightRepository, 'chosenOn'>,
): Promise<(paper: Paper) => Highlights | undefined> {
  const chosen = new Map(
    [...(await highlights.chosenOn(daysUpTo(date, editionDays))).values()].flatMap((day) => [...day]),
  );
  return (paper) => {
    const [abstract, found] = chosen.get(paper.id) ?? [];
    return abstract !== undefined && abstract === abstractHash(paper) ? found : undefined;
  };
}
