import { type CompiledFilter, leafAt, stepCodec } from '../compile-filter.js';
import type { TermFilter } from '../filter.js';
import type { MatchedWord } from '../match/find-term.js';
import { tellingWords } from '../match/match-filter.js';
import type { Evaluator } from './evaluator.js';
import type { PaperSets, SetNumber } from './paper-sets.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/** The words that made the paper at a place match a filter, given the filter's set. */
export type KeptWords = (filter: CompiledFilter, set: SetNumber, place: number) => readonly string[];

/** What leaves show in the papers of one edition, which they match. */
export interface LeafWords {
  /** Where the words side by side that a leaf looks for are first; -1 for a leaf that looks for anything else. */
  readonly positionIn: (place: number, leaf: TermFilter) => number;
  /** The words of a leaf as `wordsOfTerm` gives them, given that position. */
  readonly wordsAt: (place: number, leaf: TermFilter, position: number) => readonly MatchedWord[];
}

/** What a leaf of fewer papers shows in them is looked up each time. */
const papersOfCommonLeaf = 32;

/** What one leaf shows in a paper: its words, and what explains a match that has no other reason. */
interface LeafShown {
  readonly hits: readonly MatchedWord[];
  readonly words: readonly string[];
}

/**
 * Says why papers match, once for each filter and paper: what `matchFilter` says. Which leaves are in a paper is read
 * off their sets. When `most` lists are kept, all are forgotten; a list is made anew in a microsecond or two.
 */
export function keptWords(
  sets: PaperSets,
  { leafSet }: Evaluator,
  { positionIn, wordsAt }: LeafWords,
  most: number,
): KeptWords {
  const findReasons = reasonFinder(sets, leafSet);
  const reasons: number[] = [];
  const all: MatchedWord[] = [];
  let lists = keptRows<readonly string[]>();
  let shown = keptRows<LeafShown>();
  let count = 0;

  function showLeaf(leaf: TermFilter, place: number): LeafShown {
    const hits = wordsAt(place, leaf, positionIn(place, leaf));
    const telling = [...hits];
    return { hits, words: textsOf(telling, tellingWords(telling, telling.length)) };
  }

  function shownBy(leaf: TermFilter, set: SetNumber, place: number): LeafShown {
    if (!shown.has(set) && sets.count(set) < papersOfCommonLeaf) return showLeaf(leaf, place);
    const before = sets.count(set, place);
    const known = shown.at(set, before);
    if (known) return known;
    const made = showLeaf(leaf, place);
    shown.put(set, before, made);
    count += 1;
    return made;
  }

  function wordsOf(filter: CompiledFilter, place: number): readonly string[] {
    const length = findReasons(filter, place, reasons);
    let hits = 0;
    for (let index = 0; index < length; index += 1) {
      const step = reasons[index] ?? 0;
      const leaf = leafAt(filter, step);
      if (leaf === undefined) continue;
      const found = shownBy(leaf, leafSet(filter.steps[step] ?? 0), place);
      if (length === 1) return found.words;
      for (const hit of found.hits) {
        all[hits] = hit;
        hits += 1;
      }
    }
    return textsOf(all, tellingWords(all, hits));
  }

  return (filter, set, place) => {
    const before = sets.count(set, place);
    const known = lists.at(set, before);
    if (known) return known;
    if (count >= most) {
      lists = keptRows();
      shown = keptRows();
      count = 0;
    }
    const words = wordsOf(filter, place);
    lists.put(set, before, words);
    count += 1;
    return words;
  };
}

function textsOf(words: readonly MatchedWord[], length: number): readonly string[] {
  const [first] = words;
  if (length === 1 && first) return [first.text];
  return words.slice(0, length).map(({ text }) => text);
}

/** Values by set, and by how many papers of the set come before one of them. */
function keptRows<Value>() {
  const rows: ((Value | undefined)[] | undefined)[] = [];

  function put(set: SetNumber, before: number, value: Value): void {
    // An array with a gap at its end would become a dictionary.
    while (rows.length <= set) rows.push(undefined);
    const row = rows[set] ?? [];
    const kept = before < row.length ? row : longer(row, before + 1);
    kept[before] = value;
    rows[set] = kept;
  }

  return {
    put,
    has: (set: SetNumber) => rows[set] !== undefined,
    at: (set: SetNumber, before: number) => rows[set]?.[before],
  };
}

/** A row with room for `length` values, to the next eight: one that grows by itself takes room for 17 at once. */
function longer<Value>(row: (Value | undefined)[], length: number): (Value | undefined)[] {
  const grown = new Array<Value | undefined>((length + 7) & ~7);
  for (let index = 0; index < row.length; index += 1) grown[index] = row[index];
  return grown;
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
