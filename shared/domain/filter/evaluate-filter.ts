import type { FilterStep } from './filter-step.js';
import { addPapers, copyPapers, emptySet, everyPlace, isEmpty, keepCommon, type PaperSet } from './paper-set.js';

/** Evaluates compiled filters over one edition; the set that it gives may be a leaf's own. */
export type Evaluate = (steps: readonly FilterStep[]) => PaperSet;

/** Makes an evaluator for an edition of `size` papers, given the papers of each leaf. */
export function evaluator(size: number, papersOfLeaf: (leaf: FilterStep) => PaperSet): Evaluate {
  /** The stack: sets, whether each is turned round, and for each depth a set of our own to join into. */
  const sets: PaperSet[] = [];
  const isTurned: boolean[] = [];
  const own: PaperSet[] = [];
  const all = everyPlace(size);
  const none = emptySet(size);

  /** Joins the operands from `first` up to `end`, each in turn, into the set of our own at `first`. */
  function join(first: number, end: number, isAll: boolean): void {
    own[first] ??= emptySet(size);
    const target = own[first];
    copyPapers(target, sets[first] ?? none, isTurned[first] ?? false);
    for (let operand = first + 1; operand < end; operand += 1) {
      const set = sets[operand] ?? none;
      if (isAll) keepCommon(target, set, isTurned[operand] ?? false);
      else addPapers(target, set, isTurned[operand] ?? false);
    }
    // Turning round sets bits behind the last place.
    const last = target.length - 1;
    target[last] = (target[last] ?? 0) & (all[last] ?? 0);
    sets[first] = target;
    isTurned[first] = false;
  }

  return (steps) => {
    let depth = 0;
    for (const step of steps) {
      if (step.kind === 'leaf') {
        sets[depth] = papersOfLeaf(step);
        isTurned[depth] = false;
        depth += 1;
      } else if (step.kind === 'not') isTurned[depth - 1] = !isTurned[depth - 1];
      else {
        join(depth - step.operands, depth, step.kind === 'all');
        depth -= step.operands - 1;
      }
    }
    if (isTurned[0]) join(0, 1, true);
    const found = sets[0] ?? none;
    if (found !== own[0]) return found;
    return isEmpty(found) ? none : found.slice();
  };
}
