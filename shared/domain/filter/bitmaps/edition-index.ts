import type { NearFilter, PrefixFilter, TermFilter } from '../filter.js';
import type { IndexedPaper } from '../match/index-paper.js';
import { isMatch } from '../match/match-filter.js';
import type { CompiledFilter } from './compile-filter.js';
import { evaluator } from './evaluate-filter.js';
import { numberTable } from './number-table.js';
import { paperSets, type SetNumber } from './paper-sets.js';
import { editionText, type RunIndex, runIndex } from './run-index.js';

/** Gives the places of the papers that a filter matches, ascending, at most so many. */
export type EditionIndex = (filter: CompiledFilter, most?: number) => number[];

/**
 * Indexes papers, given in rank order. Where each term stands is known at once; what a filter asks for first, the papers
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
    else if (leaf.kind === 'phrase') terms.find(leaf.terms, leaf.field, sets, set);
    else if (leaf.kind === 'exact') words().find(leaf.words, leaf.field, sets, set);
    else if (leaf.kind === 'prefix') findPrefix(leaf, set);
    else if (leaf.kind === 'near') findNear(leaf, set);
    else for (const [place, paper] of papers.entries()) if (isMatch(leaf, paper)) sets.put(set, place);
  }

  function findPrefix({ prefix, field }: PrefixFilter, set: SetNumber): void {
    for (const word of words().wordsFrom(prefix)) words().find([word], field, sets, set);
  }

  /** Only a paper with the rarest of the words can have them near. */
  function findNear(leaf: NearFilter, set: SetNumber): void {
    const rarest = leaf.terms.reduce((best, term) => (terms.countOf(term) < terms.countOf(best) ? term : best));
    const candidates = sets.add();
    terms.find([rarest], leaf.field, sets, candidates);
    for (const place of sets.places(candidates)) {
      const paper = papers[place];
      if (paper && isMatch(leaf, paper)) sets.put(set, place);
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
