import { type CompiledFilter, leafAt, stepCodec } from '../compile-filter.js';
import type { TermFilter } from '../filter.js';
import { numberTable } from './number-table.js';
import type { Operand, PaperSets, SetNumber } from './paper-sets.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/** Evaluates compiled filters over the sets of one edition. */
export interface Evaluator {
  /** The papers that a filter matches; the set may be a leaf's own. */
  readonly setOf: (filter: CompiledFilter) => SetNumber;
  /** The papers of a leaf, given by its step in a filter that was evaluated. */
  readonly leafSet: (step: number) => SetNumber;
}

/** Makes an evaluator, given a way to fill the set of a leaf. */
export function evaluator(sets: PaperSets, fill: (set: SetNumber, leaf: TermFilter) => void): Evaluator {
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

  /** Combines what is on the stack from `first` up to `end`. */
  function combine(target: SetNumber, first: number, end: number, wantsAll: boolean): boolean {
    let operand = stack[first] ?? none;
    let isSome = true;
    for (let next = end - first > 1 ? first + 1 : first; next < end; next += 1) {
      const other = stack[next] ?? none;
      isSome = wantsAll ? sets.meet(target, operand, other) : sets.join(target, operand, other);
      operand = target;
      // Once nothing is in all of them, nothing can be.
      if (!isSome && wantsAll) break;
    }
    stack[first] = target;
    return isSome;
  }

  /** Combines the whole stack into a set of its own, which stays. */
  function combineLast(end: number, wantsAll: boolean): SetNumber {
    const target = sets.add();
    if (combine(target, 0, end, wantsAll)) return target;
    sets.dropNewest();
    return none;
  }

  function setOf(filter: CompiledFilter): SetNumber {
    const { steps } = filter;
    const last = steps.length - 1;
    let depth = 0;
    for (let index = 0; index <= last; index += 1) {
      const step = steps[index] ?? 0;
      if (isLeaf(step)) {
        const known = leaves.at(step);
        stack[depth] = known >= 0 ? known : newLeaf(filter, index, step);
        depth += 1;
      } else if (isNot(step)) stack[depth - 1] = ~(stack[depth - 1] ?? none);
      else if (index === last) return combineLast(depth, isAll(step));
      else {
        const first = depth - operandsOf(step);
        scratch[first] ??= sets.add();
        combine(scratch[first] ?? none, first, depth, isAll(step));
        depth = first + 1;
      }
    }
    const found = stack[0] ?? none;
    return found < 0 ? combineLast(1, true) : found;
  }

  function leafSet(step: number): SetNumber {
    const found = leaves.at(step);
    return found < 0 ? none : found;
  }

  return { setOf, leafSet };
}
