import type { IndexedPaper } from '../../filter/match/index-paper.js';

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

/** The words that are told of one paper, the strongest first: rank n of them adds `worths[n]` to its score. */
interface ToldWords {
  readonly count: number;
  /** By the numbers of the paper's words: one more than the rank, 0 for none. */
  readonly ranks: Uint8Array;
  readonly worths: Float64Array;
}

/**
 * Finds the words of a paper that add most to its score, by their numbers among its words, and writes them as the paper does; no
 * paper has more than `longest` words.
 */
export function topWords(longest: number) {
  const numbers = new Int32Array(mostWords);
  const worths = new Float64Array(mostWords);
  const ranks = new Uint8Array(longest + 1);
  /** By number, of the words that were added. */
  const sums = new Float64Array(longest);
  const added: number[] = [];
  let addedCount = 0;

  function add(number: number, worth: number): void {
    if (sums[number] === 0) {
      added[addedCount] = number;
      addedCount += 1;
    }
    sums[number] = (sums[number] ?? 0) + worth;
  }

  /** Puts the strongest in order; answers how many there are that count a tenth of the first at least. */
  function sort(): number {
    let length = 0;
    for (let index = 0; index < addedCount; index += 1) {
      const number = added[index] ?? 0;
      const worth = sums[number] ?? 0;
      sums[number] = 0;
      if (length === mostWords && worth <= (worths[mostWords - 1] ?? 0)) continue;
      let at = Math.min(length, mostWords - 1);
      for (; at > 0 && worth > (worths[at - 1] ?? 0); at -= 1) {
        numbers[at] = numbers[at - 1] ?? 0;
        worths[at] = worths[at - 1] ?? 0;
      }
      numbers[at] = number;
      worths[at] = worth;
      length = Math.min(length + 1, mostWords);
    }
    addedCount = 0;
    while (length > 0 && (worths[length - 1] ?? 0) < leastShare * (worths[0] ?? 0)) length -= 1;
    return length;
  }

  /** Tells what was added, and begins anew. */
  function tell(paper: IndexedPaper, numberAt: Uint16Array): readonly string[] {
    const count = sort();
    for (let rank = 0; rank < count; rank += 1) ranks[numbers[rank] ?? 0] = rank + 1;
    const words = wordsToTell(paper, numberAt, { count, ranks, worths });
    for (let rank = 0; rank < count; rank += 1) ranks[numbers[rank] ?? 0] = 0;
    return words;
  }

  return { add, tell };
}

/** The words as the paper has them, joined where they are side by side; the strongest first, as many as fit a line. */
function wordsToTell(paper: IndexedPaper, numberAt: Uint16Array, words: ToldWords): readonly string[] {
  const runs = runsIn(paper, numberAt, words);
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
function runsIn(paper: IndexedPaper, numberAt: Uint16Array, { ranks, worths }: ToldWords): readonly Run[] {
  const runs: Run[] = [];
  const end = paper.texts[2]?.first ?? numberAt.length;
  let [met, last] = [0, undefined as Run | undefined];
  for (let at = 0; at < end; at += 1) {
    const rank = (ranks[numberAt[at] ?? 0] ?? 0) - 1;
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
