import type { IndexedPaper } from '../../filter/match/index-paper.js';

/** Words are told in at most so many letters. */
const mostLetters = 60;

/** Where a paper's title and abstract have its words: word n at the positions from `first[n]` to `first[n + 1]` of `at`. */
export interface WordPositions {
  readonly first: Uint16Array;
  readonly at: Uint16Array;
}

/** The words that are told of one paper, the strongest first, by their numbers among its words, and what each adds. */
interface StrongestWords {
  readonly count: number;
  readonly numbers: Uint16Array;
  readonly worths: Float64Array;
}

/** Words that follow one another: the positions of the first and the last, the bits of their ranks, and what they add. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly ranks: number;
  readonly worth: number;
}

/** The words as the paper has them, joined where they are side by side; the strongest first, as many as fit a line. */
export function wordsToTell(paper: IndexedPaper, positions: WordPositions, words: StrongestWords): readonly string[] {
  const runs = runsIn(paper, meet(positions, words), words);
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

/** Each place where a word is, ascending: eight times its position, and its rank. Filled anew for each paper. */
const met: number[] = [];

/** Answers how many places there are. */
function meet({ first, at }: WordPositions, { count, numbers }: StrongestWords): number {
  let places = 0;
  for (let rank = 0; rank < count; rank += 1) {
    const number = numbers[rank] ?? 0;
    const end = first[number + 1] ?? 0;
    for (let index = first[number] ?? 0; index < end; index += 1) {
      const place = 8 * (at[index] ?? 0) + rank;
      let to = places;
      for (; to > 0 && place < (met[to - 1] ?? 0); to -= 1) met[to] = met[to - 1] ?? 0;
      met[to] = place;
      places += 1;
    }
  }
  return places;
}

/** Each word by itself, and those that have nothing but a blank or a hyphen between them. */
function runsIn(paper: IndexedPaper, places: number, { worths }: StrongestWords): readonly Run[] {
  const runs: Run[] = [];
  let [known, last] = [0, undefined as Run | undefined];
  for (let index = 0; index < places; index += 1) {
    const place = met[index] ?? 0;
    const at = place >>> 3;
    const own = 1 << (place & 7);
    const worth = worths[place & 7] ?? 0;
    const alone: Run = { from: at, to: at, ranks: own, worth };
    if ((known & own) === 0) runs.push(alone);
    known |= own;
    const isNext = last !== undefined && last.to === at - 1 && (last.ranks & own) === 0 && isJoined(paper, at);
    last = isNext && last ? { from: last.from, to: at, ranks: last.ranks | own, worth: last.worth + worth } : alone;
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
