import { addDays, type CalendarDate } from '../calendar-date.js';
import type { PaperId } from '../paper/paper-id.js';
import type { SeenHashes, SeenPapers, SubscriberState } from './subscriber.js';

/** Short stand-in for a paper's id: FNV-1a, 32 bits, unsigned. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
export function paperHash(id: PaperId): number {
  let hash = 0x811c9dc5;
  // Ids are ASCII: a UTF-16 unit is a byte.
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A paper enters no edition later than this after its publication, so a digest that showed it is remembered as long. */
export const seenForDays = 45;

/**
 * Adds the papers of an edition's digest by their places in it, oldest edition first, and drops editions more than 45 days
 * before it.
 */
export function rememberPapers(
  seen: readonly SeenPapers[],
  edition: CalendarDate,
  places: readonly number[],
): SeenPapers[] {
  const oldest = addDays(edition, -seenForDays);
  const before = seen.flatMap((entry) => (entry.edition === edition && 'places' in entry ? entry.places : []));
  const shown = [...new Set([...before, ...places])].sort((one, other) => one - other);
  const others = seen.filter((entry) => ('isWhole' in entry || entry.edition !== edition) && entry.edition >= oldest);
  return [...others, ...(shown.length > 0 ? [{ edition, places: shown }] : [])].sort(byEdition);
}

const byEdition = (one: SeenPapers, other: SeenPapers) => (one.edition < other.edition ? -1 : 1);

/** Adds every paper of an edition, beside what is known of its digest. */
export function rememberWholly(seen: readonly SeenPapers[], edition: CalendarDate): SeenPapers[] {
  const others = seen.filter((entry) => !('isWhole' in entry && entry.edition === edition));
  return [...others, { edition, isWhole: true } as const].sort(byEdition);
}

/** The seen papers without those of one edition, whose mail surely never left. */
export function forgetEdition(seen: readonly SeenPapers[], edition: CalendarDate): SeenPapers[] {
  return seen.filter((entry) => entry.edition !== edition);
}

/**
 * What counts as seen when a new edition is chosen: an open claim that is surely unsent has shown nothing, unless it is
 * a second attempt, whose first may have been sent.
 */
export function seenBy({ seen, claim }: Pick<SubscriberState, 'seen' | 'claim'>): readonly SeenPapers[] {
  return claim?.isUnsent && claim.attempt === 1 ? forgetEdition(seen, claim.edition) : seen;
}

/** Some papers of one edition by the hashes of their ids. */
export function hashed(edition: CalendarDate, ids: readonly PaperId[]): SeenHashes {
  return { edition, hashes: ids.map(paperHash) };
}

/** What had been shown before an edition; what later ones showed is left out. */
export function seenBefore(seen: readonly SeenPapers[], edition: CalendarDate): SeenPapers[] {
  return seen.filter((entry) => entry.edition < edition);
}

/**
 * The places of the papers that the digest of an edition showed; `undefined` when nothing is remembered of it but
 * hashes, or nothing at all.
 */
export function placesSent(seen: readonly SeenPapers[], edition: CalendarDate): readonly number[] | undefined {
  const entry = seen.find((each) => each.edition === edition && 'places' in each);
  return entry && 'places' in entry ? entry.places : undefined;
}

/** The same by their ids, given the edition's papers in rank order. */
export function papersSent(
  seen: readonly SeenPapers[],
  edition: CalendarDate,
  papers: readonly PaperId[],
): readonly PaperId[] | undefined {
  return placesSent(seen, edition)?.flatMap((place) => papers[place] ?? []);
}
