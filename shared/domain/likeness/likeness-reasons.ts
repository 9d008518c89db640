import type { IndexedPaper } from '../filter/match/index-paper.js';
import type { FoundWords } from './likeness-index.js';
import { exampleOf, packedLimits, titleIn, weightShares, weightsAt, wordsIn } from './packed-profile.js';
import { wordHash } from './word-hash.js';
import { slotOf, type WordTable } from './word-table.js';

/** Why a paper is like some examples. */
export interface LikenessReason {
  /** The words that count most, as written in the paper; those that stand side by side together. */
  readonly words: readonly string[];
  /** Title of the example that most of the paper's words come from, as far as titles are kept. */
  readonly like?: string;
}

/** At most so many words are told, in at most so many letters, and none that counts so much less than the first. */
const mostWords = 6;
const mostLetters = 60;
const leastShare = 0.1;

/** Words that follow one another: the positions of the first and the last, the bits of their ranks, and what they add. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly ranks: number;
  readonly worth: number;
}

/** Tells why papers are like the profile whose words were found last; `forget` when others are going to be found. */
export function reasonTeller(papers: readonly IndexedPaper[], table: WordTable, found: FoundWords) {
  const { first, word, value } = table.wordsOf;
  /** By slot: one more than the word's place in the profile, while `isSpread`. */
  const wordAt = new Uint16Array(table.keys.length);
  let isSpread = false;
  const slotsOf = slotsByPosition(papers, table);
  const top = topWords(table.keys.length);
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

  /** Collects the words that speak for the paper at a place, and what each example gives. */
  function weigh(packed: Uint8Array, place: number): void {
    const from = weightsAt(wordsIn(packed));
    const end = first[place + 1] ?? 0;
    for (let at = first[place] ?? 0; at < end; at += 1) {
      const number = (wordAt[word[at] ?? 0] ?? 0) - 1;
      if (number < 0) continue;
      const worth = (weightShares[packed[from + number] ?? 0] ?? 0) * (value[at] ?? 0);
      if (worth <= 0) continue;
      top.add(word[at] ?? 0, worth);
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
        return slot < 0 ? table.keys.length - 1 : slot;
      });
    known[place] = made;
    return made;
  };
}

/** The words that are told of one paper, the strongest first: rank n of them adds `worths[n]` to its score. */
interface ToldWords {
  readonly count: number;
  /** By slot: one more than the word's rank, 0 for none. */
  readonly ranks: Uint8Array;
  readonly worths: Float64Array;
}

/** Finds the words of a paper that add most to its score. */
function topWords(slotCount: number) {
  const slots = new Int32Array(mostWords);
  const worths = new Float64Array(mostWords);
  const ranks = new Uint8Array(slotCount);
  let length = 0;

  function add(slot: number, worth: number): void {
    if (length === mostWords && worth <= (worths[mostWords - 1] ?? 0)) return;
    let at = Math.min(length, mostWords - 1);
    for (; at > 0 && worth > (worths[at - 1] ?? 0); at -= 1) {
      slots[at] = slots[at - 1] ?? 0;
      worths[at] = worths[at - 1] ?? 0;
    }
    slots[at] = slot;
    worths[at] = worth;
    length = Math.min(length + 1, mostWords);
  }

  /** Tells those that count a tenth of the first at least, and begins anew. */
  function tell(paper: IndexedPaper, slotAt: Int32Array): readonly string[] {
    let count = 0;
    while (count < length && (worths[count] ?? 0) >= leastShare * (worths[0] ?? 0)) count += 1;
    for (let rank = 0; rank < count; rank += 1) ranks[slots[rank] ?? 0] = rank + 1;
    const words = wordsToTell(paper, slotAt, { count, ranks, worths });
    for (let rank = 0; rank < count; rank += 1) ranks[slots[rank] ?? 0] = 0;
    length = 0;
    return words;
  }

  return { add, tell };
}

/** The words as the paper has them, joined where they are side by side; the strongest first, as many as fit a line. */
function wordsToTell(paper: IndexedPaper, slotAt: Int32Array, words: ToldWords): readonly string[] {
  const runs = runsIn(paper, slotAt, words);
  const told: string[] = [];
  let [done, letters] = [0, 0];
  for (;;) {
    let best: Run | undefined;
    for (const run of runs) if ((run.ranks & done) === 0 && run.worth > (best?.worth ?? 0)) best = run;
    if (!best) return told;
    done |= best.ranks;
    const text = textOf(paper, best);
    if (told.length > 0 && letters + text.length > mostLetters) continue;
    letters += text.length + 2;
    told.push(text);
  }
}

/** Each word by itself, and those that have nothing but a blank or a hyphen between them. */
function runsIn(paper: IndexedPaper, slotAt: Int32Array, { ranks, worths }: ToldWords): readonly Run[] {
  const runs: Run[] = [];
  const end = paper.texts[2]?.first ?? slotAt.length;
  let [met, last] = [0, undefined as Run | undefined];
  for (let at = 0; at < end; at += 1) {
    const rank = (ranks[slotAt[at] ?? 0] ?? 0) - 1;
    if (rank < 0) {
      last = undefined;
      continue;
    }
    const own = 1 << rank;
    const alone: Run = { from: at, to: at, ranks: own, worth: worths[rank] ?? 0 };
    if ((met & own) === 0) runs.push(alone);
    met |= own;
    const isNext = last !== undefined && (last.ranks & own) === 0 && isJoined(paper, at);
    last =
      isNext && last ? { from: last.from, to: at, ranks: last.ranks | own, worth: last.worth + alone.worth } : alone;
    if (isNext) runs.push(last);
  }
  return runs;
}

function isJoined({ offsets }: IndexedPaper, at: number): boolean {
  return (offsets[2 * at] ?? 0) - (offsets[2 * at - 1] ?? 0) === 1;
}

function textOf({ texts, offsets }: IndexedPaper, { from, to }: Run): string {
  const holder = (texts[1]?.first ?? 0) <= from ? texts[1] : texts[0];
  return holder?.text.slice(offsets[2 * from], offsets[2 * to + 1]) ?? '';
}
