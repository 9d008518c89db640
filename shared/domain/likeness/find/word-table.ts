import type { PaperVector } from '../paper-vector.js';
import { wordHash } from '../word-hash.js';
import type { KernelTables } from './kernel/open-kernel.js';

/** A paper's place, and a word's value there. */
type Posting = readonly [place: number, value: number];

/** So many words at most begin with the same bits: the kernel looks no further. */
const mostAlike = 16;
const mostBits = 22;
/** Lengths of lists of kinds 0 to 5. */
const lengths = [1, 2, 4, 8, 16, 32] as const;
const [longKind, rowKind] = [lengths.length, lengths.length + 1];
/** To add a row takes about as long as a list of a tenth of the papers. */
const rowShare = 1 / 10;

/**
 * Indexes the words of papers, given by their vectors in rank order; each has a number in the order of the hashes.
 *
 * `keys` are those hashes, ascending as numbers without a sign; the words whose hashes have the same first bits begin where
 * `directory` says, sixteen of them at most. `lists` says by word where in `papersOf` its papers are, in bytes, and in the
 * lowest three bits how: a list of 1, 2, 4, 8, 16 or 32 pairs of a paper's place in bytes and a value, filled up with
 * nothing (kinds 0 to 5); one that begins with its length (6); or a row of values, one for each paper (7). The words of
 * paper p are in `wordOf` from `first[p]` to `first[p + 1]`, with the same values; `onePart` and `otherPart` say which of
 * its paper's words, from 0, the two words of a pair are; a single word is both itself.
 */
export function indexWords(vectors: readonly PaperVector[]): KernelTables {
  const hashes = new Map<string, number>();
  for (const vector of vectors) {
    for (const word of vector.keys()) if (!hashes.has(word)) hashes.set(word, wordHash(word));
  }
  const sorted = [...new Set(hashes.values())].sort((one, other) => (one >>> 0) - (other >>> 0));
  const numbers = new Map(sorted.map((hash, number) => [hash, number]));
  const numberOf = (word: string) => numbers.get(hashes.get(word) ?? wordHash(word)) ?? -1;
  const size = 32 * Math.ceil(vectors.length / 32);
  const words = paperWords(vectors, numberOf);
  return {
    ...directoryOf(sorted),
    ...listsOf(sorted.length, size, words),
    ...words,
    ...partsOf(words, hashes.keys(), numberOf),
    size,
    longest: longestOf(words.first),
  };
}

/** The number of the word with a hash; -1 where no paper has it. */
export function numberOfWord({ keys, directory, shift }: KernelTables, hash: number): number {
  const from = directory[hash >>> shift] ?? 0;
  for (let number = from; number < from + mostAlike; number += 1) if (keys[number] === hash) return number;
  return -1;
}

function directoryOf(sorted: readonly number[]) {
  const keys = new Int32Array(sorted.length + mostAlike);
  keys.set(sorted);
  for (let bits = 4; ; bits += 1) {
    const shift = 32 - bits;
    const counts = new Uint32Array(1 << bits);
    for (const hash of sorted) counts[hash >>> shift] = (counts[hash >>> shift] ?? 0) + 1;
    if (bits < mostBits && counts.some((count) => count > mostAlike)) continue;
    const directory = new Uint32Array(1 << bits);
    for (let at = 1; at < directory.length; at += 1) directory[at] = (directory[at - 1] ?? 0) + (counts[at - 1] ?? 0);
    return { shift, keys, directory };
  }
}

function paperWords(vectors: readonly PaperVector[], numberOf: (word: string) => number) {
  const papers = vectors.map((vector) => {
    const values = new Map<number, number>();
    // Two words of one hash are one word.
    for (const [word, value] of vector) values.set(numberOf(word), value + (values.get(numberOf(word)) ?? 0));
    return [...values].sort(([one], [other]) => one - other);
  });
  const first = new Uint32Array(papers.length + 1);
  for (const [place, { length }] of papers.entries()) first[place + 1] = (first[place] ?? 0) + length;
  const words = papers.flat();
  return {
    first,
    wordOf: Uint32Array.from(words, ([number]) => number),
    worthOf: Float32Array.from(words, ([, value]) => value),
  };
}

function listsOf(words: number, size: number, { first, wordOf, worthOf }: ReturnType<typeof paperWords>) {
  const postings: Posting[][] = Array.from({ length: words }, () => []);
  for (let place = 0; place + 1 < first.length; place += 1) {
    for (let at = first[place] ?? 0; at < (first[place + 1] ?? 0); at += 1) {
      postings[wordOf[at] ?? 0]?.push([place, worthOf[at] ?? 0]);
    }
  }
  const kinds = postings.map(({ length }) => kindOf(length, size));
  const bytes = kinds.map((kind, word) => bytesOf(kind, postings[word]?.length ?? 0, size));
  const papersOf = new DataView(new ArrayBuffer(bytes.reduce((sum, length) => sum + length, 0)));
  const lists = new Uint32Array(words);
  let at = 0;
  for (const [word, kind] of kinds.entries()) {
    lists[word] = at | kind;
    putList(papersOf, at, kind, postings[word] ?? [], size);
    at += bytes[word] ?? 0;
  }
  return { lists, papersOf: new Uint8Array(papersOf.buffer) };
}

function kindOf(length: number, size: number): number {
  if (length > size * rowShare) return rowKind;
  const kind = lengths.findIndex((most) => length <= most);
  return kind < 0 ? longKind : kind;
}

function bytesOf(kind: number, length: number, size: number): number {
  if (kind === rowKind) return 4 * size;
  return 8 * (lengths[kind] ?? length + 1);
}

function putList(view: DataView, from: number, kind: number, postings: readonly Posting[], size: number): void {
  if (kind === rowKind) {
    for (const [place, value] of postings) view.setFloat32(from + 4 * place, value, true);
    return;
  }
  if (kind === longKind) view.setUint32(from, postings.length, true);
  const begin = kind === longKind ? from + 8 : from;
  const length = lengths[kind] ?? postings.length;
  for (let index = 0; index < length; index += 1) {
    const [place, value] = postings[index] ?? [size + index, 0];
    view.setUint32(begin + 8 * index, 4 * place, true);
    view.setFloat32(begin + 8 * index + 4, value, true);
  }
}

function partsOf(
  { first, wordOf }: ReturnType<typeof paperWords>,
  words: Iterable<string>,
  numberOf: (word: string) => number,
) {
  const halves = new Map<number, readonly [one: number, other: number]>();
  for (const pair of words) {
    const blank = pair.indexOf(' ');
    if (blank < 0) continue;
    halves.set(numberOf(pair), [numberOf(pair.slice(0, blank)), numberOf(pair.slice(blank + 1))]);
  }
  const parts = { onePart: new Uint16Array(wordOf.length), otherPart: new Uint16Array(wordOf.length) };
  for (let place = 0; place + 1 < first.length; place += 1) {
    const begin = first[place] ?? 0;
    const own = new Map(Array.from(wordOf.subarray(begin, first[place + 1]), (number, index) => [number, index]));
    for (const [number, index] of own) {
      const [one, other] = halves.get(number) ?? [number, number];
      parts.onePart[begin + index] = own.get(one) ?? index;
      parts.otherPart[begin + index] = own.get(other) ?? index;
    }
  }
  return parts;
}

function longestOf(first: Uint32Array): number {
  let longest = 0;
  for (let place = 0; place + 1 < first.length; place += 1) {
    longest = Math.max(longest, (first[place + 1] ?? 0) - (first[place] ?? 0));
  }
  return longest;
}
