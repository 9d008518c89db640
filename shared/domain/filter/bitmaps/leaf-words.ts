import type { TermFilter } from '../filter.js';
import type { MatchedWord } from '../match/find-term.js';
import { wordTable } from '../match/telling-words.js';
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
  /** Adds what a leaf shows in the paper of a slot to a list of `count` words, by number, and says how many they are. */
  readonly addWords: (slot: number, leaf: TermFilter, place: number, into: number[], count: number) => number;
  /** What explains a match that has no other reason. */
  readonly aloneAt: (slot: number, leaf: TermFilter, place: number) => readonly string[];
  /** Of the first `count` words of a list, by number, the texts that explain a match. */
  readonly tell: (words: number[], count: number) => readonly string[];
  /** How many slots there are. */
  readonly size: () => number;
}

/** In a slot whose leaf shows no word, or several, instead of the one word's number. */
const several = 0x7fffffff;

/** Keeps what leaves show. All papers of a leaf get slots when it is first asked: most leaves are in a few only. */
export function shownWords(sets: PaperSets, { positionsOf, wordsAt }: LeafWords): ShownWords {
  const table = wordTable(1024);
  const firstSlots = numberTable();
  /** The word's number; below 0, what was not asked yet: -1, or -2 less the position. */
  const slots: number[] = [];
  const severalAt = new Map<number, readonly number[]>();
  const alone: (readonly string[] | undefined)[] = [];
  const found: number[] = [];

  function newSlots(leaf: TermFilter, set: SetNumber): number {
    const first = slots.length;
    const places = sets.places(set);
    const known = positionsOf(leaf, places, found);
    for (let index = 0; index < places.length; index += 1) {
      slots.push(index < known ? -2 - (found[index] ?? 0) : -1);
      alone.push(undefined);
    }
    firstSlots.put(set, first);
    return first;
  }

  function fill(slot: number, leaf: TermFilter, place: number): number {
    const position = -2 - (slots[slot] ?? -1);
    const words = wordsAt(place, leaf, position < 0 ? undefined : position);
    const [word] = words;
    if (word && words.length === 1) slots[slot] = table.add(word);
    else {
      slots[slot] = several;
      severalAt.set(slot, words.map(table.add));
    }
    return slots[slot] ?? several;
  }

  function addWords(slot: number, leaf: TermFilter, place: number, into: number[], count: number): number {
    const known = slots[slot] ?? -1;
    const word = known < 0 ? fill(slot, leaf, place) : known;
    if (word !== several) {
      into[count] = word;
      return count + 1;
    }
    let end = count;
    for (const each of severalAt.get(slot) ?? []) {
      into[end] = each;
      end += 1;
    }
    return end;
  }

  function aloneAt(slot: number, leaf: TermFilter, place: number): readonly string[] {
    const known = alone[slot];
    if (known) return known;
    const made = tell(found, addWords(slot, leaf, place, found, 0));
    alone[slot] = made;
    return made;
  }

  function tell(words: number[], count: number): readonly string[] {
    const length = table.tell(words, count);
    const [one = 0, other = 0] = words;
    if (length === 1) return [table.textOf(one)];
    if (length === 2) return [table.textOf(one), table.textOf(other)];
    return words.slice(0, length).map(table.textOf);
  }

  function firstSlot(leaf: TermFilter, set: SetNumber): number {
    const first = firstSlots.at(set);
    return first < 0 ? newSlots(leaf, set) : first;
  }

  return { firstSlot, addWords, aloneAt, tell, size: () => slots.length };
}
