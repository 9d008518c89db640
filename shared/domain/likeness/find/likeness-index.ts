import type { IndexedPaper } from '../../filter/match/index-paper.js';
import { layout, packedLimits, scaleOf, thresholdOf, weightShares, weightsAt, wordsIn } from '../packed-profile.js';
import type { PaperVector } from '../paper-vector.js';
import { type LikenessReason, reasonTeller } from './likeness-reasons.js';
import { type FoundWords, indexWords, type WordTable } from './word-table.js';

/** What a profile finds in an edition; valid until the next profile is asked. */
interface LikenessMatches {
  /** The places of the papers that come to the threshold, ascending, as many as `count`. */
  readonly places: Uint16Array;
  count: number;
  /** By place, of those papers: the score in units of the threshold, 1 and more. */
  readonly scores: Float64Array;
}

/** An edition's papers by their words, for any number of profiles; of those nothing is kept but what was found last. */
export interface LikenessIndex {
  /** The papers that are like a packed profile, which must be in order. */
  readonly matchesOf: (packed: Uint8Array) => LikenessMatches;
  /** Why the paper at a place is like a profile; `undefined` where no word speaks for it. */
  readonly reasonAt: (packed: Uint8Array, place: number) => LikenessReason | undefined;
}

/** What frequent words add is bounded a trifle too high, rather than too low by rounding. */
const allowance = 1 + 1e-9;

/**
 * Indexes papers, given in rank order with their vectors. The seldom words of a profile are added up for all papers, the
 * frequent ones, which are most of a text, only where they could bring a paper to the threshold: what they add at most follows
 * from the lengths of two vectors (Cauchy–Schwarz), so no match is missed.
 */
export function likenessIndex(papers: readonly IndexedPaper[], vectors: readonly PaperVector[]): LikenessIndex {
  const table = indexWords(vectors);
  const found: FoundWords = {
    slots: new Int32Array(packedLimits.words),
    words: new Int32Array(packedLimits.words),
    count: 0,
  };
  const match = matcher(table, found, papers.length);
  const tell = reasonTeller(papers, table, found);
  let last: Uint8Array | undefined;
  let matches: LikenessMatches | undefined;

  function matchesOf(packed: Uint8Array): LikenessMatches {
    if (last !== packed || !matches) {
      tell.forget();
      matches = match(packed);
      last = packed;
    }
    return matches;
  }

  function reasonAt(packed: Uint8Array, place: number): LikenessReason | undefined {
    matchesOf(packed);
    return tell.reasonAt(packed, place);
  }

  return { matchesOf, reasonAt };
}

function matcher(table: WordTable, found: FoundWords, size: number): (packed: Uint8Array) => LikenessMatches {
  const { frequentNumber, frequentFactor, frequentLength } = table;
  const { first, word, value } = table.frequentOf;
  const sums = new Float64Array(size);
  const matches: LikenessMatches = { places: new Uint16Array(size), count: 0, scores: sums };
  const addSeldom = seldomAdder(table, found, sums);
  /** By the numbers of frequent words. */
  const weights = new Float64Array(frequentFactor.length);
  const listed = new Uint16Array(packedLimits.words);

  return (packed) => {
    const least = thresholdOf(packed) / scaleOf(packed);
    const frequent = addSeldom(packed, listed);
    const from = weightsAt(wordsIn(packed));
    let squares = 0;
    for (let index = 0; index < frequent; index += 1) {
      const at = listed[index] ?? 0;
      const number = frequentNumber[found.slots[at] ?? 0] ?? 0;
      const weight = weightShares[packed[from + (found.words[at] ?? 0)] ?? 0] ?? 0;
      weights[number] = weight;
      const length = weight * (frequentFactor[number] ?? 0);
      squares += length * length;
    }
    const most = Math.sqrt(squares) * allowance;
    let count = 0;
    for (let place = 0; place < size; place += 1) {
      let sum = sums[place] ?? 0;
      if (!(sum + most * (frequentLength[place] ?? 0) >= least)) continue;
      const end = first[place + 1] ?? 0;
      for (let at = first[place] ?? 0; at < end; at += 1) sum += (weights[word[at] ?? 0] ?? 0) * (value[at] ?? 0);
      if (!(sum >= least)) continue;
      sums[place] = sum / least;
      matches.places[count] = place;
      count += 1;
    }
    matches.count = count;
    for (let index = 0; index < frequent; index += 1) {
      weights[frequentNumber[found.slots[listed[index] ?? 0] ?? 0] ?? 0] = 0;
    }
    return matches;
  };
}

/** Looks up a profile's words, adds what the seldom ones give each paper, and lists which of those found are frequent. */
function seldomAdder(table: WordTable, found: FoundWords, sums: Float64Array) {
  const { entries, shift, postings, postingValues } = table;
  const { slots, words: places } = found;
  const shares = weightShares;
  const tops = new Uint8Array(packedLimits.words + 16);

  return (packed: Uint8Array, listed: Uint16Array): number => {
    const from = weightsAt(wordsIn(packed));
    let at: number = layout.hashes;
    let count = 0;
    let frequent = 0;
    sums.fill(0);
    firstBytes(packed, tops);
    const words = wordsIn(packed);
    for (let word = 0; word < words; word += 1) {
      const hash =
        ((tops[word] ?? 0) << 24) | ((packed[at] ?? 0) << 16) | ((packed[at + 1] ?? 0) << 8) | (packed[at + 2] ?? 0);
      at += 3;
      let entry = 2 * (hash >>> shift);
      let key = entries[entry] ?? 0;
      while (key !== hash && key !== 0) {
        entry += 2;
        key = entries[entry] ?? 0;
      }
      if (key === 0) continue;
      slots[count] = entry >>> 1;
      places[count] = word;
      let posting = 2 * (entries[entry + 1] ?? 0);
      const last = 2 * (entries[entry + 3] ?? 0);
      if (posting === last) {
        listed[frequent] = count;
        frequent += 1;
      }
      count += 1;
      const weight = shares[packed[from + word] ?? 0] ?? 0;
      for (; posting < last; posting += 2) {
        const place = postings[posting] ?? 0;
        sums[place] = (sums[place] ?? 0) + weight * (postingValues[posting + 1] ?? 0);
      }
    }
    found.count = count;
    return frequent;
  };
}

/** Writes down the first byte of each hash; without branches up to four times, of which those too many are written over. */
function firstBytes(packed: Uint8Array, tops: Uint8Array): void {
  let word = 0;
  for (let bucket = 0; bucket < 256; bucket += 1) {
    const count = ((packed[layout.counts + (bucket >>> 1)] ?? 0) >>> (4 * (bucket & 1))) & 15;
    tops[word] = bucket;
    tops[word + 1] = bucket;
    tops[word + 2] = bucket;
    tops[word + 3] = bucket;
    for (let more = 4; more < count; more += 1) tops[word + more] = bucket;
    word += count;
  }
}
