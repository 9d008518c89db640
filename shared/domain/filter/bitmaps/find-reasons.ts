import { type CompiledFilter, stepCodec } from '../compile-filter.js';
import type { PaperSets, SetNumber } from './paper-sets.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/** Because of which leaves a filter matches some papers. */
export interface Reasons {
  /** The steps of these leaves, ascending. */
  readonly steps: number[];
  /** For each of them, which of the places: bit n for the n-th. */
  readonly bits: number[];
}

/** Finds the reasons for the first `length` of some places, at most 32, and says how many leaves they are. */
type FindReasons = (filter: CompiledFilter, places: readonly number[], length: number, into: Reasons) => number;

/**
 * Of alternatives, those that match say why; of what has to match, all; and of what must not be there, what would not
 * have matched. First what each step says, then from the whole down to the leaves whose answer made its answer; for all
 * places at once, one bit each.
 */
export function reasonFinder(sets: PaperSets, leafSet: (step: number) => SetNumber): FindReasons {
  const answers: number[] = [];
  const matters: number[] = [];
  /** The first step of the part that ends with a step. */
  const starts: number[] = [];

  function answerJoin(index: number, step: number): void {
    const turn = isAll(step) ? 0 : -1;
    let joined = -1;
    let start = index;
    for (let left = operandsOf(step); left > 0; left -= 1) {
      joined &= (answers[start - 1] ?? 0) ^ turn;
      start = starts[start - 1] ?? 0;
    }
    answers[index] = joined ^ turn;
    starts[index] = start;
  }

  function answerNot(index: number): void {
    answers[index] = ~(answers[index - 1] ?? 0);
    starts[index] = starts[index - 1] ?? 0;
  }

  function passOn(index: number, step: number): void {
    const bits = matters[index] ?? 0;
    if (isNot(step)) matters[index - 1] = bits;
    let operand = index - 1;
    for (let left = isNot(step) ? 0 : operandsOf(step); left > 0; left -= 1) {
      matters[operand] = bits & ~((answers[operand] ?? 0) ^ (answers[index] ?? 0));
      operand = (starts[operand] ?? 0) - 1;
    }
  }

  return ({ steps }, places, length, into) => {
    const last = steps.length - 1;
    for (let index = 0; index <= last; index += 1) {
      const step = steps[index] ?? 0;
      if (isLeaf(step)) {
        answers[index] = sets.bitsAt(leafSet(step), places, length);
        starts[index] = index;
      } else if (isNot(step)) answerNot(index);
      else answerJoin(index, step);
    }
    matters[last] = answers[last] ?? 0;
    for (let index = last; index > 0; index -= 1) {
      const step = steps[index] ?? 0;
      if (!isLeaf(step)) passOn(index, step);
    }
    let count = 0;
    for (let index = 0; index <= last; index += 1) {
      const bits = (matters[index] ?? 0) & (answers[index] ?? 0);
      if (bits === 0 || !isLeaf(steps[index] ?? 0)) continue;
      into.steps[count] = index;
      into.bits[count] = bits;
      count += 1;
    }
    return count;
  };
}
