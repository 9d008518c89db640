import type { PaperVector } from '../paper-vector.js';
import { wordHash } from '../word-hash.js';
import type { KernelTables } from './kernel/open-kernel.js';

/** So many words at most begin with the same bits: the kernel looks no further. */
const mostAlike = 16;
const mostBits = 20;
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
  const counts = new Map<string, number>();
  for (const vector of vectors) for (const word of vector.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const hashes = new Map(Array.from(counts.keys(), (word) => [word, wordHash(word)]));
  const table = directoryOf(findable(hashes, counts));
  const numbers = new Map(Array.from(hashes, ([word, hash]) => [word, numberOfWord(table, hash)]));
  const size = 32 * Math.ceil(vectors.length / 32);
  const words = paperWords(vectors, numbers, table.keys.length);
  return {
    ...table,
    ...listsOf(table.keys.length, size, words),
    ...words,
    ...partsOf(words, numbers, table.keys.length),
    size,
    longest: Math.max(0, ...vectors.map((vector) => vector.size)),
  };
}

/**
 * The hashes of words, ascending. Where more begin alike than the kernel compares, which never happens unless somebody looks
 * for such words, those that most papers have are kept: a paper cannot hide a word of the others.
 */
function findable(hashes: ReadonlyMap<string, number>, counts: ReadonlyMap<string, number>): readonly number[] {
  const different = [...new Set(hashes.values())];
  const alike = new Uint32Array(1 << mostBits);
  const isRoomFor = (hash: number) => {
    const bits = hash >>> (32 - mostBits);
    alike[bits] = (alike[bits] ?? 0) + 1;
    return (alike[bits] ?? 0) <= mostAlike;
  };
  const ascending = (kept: number[]) => kept.sort((one, other) => (one >>> 0) - (other >>> 0));
  if (different.every(isRoomFor)) return ascending(different);
  alike.fill(0);
  const papers = new Map<number, number>();
  for (const [word, hash] of hashes) papers.set(hash, (papers.get(hash) ?? 0) + (counts.get(word) ?? 0));
  const byPapers = [...papers].sort(([, one], [, other]) => other - one).map(([hash]) => hash);
  return ascending(byPapers.filter(isRoomFor));
}

type Directory = Pick<KernelTables, 'keys' | 'directory' | 'shift'>;

/** The number of the word with a hash; -1 where no paper has it. */
export function numberOfWord({ keys, directory, shift }: Directory, hash: number): number {
  const from = directory[hash >>> shift] ?? 0;
  for (let number = from; number < from + mostAlike; number += 1) if (keys[number] === hash) return number;
  return -1;
}

function directoryOf(sorted: readonly number[]): Directory {
  const keys = new Int32Array(sorted.length + mostAlike);
  keys.set(sorted);
  for (let bits = 4; ; bits += 1) {
    const shift = 32 - bits;
    const counts = new Uint32Array(1 << bits);
    for (const hash of sorted) counts[hash >>> shift] = (counts[hash >>> shift] ?? 0) + 1;
    if (counts.some((count) => count > mostAlike)) continue;
    const directory = new Uint32Array(1 << bits);
    for (let at = 1; at < directory.length; at += 1) directory[at] = (directory[at - 1] ?? 0) + (counts[at - 1] ?? 0);
    return { shift, keys, directory };
  }
}

/** By word its number; -1 for one that is not kept. */
type WordNumbers = ReadonlyMap<string, number>;

function paperWords(vectors: readonly PaperVector[], numbers: WordNumbers, keys: number) {
  const first = new Uint32Array(vectors.length + 1);
  const [wordOf, worthOf]: [number[], number[]] = [[], []];
  const worths = new Float64Array(keys);
  for (const [place, vector] of vectors.entries()) {
    const own: number[] = [];
    for (const [word, value] of vector) {
      const number = numbers.get(word) ?? -1;
      if (number < 0) continue;
      // Two words of one hash are one word.
      worths[number] = (worths[number] ?? 0) + value;
      own.push(number);
    }
    for (const number of new Set(Uint32Array.from(own).sort())) {
      wordOf.push(number);
      worthOf.push(worths[number] ?? 0);
      worths[number] = 0;
    }
    first[place + 1] = wordOf.length;
  }
  return { first, wordOf: Uint32Array.from(wordOf), worthOf: Float32Array.from(worthOf) };
}

