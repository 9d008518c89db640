import { type CompiledFilter, leafAt } from './compile-filter.js';
import type { TermFilter } from './filter.js';
import { numberTable } from './number-table.js';
import type { Operand, PaperSets, SetNumber } from './paper-sets.js';

/** Evaluates a compiled filter over one edition; the set that it gives may be a leaf's own. */
export type Evaluate = (filter: CompiledFilter) => SetNumber;

/** Makes an evaluator over the sets of an edition, given a way to fill the set of a leaf. */
export function evaluator(sets: PaperSets, fill: (set: SetNumber, leaf: TermFilter) => void): Evaluate {
  const leaves = numberTable();
  const none = sets.add();
  const stack: Operand[] = [];
  /** For each depth of the stack a set to combine into. */
  const scratch: SetNumber[] = [];

  function newLeaf(filter: CompiledFilter, index: number, number: number): SetNumber {
    const leaf = leafAt(filter, index);
    if (leaf === undefined) return none;
    const set = sets.add();
    fill(set, leaf);
    leaves.put(number, set);
    return set;
  }

  /** Combines what stands on the stack from `first` up to `end`: all for an even step, any for an odd one. */
  function combine(target: SetNumber, first: number, end: number, step: number): void {
    let operand = stack[first] ?? none;
    for (let next = end - first > 1 ? first + 1 : first; next < end; next += 1) {
      if ((step & 1) === 0) sets.meet(target, operand, stack[next] ?? none);
      else sets.join(target, operand, stack[next] ?? none);
      operand = target;
    }
    stack[first] = target;
  }

  return (filter) => {
    const { steps } = filter;
    const last = steps.length - 1;
    let depth = 0;
    let target = none;
    for (let index = 0; index <= last; index += 1) {
      const step = steps[index] ?? 0;
      if (step >= 0) {
        const known = leaves.at(step);
        stack[depth] = known >= 0 ? known : newLeaf(filter, index, step);
        depth += 1;
      } else if (step === -1) stack[depth - 1] = ~(stack[depth - 1] ?? none);
      else {
        const first = depth + (step >> 1) + (step & 1);
        if (index < last) scratch[first] ??= sets.add();
        target = index < last ? (scratch[first] ?? none) : sets.add();
        combine(target, first, depth, step);
        depth = first + 1;
      }
    }
    if ((stack[0] ?? none) < 0) {
      target = sets.add();
      combine(target, 0, 1, 0);
    }
    const found = stack[0] ?? none;
    return found === target && sets.dropIfEmpty(found) ? none : found;
  };
}
