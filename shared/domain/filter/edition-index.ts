import type { CompiledFilter } from './compile-filter.js';
import { evaluator } from './evaluate-filter.js';
import type { NearFilter, PrefixFilter, TermFilter } from './filter.js';
import type { IndexedPaper } from './index-paper.js';
import { isMatch } from './match-filter.js';
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
    const put = (place: number) => sets.put(set, place);
    if (leaf.kind === 'word') terms.visit([leaf.term], leaf.field, put);
    else if (leaf.kind === 'phrase') terms.visit(leaf.terms, leaf.field, put);
    else if (leaf.kind === 'exact') words().visit(leaf.words, leaf.field, put);
    else if (leaf.kind === 'prefix') visitPrefix(leaf, put);
    else if (leaf.kind === 'near') visitNear(leaf, put);
    else for (const [place, paper] of papers.entries()) if (isMatch(leaf, paper)) put(place);
  }

  function visitPrefix({ prefix, field }: PrefixFilter, visit: (place: number) => void): void {
    for (const word of words().wordsFrom(prefix)) words().visit([word], field, visit);
  }

  /** Only a paper with the rarest of the words can have them near. */
  function visitNear(leaf: NearFilter, visit: (place: number) => void): void {
    const candidates = new Set<number>();
    const rarest = leaf.terms.reduce((best, term) => (terms.countOf(term) < terms.countOf(best) ? term : best));
    terms.visit([rarest], leaf.field, (place) => candidates.add(place));
    for (const place of candidates) {
      const paper = papers[place];
      if (paper && isMatch(leaf, paper)) visit(place);
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
