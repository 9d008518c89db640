import type { CalendarDate } from '../calendar-date.js';
import type { SeenHashes, SeenPapers, TopicChoice } from '../subscriber/subscriber.js';

/** Seen papers with what is needed to know them in a later edition. */
interface SeenAmong {
  readonly entries: readonly SeenPapers[];
  /** The hashes of all papers of an edition in rank order; of one that is gone, none. */
  readonly hashesAt: (edition: CalendarDate) => readonly number[];
}

/** Seen papers whose hashes are known. */
export type KnownSeen = readonly SeenHashes[] | SeenAmong;

/** Seen papers with those that the reader knows by learned topics. */
export function withKnown(seen: KnownSeen, choices: readonly TopicChoice[]): KnownSeen {
  const hashes = choices.flatMap((choice) => ('like' in choice ? (choice.known ?? []) : []));
  if (hashes.length === 0) return seen;
  const known: SeenHashes = { edition: never, hashes };
  return 'hashesAt' in seen ? { ...seen, entries: [...seen.entries, known] } : [...seen, known];
}

/** No edition is of this day: what a reader knows, none has shown. */
const never = '0000-00-00' as CalendarDate;

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
  const placesFrom = new Map<CalendarDate, EarlierPlaces>();
  /** Most subscribers have seen the same editions: what the last one asked is tried before anything is looked up. */
  const lastDates: CalendarDate[] = [];
  const lastPlaces: EarlierPlaces[] = [];

  function placesHere(edition: CalendarDate, among: readonly number[]): EarlierPlaces {
    const found = earlierPlaces(among.map((hash) => firstOf.get(hash) ?? -1));
    placesFrom.set(edition, found);
    return found;
  }

  function placesAt(index: number, edition: CalendarDate, { hashesAt }: SeenAmong): EarlierPlaces {
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
        const { isAny, bits, places } = placesAt(index, entry.edition, seen);
        if (!isAny) continue;
        if ('isWhole' in entry) {
          for (const place of places) tellAll(place, tell);
          continue;
        }
        const { places: shown } = entry;
        for (let each = 0; each < shown.length; each += 1) {
          const place = shown[each] ?? 0;
          if ((((bits[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1) tellAll(places[place] ?? -1, tell);
        }
      }
    }
  };
}

/** Where the papers of an earlier edition are in the one at hand. */
interface EarlierPlaces {
  readonly isAny: boolean;
  /** Which of them are in it, a bit each: few are, and a day's bits stay in the processor's nearest memory. */
  readonly bits: Int32Array;
  /** Where they are; -1 for nowhere. */
  readonly places: Int32Array;
}

function earlierPlaces(list: readonly number[]): EarlierPlaces {
  const bits = new Int32Array((list.length + 31) >>> 5);
  for (const [index, place] of list.entries()) {
    if (place >= 0) bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
  }
  return { isAny: bits.some((word) => word !== 0), bits, places: Int32Array.from(list) };
}
