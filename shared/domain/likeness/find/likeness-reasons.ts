import type { IndexedPaper } from '../../filter/match/index-paper.js';
import { titleIn } from '../packed-profile.js';
import { wordHash } from '../word-hash.js';
import type { Kernel, KernelTables } from './kernel/open-kernel.js';
import { type WordPositions, wordsToTell } from './told-words.js';
import { numberOfWord } from './word-table.js';

/** Why a paper is like some examples. */
export interface LikenessReason {
  /** The words that count most, as written in the paper; those that stand side by side together. */
  readonly words: readonly string[];
  /** Title of the example that most of the paper's words come from, as far as titles are kept. */
  readonly like?: string;
}

/** Tells why papers are like the profile that was matched last; `forget` when another one is going to be. */
export function reasonTeller(papers: readonly IndexedPaper[], table: KernelTables, kernel: Kernel) {
  const positionsOf = positionsByWord(papers, table);
  let isSpread = false;
  let titles: string[] = [];

  function forget(): void {
    if (isSpread) kernel.forget();
    isSpread = false;
    titles = [];
  }

  function titleOf(packed: Uint8Array, number: number): string {
    const title = titles[number] ?? titleIn(packed, number);
    titles[number] = title;
    return title;
  }

  function reasonAt(packed: Uint8Array, place: number): LikenessReason | undefined {
    const paper = papers[place];
    if (!paper) return undefined;
    if (!isSpread) kernel.spread();
    isSpread = true;
    const count = kernel.tell(place);
    if (count === 0) return undefined;
    const words = wordsToTell(paper, positionsOf(place), { count, numbers: kernel.told, worths: kernel.worths });
    const nearest = largest(kernel.given);
    if (words.length === 0) return undefined;
    return nearest < 0 ? { words } : { words, like: titleOf(packed, nearest) };
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

/** Where each paper has its words; made when first asked. */
function positionsByWord(papers: readonly IndexedPaper[], table: KernelTables): (place: number) => WordPositions {
  const { first, wordOf } = table;
  const known: (WordPositions | undefined)[] = new Array(papers.length).fill(undefined);

  function made(place: number): WordPositions {
    const own = Array.from(wordOf.subarray(first[place], first[place + 1]));
    const positions = new Map(own.map((number): [number, number[]] => [number, []]));
    const { words = [], texts = [] } = papers[place] ?? {};
    for (const [at, { term }] of words.slice(0, texts[2]?.first).entries()) {
      if (term !== '') positions.get(numberOfWord(table, wordHash(term)))?.push(at);
    }
    const lists = own.map((number) => positions.get(number) ?? []);
    const firsts = new Uint16Array(lists.length + 1);
    for (const [index, { length }] of lists.entries()) firsts[index + 1] = (firsts[index] ?? 0) + length;
    return { first: firsts, at: Uint16Array.from(lists.flat()) };
  }

  return (place) => {
    const positions = known[place] ?? made(place);
    known[place] = positions;
    return positions;
  };
}
