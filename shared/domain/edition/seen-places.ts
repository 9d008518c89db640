import type { SeenHashes, SeenPlaces } from '../subscriber/subscriber.js';

/** The papers that one edition's digest showed, by their places in it, with the hashes of all papers of that edition. */
export interface SeenAmong extends SeenPlaces {
  /** The same list for every subscriber, so that it is looked at once. */
  readonly among: readonly number[];
}

/** Seen papers whose hashes are known. */
export type KnownSeen = SeenHashes | SeenAmong;

/** Tells the places, in one edition, of papers that digests have shown; some maybe more than once. */
export type FindSeen = (seen: readonly KnownSeen[], tell: (place: number) => void) => void;

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
  const here = new WeakMap<readonly number[], Int32Array>();
  const nothing = new Int32Array(0);

  function placesHere(among: readonly number[]): Int32Array {
    const known = here.get(among);
    if (known) return known;
    const places = Int32Array.from(among, (hash) => firstOf.get(hash) ?? -1);
    const found = places.some((place) => place >= 0) ? places : nothing;
    here.set(among, found);
    return found;
  }

  return (seen, tell) => {
    const tellAll = (first: number) => {
      for (let place = first; place >= 0; place = nextOf[place] ?? -1) tell(place);
    };
    for (const entry of seen) {
      if ('hashes' in entry) for (const hash of entry.hashes) tellAll(firstOf.get(hash) ?? -1);
      else {
        const places = placesHere(entry.among);
        if (places.length > 0) for (const place of entry.places) tellAll(places[place] ?? -1);
      }
    }
  };
}
