import type { TextField } from './filter.js';
import type { IndexedPaper } from './index-paper.js';
import type { KnownWord } from './known-words.js';

/** An edition's papers in rank order, and their words one behind the other, with a gap behind each text. */
export interface EditionText {
  readonly papers: readonly IndexedPaper[];
  /** How many words, the gaps counted. */
  readonly length: number;
  /** Place of the paper of each word. */
  readonly placeAt: Uint32Array;
  /** The text of each word, as in `partCodes`. */
  readonly partAt: Uint8Array;
}

const partCodes = { title: 1, abstract: 2, keyword: 3 } as const;

/** Joins the texts of papers. */
export function editionText(papers: readonly IndexedPaper[]): EditionText {
  const length = papers.reduce((sum, { words }) => sum + words.length, 0);
  const placeAt = new Uint32Array(length);
  const partAt = new Uint8Array(length);
  let at = 0;
  for (const [place, { words, texts }] of papers.entries()) {
    placeAt.fill(place, at, at + words.length);
    for (const { part, first } of texts) {
      if (part in partCodes) partAt.fill(partCodes[part as TextField], at + first, at + words.length);
    }
    at += words.length;
  }
  return { papers, length, placeAt, partAt };
}

/** Finds papers by words as they are written, or by their terms. */
export interface RunIndex {
  /** Visits the place of each paper that has one word, or several side by side in one text; maybe more than once. */
  readonly visit: (run: readonly string[], field: TextField | undefined, visit: (place: number) => void) => void;
  /** The word that occurs least often. */
  readonly rarest: (words: readonly string[]) => string;
  /** The words that begin so. */
  readonly wordsFrom: (prefix: string) => readonly string[];
}

/**
 * Lists where each word, or each term, stands: `spots` has all positions of word 0, then of word 1 and so on; those of
 * word w are from `firstSpot[w]` up to `firstSpot[w + 1]`. Number 0 is the gap.
 */
export function runIndex(text: EditionText, by: keyof KnownWord): RunIndex {
  const { numbers, numberAt } = numbered(text, by);
  const { firstSpot, spots } = spotsOf(numberAt, numbers.size);
  const wanted: number[] = [];

  function countOf(number: number): number {
    return (firstSpot[number + 1] ?? 0) - (firstSpot[number] ?? 0);
  }

  /** Which of the words occurs least often; puts their numbers into `wanted`, 0 for a word that does not occur. */
  function rarestOf(words: readonly string[]): number {
    let rarest = 0;
    for (let index = 0; index < words.length; index += 1) {
      const number = numbers.get(words[index] ?? '') ?? 0;
      wanted[index] = number;
      if (number === 0) return index;
      if (countOf(number) < countOf(wanted[rarest] ?? 0)) rarest = index;
    }
    return rarest;
  }

  function isRunAt(start: number, length: number): boolean {
    for (let index = 0; index < length; index += 1) if (numberAt[start + index] !== wanted[index]) return false;
    return true;
  }

  function visit(run: readonly string[], field: TextField | undefined, visitPlace: (place: number) => void): void {
    // The rarest word is looked up, its neighbours are compared.
    const offset = rarestOf(run);
    const number = wanted[offset] ?? 0;
    if (number === 0) return;
    const part = field === undefined ? 0 : partCodes[field];
    const end = firstSpot[number + 1] ?? 0;
    for (let index = firstSpot[number] ?? 0; index < end; index += 1) {
      const start = (spots[index] ?? 0) - offset;
      // Reading before an array's start is slow, and makes all reading slow.
      if (start < 0) continue;
      if (part !== 0 && text.partAt[start] !== part) continue;
      if (isRunAt(start, run.length)) visitPlace(text.placeAt[start] ?? 0);
    }
  }

  let sorted: readonly string[] | undefined;
  function wordsFrom(prefix: string): readonly string[] {
    sorted ??= [...numbers.keys()].sort();
    const first = firstIndex(sorted, (word) => word >= prefix);
    const count = firstIndex(sorted.slice(first), (word) => !word.startsWith(prefix));
    return sorted.slice(first, first + count);
  }

  return { visit, rarest: (words) => words[rarestOf(words)] ?? '', wordsFrom };
}

function numbered({ papers, length }: EditionText, by: keyof KnownWord) {
  const numbers = new Map([['', 0]]);
  const numberAt = new Uint32Array(length);
  let at = 0;
  for (const { words } of papers) {
    for (const known of words) {
      let number = numbers.get(known[by]);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(known[by], number);
      }
      numberAt[at] = number;
      at += 1;
    }
  }
  return { numbers, numberAt };
}

function spotsOf(numberAt: Uint32Array, count: number) {
  const firstSpot = new Uint32Array(count + 1);
  for (const number of numberAt) firstSpot[number + 1] = (firstSpot[number + 1] ?? 0) + 1;
  for (let number = 0; number < count; number += 1) {
    firstSpot[number + 1] = (firstSpot[number + 1] ?? 0) + (firstSpot[number] ?? 0);
  }
  const next = firstSpot.slice();
  const spots = new Uint32Array(numberAt.length);
  for (let at = 0; at < numberAt.length; at += 1) {
    const number = numberAt[at] ?? 0;
    const spot = next[number] ?? 0;
    spots[spot] = at;
    next[number] = spot + 1;
  }
  return { firstSpot, spots };
}

/** The first index that passes, when all behind it pass too; the length when none does. */
function firstIndex(list: readonly string[], passes: (word: string) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(list[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}
