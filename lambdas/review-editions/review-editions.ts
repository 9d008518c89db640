import { addDays, type CalendarDate, dateOf, daysUpTo, type Instant } from '../../shared/domain/calendar-date.js';
import { type Hindsight, hindsightAt, hindsightDays, hindsightOf } from '../../shared/domain/edition/hindsight.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { HindsightRepository } from '../../shared/storage/hindsights-repository.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';

/** How many days back a missed review is caught up; observations are kept for longer. */
const caughtUpDays = 30;

interface ReviewEditionsDeps {
  readonly editions: Pick<EditionRepository, 'find'>;
  readonly papers: Pick<PaperRepository, 'newestUntil'>;
  readonly hindsights: HindsightRepository;
  readonly now: () => Instant;
}

type ReviewEditionsOutcome =
  | { readonly outcome: 'nothing-due' }
  | { readonly outcome: 'reviewed'; readonly hindsights: readonly Hindsight[] };

/**
 * Stores the hindsight of every edition that is seven days old and has none, oldest first. One that cannot be read does
 * not hold up the others: they are reviewed, then it throws with everything that went wrong.
 */
export async function reviewEditions(deps: ReviewEditionsDeps): Promise<ReviewEditionsOutcome> {
  const now = deps.now();
  const hindsights: Hindsight[] = [];
  const problems: string[] = [];
  for (const date of await unreviewedDates(now, deps)) {
    try {
      const hindsight = await reviewEdition(date, now, deps);
      if (hindsight) hindsights.push(hindsight);
    } catch (error) {
      problems.push(`edition ${date}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new Error(problems.join('; '));
  return hindsights.length > 0 ? { outcome: 'reviewed', hindsights } : { outcome: 'nothing-due' };
}

async function unreviewedDates(now: Instant, { hindsights }: ReviewEditionsDeps): Promise<CalendarDate[]> {
  // No date has its hindsight before its seven days are over, so the newest thirty cover every date in question.
  const reviewed = new Set((await hindsights.newest(caughtUpDays)).map(({ date }) => date));
  return daysUpTo(addDays(dateOf(now), -hindsightDays), caughtUpDays).filter((date) => !reviewed.has(date));
}

/** `undefined` when the date has no edition, is not due, or another run has reviewed it in the meantime. */
async function reviewEdition(
  date: CalendarDate,
  now: Instant,
  deps: ReviewEditionsDeps,
): Promise<Hindsight | undefined> {
  const edition = await deps.editions.find(date);
  if (!edition || hindsightAt(edition) > now) return undefined;
  const ids = edition.papers.map(({ paper }) => paper.id);
  const hindsight = hindsightOf(edition, await deps.papers.newestUntil(ids, hindsightAt(edition)));
  return (await deps.hindsights.keep(hindsight)) === 'kept' ? hindsight : undefined;
}
