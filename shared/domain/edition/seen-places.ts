import type { CalendarDate } from '../calendar-date.js';
import type { SeenHashes, SeenPapers } from '../subscriber/subscriber.js';

/** Seen papers with what is needed to know them in a later edition. */
export interface SeenAmong {
  readonly entries: readonly SeenPapers[];
  /** The hashes of all papers of an edition in rank order; of one that is gone, none. */
  readonly hashesAt: (edition: CalendarDate) => readonly number[];
}

/** Seen papers whose hashes are known. */
export type KnownSeen = readonly SeenHashes[] | SeenAmong;

/** Tells the places, in one edition, of papers that digests have shown; some maybe more than once. */
export type FindSeen = (seen: KnownSeen, tell: (place: number) => void) => void;

/**
 * Finds seen papers in an edition, given the hashes of its papers in rank order. Which paper of an earlier edition is
 * where in this one is found once for all subscribers; papers of equal hashes are not told apart.
 */
export function seenFinder(hashes: readonly number[]): FindSeen {
  const firstOf = new Map<number, number>();
  /** The next place with the same hash; -1 when there is none. */
  const nextOf = new Int32Array(hashes.length).fill(-1);
  for (let place = hashes.length - 1; place >= 0; place -= 1) {
    const hash = hashes[place] ?? 0;
    nextOf[place] = firstOf.get(hash) ?? -1;
    firstOf.set(hash, place);
  }
  /** Where the papers of an earlier edition are in this one, -1 for nowhere; empty when none is here. */
  const placesFrom = new Map<CalendarDate, Int32Array>();
  /** Most subscribers have seen the same editions: what the last one asked is tried before anything is looked up. */
  const lastDates: CalendarDate[] = [];
  const lastPlaces: Int32Array[] = [];

  function placesHere(edition: CalendarDate, among: readonly number[]): Int32Array {
    const places = Int32Array.from(among, (hash) => firstOf.get(hash) ?? -1);
    const found = places.some((place) => place >= 0) ? places : places.subarray(0, 0);
    placesFrom.set(edition, found);
    return found;
  }

  function placesAt(index: number, edition: CalendarDate, { hashesAt }: SeenAmong): Int32Array {
    const last = lastPlaces[index];
    if (last && lastDates[index] === edition) return last;
    const places = placesFrom.get(edition) ?? placesHere(edition, hashesAt(edition));
    lastDates[index] = edition;
    lastPlaces[index] = places;
    return places;
  }

  function tellAll(first: number, tell: (place: number) => void): void {
    for (let place = first; place >= 0; place = nextOf[place] ?? -1) tell(place);
  }

  return (seen, tell) => {
    const entries: readonly SeenPapers[] = 'hashesAt' in seen ? seen.entries : seen;
    for (let index = 0; index < entries.length; index += 1) {
      const entry = entries[index];
      if (!entry) continue;
      if ('hashes' in entry) for (const hash of entry.hashes) tellAll(firstOf.get(hash) ?? -1, tell);
      else if ('hashesAt' in seen) {
        const places = placesAt(index, entry.edition, seen);
        if (places.length === 0) continue;
        for (let shown = 0; shown < entry.places.length; shown += 1) {
          tellAll(places[entry.places[shown] ?? -1] ?? -1, tell);
        }
      }
    }
  };
}
