import type { PaperVector } from '../paper-vector.js';
import { wordHash } from '../word-hash.js';

/**
 * The words of an edition's papers. A word's slot is where its hash is in an open-addressed table that is ordered by hash,
 * nearly: whoever asks for words in the order of their hashes goes through memory from its beginning to its end.
 */
export interface WordTable {
  /**
   * By slot, at 2 s and 2 s + 1: the hash, 0 where there is none, and where a seldom word's papers begin; those of a frequent
   * one are not listed. Side by side, because to fetch memory takes most of the time.
   */
  readonly entries: Int32Array;
  /** How many slots there are. The last is free. */
  readonly size: number;
  /** By how much a hash is shifted to the first slot in which it may be. */
  readonly shift: number;
  /** At 2 n and 2 n + 1: a paper of a seldom word, and what the word adds there, which is read as a float. */
  readonly postings: Int32Array;
  readonly postingValues: Float32Array;
  /** By slot: the number of a frequent word. */
  readonly frequentNumber: Uint16Array;
  /** By that number: by what its weight is multiplied, and its values divided, for the bound on what frequent words add. */
  readonly frequentFactor: Float64Array;
  readonly frequentOf: PaperWords;
  /** By paper: how long the vector of its frequent words is after that division. */
  readonly frequentLength: Float64Array;
  /** All words, by slot. */
  readonly wordsOf: PaperWords;
  /** For each of them: which of its paper's words, from 0, the two words of a pair are; a single word is both itself. */
  readonly parts: readonly [Uint16Array, Uint16Array];
}

/** Which words of a profile an edition has: the slots of its table, and the places of the words in the profile. */
export interface FoundWords {
  readonly slots: Int32Array;
  readonly words: Int32Array;
  count: number;
}

/** The words of each paper: those of paper p are from `first[p]` up to `first[p + 1]`. */
interface PaperWords {
  readonly first: Uint32Array;
  readonly word: Uint32Array;
  readonly value: Float32Array;
}

/** How a word's hash is found. */
type Slots = Pick<WordTable, 'entries' | 'size' | 'shift'>;

/** A word that more than this share of the papers have is frequent: with less, the bound on frequent words rules out too few. */
const frequentShare = 1 / 5;

/** The slot of a hash; -1 where no paper has the word. */
export function slotOf({ entries, shift }: Pick<Slots, 'entries' | 'shift'>, hash: number): number {
  for (let slot = hash >>> shift; ; slot += 1) {
    const key = entries[2 * slot];
    if (key === hash) return slot;
    if (!key) return -1;
  }
}

/** Indexes the words of papers, given by their vectors in rank order. */
export function indexWords(vectors: readonly PaperVector[]): WordTable {
  const hashes = new Map<string, number>();
  for (const vector of vectors) {
    for (const word of vector.keys()) if (!hashes.has(word)) hashes.set(word, wordHash(word));
  }
  const table = tableOf([...new Set(hashes.values())]);
  const wordsOf = paperWords(vectors, (word) => slotOf(table, hashes.get(word) ?? 0));
  const counts = new Uint32Array(table.size);
  for (const slot of wordsOf.word) counts[slot] = (counts[slot] ?? 0) + 1;
  const isFrequent = (slot: number) => (counts[slot] ?? 0) > Math.max(1, vectors.length * frequentShare);
  return {
    ...table,
    ...listPostings(table, wordsOf, counts, isFrequent),
    ...frequents(wordsOf, counts, isFrequent),
    wordsOf,
    parts: partsOf(wordsOf, table, hashes),
  };
}

/** A quarter of the slots and more are free, and those after the last, where no search goes round to the beginning. */
function tableOf(hashes: number[]): Slots {
  const bits = Math.max(4, Math.ceil(Math.log2(1.3 * hashes.length + 1)));
  const shift = 32 - bits;
  const keys = new Int32Array((1 << bits) + hashes.length + 2);
  let last = 1 << bits;
  for (const hash of hashes.sort((one, other) => (one >>> 0) - (other >>> 0))) {
    let slot = hash >>> shift;
    while (keys[slot]) slot += 1;
    keys[slot] = hash;
    last = Math.max(last, slot);
  }
  const size = last + 2;
  const entries = new Int32Array(2 * size);
  for (let slot = 0; slot < size; slot += 1) entries[2 * slot] = keys[slot] ?? 0;
  return { entries, size, shift };
}

