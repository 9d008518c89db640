import type { IndexedPaper } from '../../filter/match/index-paper.js';
import { exampleOf, packedLimits, titleIn, weightShares, weightsAt, wordsIn } from '../packed-profile.js';
import { wordHash } from '../word-hash.js';
import { topWords } from './told-words.js';
import { type FoundWords, slotOf, type WordTable } from './word-table.js';

/** Why a paper is like some examples. */
export interface LikenessReason {
  /** The words that count most, as written in the paper; those that stand side by side together. */
  readonly words: readonly string[];
  /** Title of the example that most of the paper's words come from, as far as titles are kept. */
  readonly like?: string;
}

/** Tells why papers are like the profile whose words were found last; `forget` when others are going to be found. */
export function reasonTeller(papers: readonly IndexedPaper[], table: WordTable, found: FoundWords) {
  const { first, word, value } = table.wordsOf;
  const { parts } = table;
  /** By slot: one more than the word's place in the profile, while `isSpread`. */
  const wordAt = new Uint16Array(table.size);
  let isSpread = false;
  const numbersOf = numbersByPosition(papers, table);
  const top = topWords(longestOf(table));
  let titles: string[] = [];
  const byExample = new Float64Array(packedLimits.titles);

  function forget(): void {
    if (isSpread) for (let index = 0; index < found.count; index += 1) wordAt[found.slots[index] ?? 0] = 0;
    isSpread = false;
    titles = [];
  }

  function spread(): void {
    for (let index = 0; index < found.count; index += 1) {
      wordAt[found.slots[index] ?? 0] = (found.words[index] ?? 0) + 1;
    }
    isSpread = true;
  }

  /** Collects the words that speak for the paper at a place, pairs by halves, and what each example gives. */
  function weigh(packed: Uint8Array, place: number): void {
    const from = weightsAt(wordsIn(packed));
    const end = first[place + 1] ?? 0;
    for (let at = first[place] ?? 0; at < end; at += 1) {
      const number = (wordAt[word[at] ?? 0] ?? 0) - 1;
      if (number < 0) continue;
      const worth = (weightShares[packed[from + number] ?? 0] ?? 0) * (value[at] ?? 0);
      if (worth <= 0) continue;
      top.add(parts[0][at] ?? 0, worth / 2);
      top.add(parts[1][at] ?? 0, worth / 2);
      const example = exampleOf(packed, number);
      if (example >= 0) byExample[example] = (byExample[example] ?? 0) + worth;
    }
  }

  function titleOf(packed: Uint8Array, number: number): string {
    const title = titles[number] ?? titleIn(packed, number);
    titles[number] = title;
    return title;
  }

  function reasonAt(packed: Uint8Array, place: number): LikenessReason | undefined {
    const paper = papers[place];
    if (!paper) return undefined;
    if (!isSpread) spread();
    byExample.fill(0);
    weigh(packed, place);
    const words = top.tell(paper, numbersOf(place));
    const nearest = largest(byExample);
    const like = nearest >= 0 ? titleOf(packed, nearest) : undefined;
    return words.length === 0 ? undefined : { words, ...(like !== undefined && { like }) };
  }

  return { reasonAt, forget };
}

/** Where the largest of some numbers is; -1 where none is above 0. */
function largest(numbers: Float64Array): number {
  let best = -1;
  for (let at = 0; at < numbers.length; at += 1) {
    if ((numbers[at] ?? 0) > (best < 0 ? 0 : (numbers[best] ?? 0))) best = at;
  }
  return best;
}

/** How many words the paper has that has most. */
function longestOf({ wordsOf: { first } }: WordTable): number {
  let longest = 0;
  for (let place = 0; place + 1 < first.length; place += 1) {
    longest = Math.max(longest, (first[place + 1] ?? 0) - (first[place] ?? 0));
  }
  return longest;
}

/** For each position of a paper which of its words is there, for none a number that no word has; made when first asked. */
function numbersByPosition(papers: readonly IndexedPaper[], table: WordTable): (place: number) => Uint16Array {
  const { first, word } = table.wordsOf;
  const known: (Uint16Array | undefined)[] = new Array(papers.length).fill(undefined);
  const none = longestOf(table);

  function made(place: number): Uint16Array {
    const slots = word.subarray(first[place], first[place + 1]);
    const numbers = new Map(Array.from(slots, (slot, number) => [slot, number]));
    const numberOf = (term: string) => numbers.get(term === '' ? -1 : slotOf(table, wordHash(term))) ?? none;
    return Uint16Array.from(papers[place]?.words ?? [], ({ term }) => numberOf(term));
  }

  return (place) => {
    const numbers = known[place] ?? made(place);
    known[place] = numbers;
    return numbers;
  };
}
