import type { FilterStep } from './filter-step.js';
import type { PaperSets, SetNumber } from './paper-sets.js';

/** Evaluates a compiled filter's steps over one edition; the set that it gives may be a leaf's own. */
export type Evaluate = (steps: readonly FilterStep[]) => SetNumber;

/** Makes an evaluator over the sets of an edition, given the set of each leaf. */
export function evaluator(sets: PaperSets, setOfLeaf: (leaf: FilterStep) => SetNumber): Evaluate {
  /** The stack: sets, whether each is turned round, and for each depth a set of its own to join into. */
  const stack: SetNumber[] = [];
  const isTurned: boolean[] = [];
  const own: SetNumber[] = [];
  const none = sets.add();

  function combine(first: number, end: number, isAll: boolean): void {
    own[first] ??= sets.add();
    const target = own[first];
    sets.copy(target, stack[first] ?? none, isTurned[first] ?? false);
    for (let operand = first + 1; operand < end; operand += 1) {
      if (isAll) sets.keep(target, stack[operand] ?? none, isTurned[operand] ?? false);
      else sets.join(target, stack[operand] ?? none, isTurned[operand] ?? false);
    }
    stack[first] = target;
    isTurned[first] = false;
  }

  return (steps) => {
    let depth = 0;
    for (const step of steps) {
      if (step.kind === 'leaf') {
        stack[depth] = setOfLeaf(step);
        isTurned[depth] = false;
        depth += 1;
      } else if (step.kind === 'not') isTurned[depth - 1] = !isTurned[depth - 1];
      else {
        combine(depth - step.operands, depth, step.kind === 'all');
        depth -= step.operands - 1;
      }
    }
    if (isTurned[0]) combine(0, 1, true);
    const found = stack[0] ?? none;
    if (found !== own[0]) return found;
    if (sets.isEmpty(found)) return none;
    // The next filter is joined into the same set.
    const kept = sets.add();
    sets.copy(kept, found, false);
    return kept;
  };
}