type PaperWords = ReturnType<typeof paperWords>;

/** Also for the keys after the last word, which damaged profiles may find: no papers. */
function listsOf(keys: number, size: number, words: PaperWords) {
  const counts = new Uint32Array(keys);
  for (const number of words.wordOf) counts[number] = (counts[number] ?? 0) + 1;
  const lists = new Uint32Array(keys);
  let bytes = 0;
  for (const [number, count] of counts.entries()) {
    const kind = kindOf(count, size);
    lists[number] = bytes | kind;
    bytes += bytesOf(kind, count, size);
  }
  const papersOf = new Uint8Array(bytes);
  putPapers(papersOf, { lists, counts, size }, words);
  return { lists, papersOf };
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

function putPapers(
  { buffer }: Uint8Array<ArrayBuffer>,
  { lists, counts, size }: { readonly lists: Uint32Array; readonly counts: Uint32Array; readonly size: number },
  { first, wordOf, worthOf }: PaperWords,
): void {
  const [places, values] = [new Uint32Array(buffer), new Float32Array(buffer)];
  const next = new Uint32Array(lists.length);
  for (const [number, list] of lists.entries()) {
    const [kind, count] = [list & 7, counts[number] ?? 0];
    const begin = ((list & ~7) >>> 2) + (kind === longKind ? 2 : 0);
    next[number] = begin;
    if (kind === longKind) places[begin - 2] = count;
    for (let index = count; index < (lengths[kind] ?? 0); index += 1) places[begin + 2 * index] = 4 * (size + index);
  }
  for (let place = 0; place + 1 < first.length; place += 1) {
    for (let at = first[place] ?? 0; at < (first[place + 1] ?? 0); at += 1) {
      const number = wordOf[at] ?? 0;
      const to = next[number] ?? 0;
      if (((lists[number] ?? 0) & 7) === rowKind) {
        values[to + place] = worthOf[at] ?? 0;
        continue;
      }
      places[to] = 4 * place;
      values[to + 1] = worthOf[at] ?? 0;
      next[number] = to + 2;
    }
  }
}

function partsOf({ first, wordOf }: PaperWords, numbers: WordNumbers, keys: number) {
  const ones = Uint32Array.from({ length: keys }, (_, number) => number);
  const others = ones.slice();
  for (const [pair, number] of numbers) {
    const blank = pair.indexOf(' ');
    if (blank < 0 || number < 0) continue;
    ones[number] = numbers.get(pair.slice(0, blank)) ?? number;
    others[number] = numbers.get(pair.slice(blank + 1)) ?? number;
  }
  const parts = { onePart: new Uint16Array(wordOf.length), otherPart: new Uint16Array(wordOf.length) };
  /** Of the words of one paper, their numbers in it, from 1. */
  const own = new Uint16Array(keys);
  for (let place = 0; place + 1 < first.length; place += 1) {
    const [begin, end] = [first[place] ?? 0, first[place + 1] ?? 0];
    for (let at = begin; at < end; at += 1) own[wordOf[at] ?? 0] = at - begin + 1;
    for (let at = begin; at < end; at += 1) {
      const word = wordOf[at] ?? 0;
      parts.onePart[at] = (own[ones[word] ?? 0] || at - begin + 1) - 1;
      parts.otherPart[at] = (own[others[word] ?? 0] || at - begin + 1) - 1;
    }
    for (let at = begin; at < end; at += 1) own[wordOf[at] ?? 0] = 0;
  }
  return parts;
}
