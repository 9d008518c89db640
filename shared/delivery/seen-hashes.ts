import type { CalendarDate } from '../domain/calendar-date.js';
import type { KnownSeen } from '../domain/edition/seen-places.js';
import { paperHash, seenForDays } from '../domain/subscriber/seen-papers.js';
import type { SeenPapers } from '../domain/subscriber/subscriber.js';
import type { EditionRepository } from '../storage/editions-repository.js';

/** Tells seen papers by the hashes of their ids, whatever form a row keeps them in. */
export type SeenHashesOf = (seen: readonly SeenPapers[]) => Promise<readonly KnownSeen[]>;

/** So many editions may be remembered, those of two days in a row that a process sends, and some to spare. */
const keptEditions = seenForDays + 5;

/**
 * Reads which paper stood at which place of the editions that were sent, once each for all subscribers of a process. An
 * edition that is not there any more is warned of, and its papers count as new: they may come again.
 */
export function seenHashesFrom(
  { papersOf }: Pick<EditionRepository, 'papersOf'>,
  warn: (message: string, what: object) => void,
): SeenHashesOf {
  const known = new Map<CalendarDate, readonly number[]>();

  async function hashesAt(edition: CalendarDate): Promise<readonly number[]> {
    const kept = known.get(edition);
    if (kept) return kept;
    const papers = await papersOf(edition);
    if (!papers) warn('an edition that was sent is gone; its papers may come again', { edition });
    const hashes = (papers ?? []).map(paperHash);
    const [oldest] = known.size >= keptEditions ? [...known.keys()].sort() : [];
    if (oldest) known.delete(oldest);
    known.set(edition, hashes);
    return hashes;
  }

  return async (seen) => {
    const found: KnownSeen[] = [];
    for (const entry of seen) {
      if ('hashes' in entry) found.push(entry);
      else {
        const { edition, places } = entry;
        found.push({ edition, places, among: known.get(edition) ?? (await hashesAt(edition)) });
      }
    }
    return found;
  };
}
