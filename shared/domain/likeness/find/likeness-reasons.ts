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
  const slotsOf = slotsByPosition(papers, table);
  const top = topWords(table.size);
  const byExample = new Float64Array(packedLimits.titles);

  function forget(): void {
    if (isSpread) for (let index = 0; index < found.count; index += 1) wordAt[found.slots[index] ?? 0] = 0;
    isSpread = false;
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
      const slot = word[at] ?? 0;
      const number = (wordAt[slot] ?? 0) - 1;
      if (number < 0) continue;
      const worth = (weightShares[packed[from + number] ?? 0] ?? 0) * (value[at] ?? 0);
      if (worth <= 0) continue;
      top.add(parts[0][slot] ?? slot, worth / 2);
      top.add(parts[1][slot] ?? slot, worth / 2);
      const example = exampleOf(packed, number);
      if (example >= 0) byExample[example] = (byExample[example] ?? 0) + worth;
    }
  }

  function reasonAt(packed: Uint8Array, place: number): LikenessReason | undefined {
    const paper = papers[place];
    if (!paper) return undefined;
    if (!isSpread) spread();
    byExample.fill(0);
    weigh(packed, place);
    const words = top.tell(paper, slotsOf(place));
    const nearest = largest(byExample);
    const like = nearest >= 0 ? titleIn(packed, nearest) : undefined;
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

/** For each position of a paper the slot of its word, the last for none, which is free; made when first asked. */
function slotsByPosition(papers: readonly IndexedPaper[], table: WordTable): (place: number) => Int32Array {
  const known: (Int32Array | undefined)[] = new Array(papers.length).fill(undefined);
  return (place) => {
    const made =
      known[place] ??
      Int32Array.from(papers[place]?.words ?? [], ({ term }) => {
        const slot = term === '' ? -1 : slotOf(table, wordHash(term));
        return slot < 0 ? table.size - 1 : slot;
      });
    known[place] = made;
    return made;
  };
}
