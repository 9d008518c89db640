import { type CompiledFilter, leafAt, stepCodec } from '../compile-filter.js';
import type { TermFilter } from '../filter.js';
import type { MatchedWord } from '../match/find-term.js';
import { tellingWords } from '../match/match-filter.js';
import type { Evaluator } from './evaluator.js';
import type { PaperSets, SetNumber } from './paper-sets.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/** The words that made the paper at a place match a filter, given the filter's set. */
export type KeptWords = (filter: CompiledFilter, set: SetNumber, place: number) => readonly string[];

/**
 * How many lists of words are kept for an edition, of about 100 bytes each. When there are more, all are forgotten; a
 * list is made anew in less than a microsecond.
 */
export const mostKeptLists = 1 << 18;

const noWords: readonly string[] = [];

/** What a leaf of fewer papers shows is looked up each time. */
const papersOfCommonLeaf = 32;

/** By set, and then by how many papers of the set come before. */
type Row<Value> = (Value | undefined)[];
type Rows<Value> = (Row<Value> | undefined)[];

/**
 * Says why papers match, once for each filter and paper: what `matchFilter` says. Which leaves are in a paper is read
 * off their sets; `hitsIn` gives the words of one, as `wordsOfTerm`.
 */
export function keptWords(
  sets: PaperSets,
  { leafSet }: Evaluator,
  hitsIn: (place: number, leaf: TermFilter) => readonly MatchedWord[],
  most = mostKeptLists,
): KeptWords {
  const findReasons = reasonFinder(sets, leafSet);
  const reasons: number[] = [];
  let lists: Rows<readonly string[]> = [];
  let hits: Rows<readonly MatchedWord[]> = [];
  let count = 0;

  function keep<Value>(row: Row<Value>, before: number, value: Value): void {
    while (row.length <= before) row.push(undefined);
    row[before] = value;
    count += 1;
  }

  function forget(): void {
    lists = [];
    hits = [];
    count = 0;
  }

  function hitsOf(filter: CompiledFilter, index: number, place: number): readonly MatchedWord[] {
    const leaf = leafAt(filter, index);
    if (leaf === undefined) return [];
    const set = leafSet(filter.steps[index] ?? 0);
    const before = sets.count(set, place);
    const row = hits[set];
    const known = row?.[before];
    if (known) return known;
    const found = hitsIn(place, leaf);
    if (row || sets.count(set) >= papersOfCommonLeaf) keep(row ?? newRow(hits, set), before, found);
    return found;
  }

  function wordsOf(filter: CompiledFilter, place: number): readonly string[] {
    const length = findReasons(filter, place, reasons);
    if (length === 0) return noWords;
    const first = hitsOf(filter, reasons[0] ?? -1, place);
    if (length < 2) return tellingWords(first).map(({ text }) => text);
    const found = [...first];
    for (let index = 1; index < length; index += 1) found.push(...hitsOf(filter, reasons[index] ?? -1, place));
    return tellingWords(found).map(({ text }) => text);
  }

  return (filter, set, place) => {
    const before = sets.count(set, place);
    const known = lists[set]?.[before];
    if (known) return known;
    if (count >= most) forget();
    const words = wordsOf(filter, place);
    keep(lists[set] ?? newRow(lists, set), before, words);
    return words;
  };
}

function newRow<Value>(rows: Rows<Value>, set: SetNumber): Row<Value> {
  // An array with a gap at its end would become a dictionary.
  while (rows.length <= set) rows.push(undefined);
  const row: Row<Value> = [];
  rows[set] = row;
  return row;
}

/** Lists the steps of the leaves because of which a filter matches the paper at a place, ascending, and says how many. */
type FindReasons = (filter: CompiledFilter, place: number, into: number[]) => number;

/**
 * Of alternatives, those that match say why; of what has to match, all; and of what must not be there, what would not
 * have matched. First what each step says, then from the whole down to the leaves whose answer made its answer.
 */
function reasonFinder(sets: PaperSets, leafSet: (step: number) => SetNumber): FindReasons {
  const answers: boolean[] = [];
  const matters: boolean[] = [];
  /** The first step of the part that ends with a step. */
  const starts: number[] = [];

  function answer(steps: CompiledFilter['steps'], index: number, place: number): void {
    const step = steps[index] ?? 0;
    let start = index;
    if (isLeaf(step)) answers[index] = sets.has(leafSet(step), place);
    else if (isNot(step)) {
      answers[index] = !answers[index - 1];
      start = starts[index - 1] ?? 0;
    } else {
      const wantsAll = isAll(step);
      let joined = wantsAll;
      for (let left = operandsOf(step); left > 0; left -= 1) {
        if (answers[start - 1] !== wantsAll) joined = !wantsAll;
        start = starts[start - 1] ?? 0;
      }
      answers[index] = joined;
    }
    starts[index] = start;
    matters[index] = false;
  }

  function passOn(steps: CompiledFilter['steps'], index: number): void {
    const step = steps[index] ?? 0;
    if (isNot(step)) matters[index - 1] = true;
    let operand = index - 1;
    for (let left = isNot(step) ? 0 : operandsOf(step); left > 0; left -= 1) {
      matters[operand] = answers[operand] === answers[index];
      operand = (starts[operand] ?? 0) - 1;
    }
  }

  return ({ steps }, place, into) => {
    const last = steps.length - 1;
    for (let index = 0; index <= last; index += 1) answer(steps, index, place);
    if (!answers[last]) return 0;
    matters[last] = true;
    let length = 0;
    for (let index = last; index >= 0; index -= 1) if (matters[index]) passOn(steps, index);
    for (let index = 0; index <= last; index += 1) {
      if (!matters[index] || !answers[index] || !isLeaf(steps[index] ?? 0)) continue;
      into[length] = index;
      length += 1;
    }
    return length;
  };
}
