import type { TextField } from '../filter.js';
import type { IndexedPaper } from '../match/index-paper.js';
import { numberTable, type PaperSets, type SetNumber } from './paper-sets.js';

/** An edition's papers in rank order, and their words one after the other, with a gap after each text. */
interface EditionText {
  readonly papers: readonly IndexedPaper[];
  /** How many words, including the gaps. */
  readonly length: number;
  /** Place of the paper of each word. */
  readonly placeAt: Uint32Array;
  /** The text of each word, as in `partCodes`. */
  readonly partAt: Uint8Array;
  /** Where each paper's words begin, and behind them all their end. */
  readonly startAt: Uint32Array;
}

const partCodes = { title: 1, abstract: 2, keyword: 3 } as const;

/** Joins the texts of papers. */
export function editionText(papers: readonly IndexedPaper[]): EditionText {
  const length = papers.reduce((sum, { words }) => sum + words.length, 0);
  const placeAt = new Uint32Array(length);
  const partAt = new Uint8Array(length);
  const startAt = new Uint32Array(papers.length + 1);
  let at = 0;
  for (const [place, { words, texts }] of papers.entries()) {
    placeAt.fill(place, at, at + words.length);
    for (const { part, first } of texts) {
      if (part in partCodes) partAt.fill(partCodes[part as TextField], at + first, at + words.length);
    }
    at += words.length;
    startAt[place + 1] = at;
  }
  return { papers, length, placeAt, partAt, startAt };
}

/** Finds papers by words as written, or by their terms. */
export interface RunIndex {
  /** Puts into a set the papers that contain one word, or several side by side in one text. */
  readonly find: (run: readonly string[], field: TextField | undefined, sets: PaperSets, set: SetNumber) => void;
  /** The position of a run in the paper at a place, counted from its own first word; -1 when it is not there. */
  readonly firstIn: (place: number, run: readonly string[], field: TextField | undefined) => number;
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

  function firstIn(place: number, run: readonly string[], field: TextField | undefined): number {
    if (!isKnown(run)) return -1;
    const first = wanted[0] ?? 0;
    const part = field === undefined ? 0 : partCodes[field];
    const from = text.startAt[place] ?? 0;
    const to = text.startAt[place + 1] ?? 0;
    for (let at = from; at < to; at += 1) {
      if (numberAt[at] !== first || (part !== 0 && text.partAt[at] !== part)) continue;
      if (lengthAt(at, run.length) === run.length) return at - from;
    }
    return -1;
  }

  function find(run: readonly string[], field: TextField | undefined, sets: PaperSets, set: SetNumber): void {
    if (!isKnown(run)) return;
    const first = wanted[0] ?? 0;
    const to = firstSpot[first + 1] ?? 0;
    const from = firstSpot[first] ?? 0;
    const part = field === undefined ? 0 : partCodes[field];
    let last = -1;
    for (let index = run.length > 1 ? firstBefore(wanted[1] ?? 0, from, to) : from; index < to; index += 1) {
      const start = spots[index] ?? 0;
      const length = lengthAt(start, run.length);
      // Past the last spot of the first two words.
      if (length === 1 && run.length > 1) return;
      const place = text.placeAt[start] ?? 0;
      if (length < run.length || place === last || (part !== 0 && text.partAt[start] !== part)) continue;
      sets.put(set, place);
      last = place;
    }
  }

  function countOf(word: string): number {
    const number = numbers.get(word) ?? 0;
    return number === 0 ? 0 : (firstSpot[number + 1] ?? 0) - (firstSpot[number] ?? 0);
  }

  let sorted: readonly string[] | undefined;
  function wordsFrom(prefix: string): readonly string[] {
    sorted ??= [...numbers.keys()].sort();
    const first = firstIndex(sorted, 0, (word) => word >= prefix);
    return sorted.slice(
      first,
      firstIndex(sorted, first, (word) => !word.startsWith(prefix)),
    );
  }

  return { find, firstIn, countOf, wordsFrom };
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
