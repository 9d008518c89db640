import type { TextField } from './filter.js';
import type { IndexedPaper } from './index-paper.js';
import type { KnownWord } from './known-words.js';
import { addPlace, emptySet, type PaperSet } from './paper-set.js';

/** All words of an edition one behind the other, in rank order of the papers, with a gap behind each text. */
export interface EditionText {
  /** How many papers. */
  readonly size: number;
  readonly words: readonly KnownWord[];
  /** Place of the paper of each word. */
  readonly placeAt: Uint32Array;
  /** The text of each word, as in `partCodes`. */
  readonly partAt: Uint8Array;
}

const partCodes = { title: 1, abstract: 2, keyword: 3 } as const;

/** Joins the texts of papers. */
export function editionText(papers: readonly IndexedPaper[]): EditionText {
  const length = papers.reduce((sum, paper) => sum + paper.words.length, 0);
  const words: KnownWord[] = new Array(length);
  const placeAt = new Uint32Array(length);
  const partAt = new Uint8Array(length);
  let at = 0;
  for (const [place, paper] of papers.entries()) {
    placeAt.fill(place, at, at + paper.words.length);
    for (const { part, first } of paper.texts) {
      if (part in partCodes) partAt.fill(partCodes[part as TextField], at + first, at + paper.words.length);
    }
    for (const word of paper.words) {
      words[at] = word;
      at += 1;
    }
  }
  return { size: papers.length, words, placeAt, partAt };
}

/** Finds papers by words as they are written, or by their terms. */
export interface RunIndex {
  /** The papers that have one word, or several side by side in one text. */
  readonly papersWith: (run: readonly string[], field: TextField | undefined) => PaperSet;
  /** The words that begin so. */
  readonly wordsFrom: (prefix: string) => readonly string[];
}

/**
 * Lists where each word, or each term, stands: `spots` has all positions of word 0, then of word 1 and so on; those of
 * word w are from `firstSpot[w]` up to `firstSpot[w + 1]`. Number 0 is the gap.
 */
export function runIndex(text: EditionText, by: keyof KnownWord): RunIndex {
  const { numbers, numberAt } = numbered(text.words, by);
  const { firstSpot, spots } = spotsOf(numberAt, numbers.size);
  const countOf = (word: number) => (firstSpot[word + 1] ?? 0) - (firstSpot[word] ?? 0);

  function papersWith(run: readonly string[], field: TextField | undefined): PaperSet {
    const papers = emptySet(text.size);
    const wanted = run.map((word) => numbers.get(word) ?? 0);
    if (wanted.includes(0)) return papers;
    // The rarest word is looked up, its neighbours are compared.
    const rarest = wanted.reduce((best, word, index) => (countOf(word) < countOf(wanted[best] ?? 0) ? index : best), 0);
    const part = field === undefined ? 0 : partCodes[field];
    const [from, to] = [firstSpot[wanted[rarest] ?? 0] ?? 0, firstSpot[(wanted[rarest] ?? 0) + 1] ?? 0];
    for (let index = from; index < to; index += 1) {
      const start = (spots[index] ?? 0) - rarest;
      if (part !== 0 && text.partAt[start] !== part) continue;
      let length = 0;
      while (length < wanted.length && numberAt[start + length] === wanted[length]) length += 1;
      if (length === wanted.length) addPlace(papers, text.placeAt[start] ?? 0);
    }
    return papers;
  }

  let sorted: readonly string[] | undefined;
  function wordsFrom(prefix: string): readonly string[] {
    sorted ??= [...numbers.keys()].sort();
    const first = firstIndex(sorted, (word) => word >= prefix);
    const count = firstIndex(sorted.slice(first), (word) => !word.startsWith(prefix));
    return sorted.slice(first, first + count);
  }

  return { papersWith, wordsFrom };
}

function numbered(words: readonly KnownWord[], by: keyof KnownWord) {
  const numbers = new Map([['', 0]]);
  const numberAt = new Uint32Array(words.length);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]?.[by] ?? '';
    let number = numbers.get(word);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(word, number);
    }
    numberAt[at] = number;
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
