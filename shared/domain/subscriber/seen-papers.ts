import { addDays, type CalendarDate } from '../calendar-date.js';
import type { PaperId } from '../paper/paper-id.js';
import type { SeenPapers, SubscriberState } from './subscriber.js';

/** Short stand-in for a paper's id: FNV-1a, 32 bits, unsigned. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
export function paperHash(id: PaperId): number {
  let hash = 0x811c9dc5;
  // Ids are ASCII: a UTF-16 unit is a byte.
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * Adds the papers of an edition's digest, oldest edition first, and drops editions more than `keepDays` days before it.
 */
export function rememberPapers(
  seen: readonly SeenPapers[],
  edition: CalendarDate,
  ids: readonly PaperId[],
  keepDays = 31,
): SeenPapers[] {
  const oldest = addDays(edition, -keepDays);
  const before = seen.filter((entry) => entry.edition === edition).flatMap(({ hashes }) => hashes);
  const hashes = [...new Set([...before, ...ids.map(paperHash)])];
  const others = seen.filter((entry) => entry.edition !== edition && entry.edition >= oldest);
  return [...others, ...(hashes.length > 0 ? [{ edition, hashes }] : [])].sort((one, other) =>
    one.edition < other.edition ? -1 : 1,
  );
}

/** The seen papers without those of one edition, whose mail surely never left. */
export function forgetEdition(seen: readonly SeenPapers[], edition: CalendarDate): SeenPapers[] {
  return seen.filter((entry) => entry.edition !== edition);
}

/** What counts as seen when a new edition is chosen: an open claim that is surely unsent has shown nothing. */
export function seenBy({ seen, claim }: Pick<SubscriberState, 'seen' | 'claim'>): readonly SeenPapers[] {
  return claim?.isUnsent ? forgetEdition(seen, claim.edition) : seen;
}