function partsOf({ first, word }: PaperWords, table: Slots, hashes: ReadonlyMap<string, number>): WordTable['parts'] {
  const slots: [Map<number, number>, Map<number, number>] = [new Map(), new Map()];
  for (const [pair, hash] of hashes) {
    const blank = pair.indexOf(' ');
    if (blank < 0) continue;
    slots[0].set(slotOf(table, hash), slotOf(table, wordHash(pair.slice(0, blank))));
    slots[1].set(slotOf(table, hash), slotOf(table, wordHash(pair.slice(blank + 1))));
  }
  const parts: WordTable['parts'] = [new Uint16Array(word.length), new Uint16Array(word.length)];
  for (let place = 0; place + 1 < first.length; place += 1) {
    const begin = first[place] ?? 0;
    const numbers = new Map(Array.from(word.subarray(begin, first[place + 1]), (slot, number) => [slot, number]));
    for (const [slot, number] of numbers) {
      for (const side of [0, 1] as const) {
        parts[side][begin + number] = numbers.get(slots[side].get(slot) ?? slot) ?? number;
      }
    }
  }
  return parts;
}

function paperWords(vectors: readonly PaperVector[], slot: (word: string) => number): PaperWords {
  const first = new Uint32Array(vectors.length + 1);
  for (const [place, vector] of vectors.entries()) first[place + 1] = (first[place] ?? 0) + vector.size;
  const word = new Uint32Array(first.at(-1) ?? 0);
  const value = new Float32Array(word.length);
  let at = 0;
  for (const vector of vectors) {
    const bySlot = Array.from(vector, ([each, worth]) => ({ slot: slot(each), worth }));
    for (const each of bySlot.sort((one, other) => one.slot - other.slot)) {
      word[at] = each.slot;
      value[at] = each.worth;
      at += 1;
    }
  }
  return { first, word, value };
}

function listPostings(
  { entries, size }: Slots,
  { first, word, value }: PaperWords,
  counts: Uint32Array,
  isFrequent: (slot: number) => boolean,
) {
  let length = 0;
  for (let slot = 0; slot < size; slot += 1) {
    entries[2 * slot + 1] = length;
    length += isFrequent(slot) ? 0 : (counts[slot] ?? 0);
  }
  const postings = new Int32Array(2 * length);
  const postingValues = new Float32Array(postings.buffer);
  const next = Uint32Array.from({ length: size }, (_, slot) => entries[2 * slot + 1] ?? 0);
  for (let place = 0; place + 1 < first.length; place += 1) {
    for (let at = first[place] ?? 0; at < (first[place + 1] ?? 0); at += 1) {
      const slot = word[at] ?? 0;
      if (isFrequent(slot)) continue;
      const to = next[slot] ?? 0;
      postings[2 * to] = place;
      postingValues[2 * to + 1] = value[at] ?? 0;
      next[slot] = to + 1;
    }
  }
  return { postings, postingValues };
}

function frequents({ first, word, value }: PaperWords, counts: Uint32Array, isFrequent: (slot: number) => boolean) {
  const slots = Array.from(counts.keys()).filter((slot) => isFrequent(slot));
  const frequentNumber = new Uint16Array(counts.length);
  for (const [number, slot] of slots.entries()) frequentNumber[slot] = number;
  const squares = new Float64Array(slots.length);
  const of = { first: new Uint32Array(first.length), word: [] as number[], value: [] as number[] };
  for (let place = 0; place + 1 < first.length; place += 1) {
    for (let at = first[place] ?? 0; at < (first[place + 1] ?? 0); at += 1) {
      if (!isFrequent(word[at] ?? 0)) continue;
      const number = frequentNumber[word[at] ?? 0] ?? 0;
      const worth = value[at] ?? 0;
      of.word.push(number);
      of.value.push(worth);
      squares[number] = (squares[number] ?? 0) + worth * worth;
    }
    of.first[place + 1] = of.word.length;
  }
  const meanSquare = (number: number) => (squares[number] ?? 0) / Math.max(1, counts[slots[number] ?? 0] ?? 0);
  // Half of a word's usual value goes to either side, which makes the bound nearly as tight as it can be.
  const frequentFactor = Float64Array.from(slots, (_, number) => meanSquare(number) ** 0.25 || 1);
  const frequentOf = { first: of.first, word: Uint32Array.from(of.word), value: Float32Array.from(of.value) };
  return { frequentNumber, frequentFactor, frequentOf, frequentLength: lengthsOf(frequentOf, frequentFactor) };
}

function lengthsOf({ first, word, value }: PaperWords, factor: Float64Array): Float64Array {
  return Float64Array.from({ length: first.length - 1 }, (_, place) => {
    let squares = 0;
    for (let at = first[place] ?? 0; at < (first[place + 1] ?? 0); at += 1) {
      squares += ((value[at] ?? 0) / (factor[word[at] ?? 0] ?? 1)) ** 2;
    }
    return Math.sqrt(squares);
  });
}
