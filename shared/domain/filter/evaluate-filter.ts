import { type CompiledFilter, operandsOf, symbolsOf } from './compile-filter.js';
import { emptySet, type PaperSet } from './paper-set.js';

/** Evaluates compiled filters over one edition; the set that it gives may be the leaf's own. */
export type Evaluate = (filter: CompiledFilter) => PaperSet;

/** Makes an evaluator for an edition of `size` papers, given the papers of each leaf by its code. */
export function evaluator(size: number, papersOfLeaf: (code: string) => PaperSet): Evaluate {
  /** Operands, whether each is turned round, and for each depth a set to join into. */
  const sets: PaperSet[] = [];
  const isTurned: boolean[] = [];
  const scratch: PaperSet[] = [];
  let depth = 0;
  const none = emptySet(size);
  const everything = emptySet(size).fill(-1);
  if (size % 32 !== 0) everything[everything.length - 1] = 2 ** (size % 32) - 1;

  function join(count: number, isAll: boolean): void {
    const first = depth - count;
    scratch[first] ??= emptySet(size);
    const target = scratch[first];
    for (let word = 0; word < target.length; word += 1) {
      let bits = isAll ? (everything[word] ?? 0) : 0;
      for (let operand = first; operand < depth; operand += 1) {
        const plain = sets[operand]?.[word] ?? 0;
        const its = isTurned[operand] ? ~plain : plain;
        bits = isAll ? bits & its : bits | its;
      }
      target[word] = bits & (everything[word] ?? 0);
    }
    sets[first] = target;
    isTurned[first] = false;
    depth = first + 1;
  }

  return (filter) => {
    depth = 0;
    for (const symbol of symbolsOf(filter)) {
      const count = operandsOf(symbol);
      if (symbol === '!') isTurned[depth - 1] = !isTurned[depth - 1];
      else if (count > 0) join(count, symbol.startsWith('&'));
      else {
        sets[depth] = papersOfLeaf(symbol);
        isTurned[depth] = false;
        depth += 1;
      }
    }
    if (isTurned[0]) join(1, true);
    const found = sets[0] ?? none;
    if (found !== scratch[0]) return found;
    return found.every((bits) => bits === 0) ? none : found.slice();
  };
}
