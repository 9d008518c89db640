import type { CalendarDate } from '../domain/calendar-date.js';
import type { KnownSeen } from '../domain/edition/seen-places.js';
import { paperHash, seenForDays } from '../domain/subscriber/seen-papers.js';
import type { SeenPapers } from '../domain/subscriber/subscriber.js';
import type { EditionRepository } from '../storage/editions-repository.js';

/** Tells seen papers by the hashes of their ids, whatever form a row keeps them in; at once where they are known. */
export type SeenHashesOf = (seen: readonly SeenPapers[]) => KnownSeen | Promise<KnownSeen>;

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

  async function read(edition: CalendarDate): Promise<readonly number[]> {
    const papers = await papersOf(edition);
    if (!papers) warn('an edition that was sent is gone; its papers may come again', { edition });
    const hashes = (papers ?? []).map(paperHash);
    const [oldest] = known.size >= keptEditions ? [...known.keys()].sort() : [];
    if (oldest) {
      known.delete(oldest);
      last.length = 0;
    }
    known.set(edition, hashes);
    return hashes;
  }

  /** Several subscribers at once wait for one answer; after a failure the next one asks again. */
  const underway = new Map<CalendarDate, Promise<readonly number[]>>();

  function readOnce(edition: CalendarDate): Promise<readonly number[]> {
    const waiting = underway.get(edition) ?? read(edition).finally(() => underway.delete(edition));
    underway.set(edition, waiting);
    return waiting;
  }

  function hashesAt(edition: CalendarDate): readonly number[] {
    const hashes = known.get(edition);
    if (!hashes) throw new Error(`the papers of edition ${edition} were forgotten while they were needed`);
    return hashes;
  }

  /** What is read for one subscriber may be forgotten for the next. */
  async function readAll(seen: readonly SeenPapers[]): Promise<KnownSeen> {
    const own = new Map<CalendarDate, readonly number[]>();
    for (const entry of seen) {
      if (!('hashes' in entry)) own.set(entry.edition, known.get(entry.edition) ?? (await readOnce(entry.edition)));
    }
    return { entries: seen, hashesAt: (edition) => own.get(edition) ?? hashesAt(edition) };
  }

  /** Most subscribers have seen the same editions: what the last one asked is tried before anything is looked up. */
  const last: CalendarDate[] = [];

  function isKnown(edition: CalendarDate, index: number): boolean {
    if (last[index] === edition) return true;
    if (!known.has(edition)) return false;
    last[index] = edition;
    return true;
  }

  return (seen) => {
    for (let index = 0; index < seen.length; index += 1) {
      const entry = seen[index];
      if (entry && !('hashes' in entry) && !isKnown(entry.edition, index)) return readAll(seen);
    }
    return { entries: seen, hashesAt };
  };
}
