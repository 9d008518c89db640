import type { TermFilter } from '../filter.js';
import type { MatchedWord } from '../match/find-term.js';
import { tellingWords } from '../match/match-filter.js';
import { numberTable } from './number-table.js';
import type { PaperSets, SetNumber } from './paper-sets.js';

/** What leaves show in the papers of one edition, which they match. */
export interface LeafWords {
  /**
   * Writes where the words side by side that a leaf looks for come first in each paper that it matches, given all their
   * places; says in how many, 0 for a leaf that looks for anything else.
   */
  readonly positionsOf: (leaf: TermFilter, places: readonly number[], into: number[]) => number;
  /** The words of a leaf as `wordsOfTerm` gives them, given that position. */
  readonly wordsAt: (place: number, leaf: TermFilter, position: number | undefined) => readonly MatchedWord[];
}

/** What the leaves of an edition show in its papers, each found once. */
export interface ShownWords {
  /** The slot of a leaf's first paper; the next ones have those after it. */
  readonly firstSlot: (leaf: TermFilter, set: SetNumber) => number;
  /** The words that a leaf shows in the paper of a slot. */
  readonly hitsAt: (slot: number, leaf: TermFilter, place: number) => readonly MatchedWord[];
  /** What explains a match that has no other reason. */
  readonly aloneAt: (slot: number, leaf: TermFilter, place: number) => readonly string[];
  /** How many slots there are. */
  readonly size: () => number;
}

const unknown = -1;

/** Keeps what leaves show. All papers of a leaf get slots when it is first asked: most leaves are in a few only. */
export function shownWords(sets: PaperSets, { positionsOf, wordsAt }: LeafWords): ShownWords {
  const firstSlots = numberTable();
  const positions: number[] = [];
  const hits: (readonly MatchedWord[] | undefined)[] = [];
  const alone: (readonly string[] | undefined)[] = [];
  const found: number[] = [];

  function newSlots(leaf: TermFilter, set: SetNumber): number {
    const first = positions.length;
    const places = sets.places(set);
    const known = positionsOf(leaf, places, found);
    for (let index = 0; index < places.length; index += 1) {
      positions.push(index < known ? (found[index] ?? unknown) : unknown);
      hits.push(undefined);
      alone.push(undefined);
    }
    firstSlots.put(set, first);
    return first;
  }

  function hitsAt(slot: number, leaf: TermFilter, place: number): readonly MatchedWord[] {
    const known = hits[slot];
    if (known) return known;
    const position = positions[slot] ?? unknown;
    const made = wordsAt(place, leaf, position === unknown ? undefined : position);
    hits[slot] = made;
    return made;
  }

  function aloneAt(slot: number, leaf: TermFilter, place: number): readonly string[] {
    const known = alone[slot];
    if (known) return known;
    const telling = [...hitsAt(slot, leaf, place)];
    const made = textsOf(telling, tellingWords(telling, telling.length));
    alone[slot] = made;
    return made;
  }

  return {
    hitsAt,
    aloneAt,
    firstSlot: (leaf, set) => {
      const first = firstSlots.at(set);
      return first < 0 ? newSlots(leaf, set) : first;
    },
    size: () => positions.length,
  };
}

/** The texts of the first `length` words of a list. */
export function textsOf(words: readonly MatchedWord[], length: number): readonly string[] {
  const [one, other] = words;
  if (length === 1 && one) return [one.text];
  if (length === 2 && one && other) return [one.text, other.text];
  return words.slice(0, length).map(({ text }) => text);
}
