import { type CompiledFilter, leafAt, stepCodec } from '../compile-filter.js';
import type { NearFilter, PhraseFilter, PrefixFilter, TermFilter } from '../filter.js';
import { isTermIn } from '../match/find-term.js';
import type { IndexedPaper } from '../match/index-paper.js';
import { numberTable, type Operand, type PaperSets, paperSets, type SetNumber } from './paper-sets.js';
import { editionText, type RunIndex, runIndex } from './run-index.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/** Gives the places of the papers that a filter matches, ascending, at most `most`. */
type EditionIndex = (filter: CompiledFilter, most?: number) => number[];

/**
 * Indexes papers, given in rank order. The places of each term are known at once; what is asked for first, the papers
 * of a leaf or of a whole filter, is found then and kept as a set. Nothing is rebuilt for a new filter.
 */
export function editionIndex(papers: readonly IndexedPaper[]): EditionIndex {
  const text = editionText(papers);
  const terms = runIndex(text, 'term');
  let writtenWords: RunIndex | undefined;
  const sets = paperSets(papers.length);
  const known = numberTable();
  const evaluate = evaluator(sets, fill);

  function words(): RunIndex {
    writtenWords ??= runIndex(text, 'word');
    return writtenWords;
  }

  function fill(set: SetNumber, leaf: TermFilter): void {
    if (leaf.kind === 'word') terms.find([leaf.term], leaf.field, sets, set);
    else if (leaf.kind === 'phrase' && leaf.prefix === undefined) terms.find(leaf.terms, leaf.field, sets, set);
    else if (leaf.kind === 'phrase') findAmong(leaf.terms, leaf, set);
    else if (leaf.kind === 'exact') words().find(leaf.words, leaf.field, sets, set);
    else if (leaf.kind === 'prefix') findPrefix(leaf, set);
    else if (leaf.kind === 'near') findNear(leaf, set);
    else for (const [place, paper] of papers.entries()) if (isTermIn(paper, leaf)) sets.put(set, place);
  }

  function findPrefix({ prefix, field }: PrefixFilter, set: SetNumber): void {
    for (const word of words().wordsFrom(prefix)) words().find([word], field, sets, set);
  }

  /** Only a paper with the rarest of the words can have all of them near one another. */
  function findNear(leaf: NearFilter, set: SetNumber): void {
    const rarest = leaf.terms.reduce((best, term) => (terms.countOf(term) < terms.countOf(best) ? term : best));
    findAmong([rarest], leaf, set);
  }

  /** Asks those papers one by one that have some terms side by side. */
  function findAmong(run: readonly string[], leaf: NearFilter | PhraseFilter, set: SetNumber): void {
    const candidates = sets.add();
    terms.find(run, leaf.field, sets, candidates);
    for (const place of sets.places(candidates)) {
      const paper = papers[place];
      if (paper && isTermIn(paper, leaf)) sets.put(set, place);
    }
  }

  return (filter, most) => {
    const found = known.at(filter.number);
    if (found >= 0) return sets.places(found, most);
    const set = evaluate(filter);
    known.put(filter.number, set);
    return sets.places(set, most);
  };
}

/**
 * Makes a function that evaluates compiled filters over the sets of an edition, given a way to fill the set of a leaf.
 * The set that it gives may be a leaf's own.
 */
function evaluator(sets: PaperSets, fill: (set: SetNumber, leaf: TermFilter) => void) {
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

  return (filter: CompiledFilter): SetNumber => {
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
  };
}
