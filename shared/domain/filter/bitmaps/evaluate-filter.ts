import type { TermFilter } from '../filter.js';
import { type CompiledFilter, leafAt } from './compile-filter.js';
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
  function combine(target: SetNumber, first: number, end: number, step: number): boolean {
    let operand = stack[first] ?? none;
    let isSome = true;
    for (let next = end - first > 1 ? first + 1 : first; next < end; next += 1) {
      const other = stack[next] ?? none;
      isSome = (step & 1) === 0 ? sets.meet(target, operand, other) : sets.join(target, operand, other);
      operand = target;
      // Nothing comes back to what has to be in all.
      if (!isSome && (step & 1) === 0) break;
    }
    stack[first] = target;
    return isSome;
  }

  /** Combines into a set of its own, which stays. */
  function combineLast(end: number, step: number): SetNumber {
    const target = sets.add();
    if (combine(target, 0, end, step)) return target;
    sets.dropNewest();
    return none;
  }

  return (filter) => {
    const { steps } = filter;
    const last = steps.length - 1;
    let depth = 0;
    for (let index = 0; index <= last; index += 1) {
      const step = steps[index] ?? 0;
      if (step >= 0) {
        const known = leaves.at(step);
        stack[depth] = known >= 0 ? known : newLeaf(filter, index, step);
        depth += 1;
      } else if (step === -1) stack[depth - 1] = ~(stack[depth - 1] ?? none);
      else if (index === last) return combineLast(depth, step);
      else {
        const first = depth + (step >> 1) + (step & 1);
        scratch[first] ??= sets.add();
        combine(scratch[first] ?? none, first, depth, step);
        depth = first + 1;
      }
    }
    const found = stack[0] ?? none;
    return found < 0 ? combineLast(1, 0) : found;
  };
}
