import type { TextField } from '../filter.js';
import { type EditionText, partCodes } from './edition-text.js';
import { numberTable } from './number-table.js';
import type { PaperSets, SetNumber } from './paper-sets.js';

const nowhere = 0x7fffffff;

/** Finds papers by words as written, or by their terms. */
export interface RunIndex {
  /** Puts into a set the papers that contain one word, or several side by side in one text. */
  readonly find: (run: readonly string[], field: TextField | undefined, sets: PaperSets, set: SetNumber) => void;
  /**
   * Writes where a run comes first in each of the papers that contain it, given all their places; counted from the
   * paper's own first word. Says in how many.
   */
  readonly firstIn: (
    run: readonly string[],
    field: TextField | undefined,
    places: readonly number[],
    into: number[],
  ) => number;
  /** How often a word occurs. */
  readonly countOf: (word: string) => number;
  /** The words with this beginning. */
  readonly wordsFrom: (prefix: string) => readonly string[];
}

/** Lists the positions of each word, or of each term. Words are numbered as they come; number 0 is the gap. */
export function runIndex(text: EditionText, by: 'word' | 'term'): RunIndex {
  const { numbers, numberAt } = numbered(text, by);
  const { firstSpot, spots } = spotsOf(numberAt, numbers.size);
  const wanted: number[] = [];
  const found: number[] = [];
  const firstAt = new Int32Array(text.papers.length).fill(nowhere);

  /** The first of the spots from `from` up to `to` that is followed by a word of this number or a higher one. */
  function firstBefore(number: number, from: number, to: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numberAt[(spots[middle] ?? 0) + 1] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many words of the wanted run are there, up to the first that differs. */
  function lengthAt(start: number, length: number): number {
    let index = 1;
    while (index < length && numberAt[start + index] === wanted[index]) index += 1;
    return index;
  }

  /** Makes a run the wanted one; `false` when one of its words is nowhere. */
  function isKnown(run: readonly string[]): boolean {
    for (let index = 0; index < run.length; index += 1) {
      const number = numbers.get(run[index] ?? '') ?? 0;
      if (number === 0) return false;
      wanted[index] = number;
    }
    return true;
  }

  /** Lists in `found` all places of a run; says how many. */
  function findRun(run: readonly string[], field: TextField | undefined): number {
    if (!isKnown(run)) return 0;
    const first = wanted[0] ?? 0;
    const to = firstSpot[first + 1] ?? 0;
    const from = firstSpot[first] ?? 0;
    const part = field === undefined ? 0 : partCodes[field];
    let count = 0;
    for (let index = run.length > 1 ? firstBefore(wanted[1] ?? 0, from, to) : from; index < to; index += 1) {
      const start = spots[index] ?? 0;
      const length = lengthAt(start, run.length);
      // Past the last spot of the first two words.
      if (length === 1 && run.length > 1) break;
      if (length < run.length || (part !== 0 && text.partAt[start] !== part)) continue;
      found[count] = start;
      count += 1;
    }
    return count;
  }

  function find(run: readonly string[], field: TextField | undefined, sets: PaperSets, set: SetNumber): void {
    const count = findRun(run, field);
    for (let index = 0; index < count; index += 1) sets.put(set, text.placeAt[found[index] ?? 0] ?? 0);
  }

  function firstIn(
    run: readonly string[],
    field: TextField | undefined,
    places: readonly number[],
    into: number[],
  ): number {
    const count = findRun(run, field);
    // They are in the order of the words that follow.
    for (let index = 0; index < count; index += 1) {
      const start = found[index] ?? 0;
      const place = text.placeAt[start] ?? 0;
      firstAt[place] = Math.min(firstAt[place] ?? 0, start);
    }
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] ?? 0;
      into[index] = (firstAt[place] ?? 0) - (text.startAt[place] ?? 0);
      firstAt[place] = nowhere;
    }
    return places.length;
  }

  function countOf(word: string): number {
    const number = numbers.get(word) ?? 0;
    return number === 0 ? 0 : (firstSpot[number + 1] ?? 0) - (firstSpot[number] ?? 0);
  }

  return { find, firstIn, countOf, wordsFrom: prefixFinder(numbers) };
}

function prefixFinder(numbers: ReadonlyMap<string, number>): RunIndex['wordsFrom'] {
  let sorted: readonly string[] | undefined;
  return (prefix) => {
    sorted ??= [...numbers.keys()].sort();
    const first = firstIndex(sorted, 0, (word) => word >= prefix);
    return sorted.slice(
      first,
      firstIndex(sorted, first, (word) => !word.startsWith(prefix)),
    );
  };
}

function numbered({ papers, length }: EditionText, by: 'word' | 'term') {
  const numbers = new Map([['', 0]]);
  const numberAt = new Int32Array(length);
  /** The number of each word object met so far: looking up its text again would take longer. */
  const met = numberTable();
  let at = 0;
  for (const { words } of papers) {
    for (const known of words) {
      let number = met.at(known.number);
      if (number < 0) {
        number = numbers.get(known[by]) ?? numbers.size;
        numbers.set(known[by], number);
        met.put(known.number, number);
      }
      numberAt[at] = number;
      at += 1;
    }
  }
  return { numbers, numberAt };
}

/**
 * All positions, by their words and then by the words after them: two words side by side are one stretch of `spots`.
 * Those of word w are from `firstSpot[w]` up to `firstSpot[w + 1]`. A radix sort, by the second word and then by the
 * first.
 */
function spotsOf(numberAt: Int32Array, count: number) {
  const { length } = numberAt;
  const firstSpot = new Int32Array(count + 1);
  for (let at = 0; at < length; at += 1) {
    const next = (numberAt[at] ?? 0) + 1;
    firstSpot[next] = (firstSpot[next] ?? 0) + 1;
  }
  for (let number = 0; number < count; number += 1) {
    firstSpot[number + 1] = (firstSpot[number + 1] ?? 0) + (firstSpot[number] ?? 0);
  }
  const bySecond = new Int32Array(length);
  const spots = new Int32Array(length);
  const free = firstSpot.slice();
  // The last position is a gap, as is what would come before the first one.
  for (let at = 0; at < length; at += 1) bySecond[take(free, numberAt[at] ?? 0)] = at === 0 ? length - 1 : at - 1;
  free.set(firstSpot);
  for (let index = 0; index < length; index += 1) {
    const at = bySecond[index] ?? 0;
    spots[take(free, numberAt[at] ?? 0)] = at;
  }
  return { firstSpot, spots };
}

function take(free: Int32Array, number: number): number {
  const spot = free[number] ?? 0;
  free[number] = spot + 1;
  return spot;
}

/** The first index from `from` on that passes, given that all after it pass too; the length when none does. */
function firstIndex(list: readonly string[], from: number, passes: (word: string) => boolean): number {
  let [low, high] = [from, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(list[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}
