import type { CompiledFilter } from './compile-filter.js';
import { evaluator } from './evaluate-filter.js';
import type { NearFilter, PrefixFilter, TermFilter } from './filter.js';
import type { FilterStep } from './filter-step.js';
import type { IndexedPaper } from './index-paper.js';
import { isMatch } from './match-filter.js';
import { addPapers, addPlace, emptySet, everyPlace, hasPlace, keepCommon, type PaperSet } from './paper-set.js';
import { editionText, type RunIndex, runIndex } from './run-index.js';

/** Answers which of an edition's papers a filter matches: each distinct filter is evaluated once. */
export type EditionIndex = (filter: CompiledFilter) => PaperSet;

/**
 * Indexes papers, given in rank order. The terms are indexed at once, all else when a filter first asks for it: words as
 * they are written, and the papers of each leaf. Nothing is rebuilt for a new filter.
 */
export function editionIndex(papers: readonly IndexedPaper[]): EditionIndex {
  const text = editionText(papers);
  const terms = runIndex(text, 'term');
  const leaves = new Map<FilterStep, PaperSet>();
  const known = new Map<CompiledFilter, PaperSet>();
  let writtenWords: RunIndex | undefined;

  function words(): RunIndex {
    writtenWords ??= runIndex(text, 'word');
    return writtenWords;
  }

  function papersOfLeaf(step: FilterStep): PaperSet {
    const known = leaves.get(step);
    if (known) return known;
    const found = step.leaf ? look(step.leaf) : emptySet(papers.length);
    leaves.set(step, found);
    return found;
  }

  function look(leaf: TermFilter): PaperSet {
    switch (leaf.kind) {
      case 'word':
        return terms.papersWith([leaf.term], leaf.field);
      case 'phrase':
        return terms.papersWith(leaf.terms, leaf.field);
      case 'exact':
        return words().papersWith(leaf.words, leaf.field);
      case 'prefix':
        return papersWithPrefix(leaf);
      case 'near':
        return papersWithNear(leaf);
      default:
        return papersThatMatch(leaf);
    }
  }

  function papersWithPrefix({ prefix, field }: PrefixFilter): PaperSet {
    const found = emptySet(papers.length);
    for (const word of words().wordsFrom(prefix)) addPapers(found, words().papersWith([word], field));
    return found;
  }

  /** Only a paper with all the words can have them near. */
  function papersWithNear(leaf: NearFilter): PaperSet {
    const candidates = everyPlace(papers.length);
    for (const term of leaf.terms) keepCommon(candidates, terms.papersWith([term], leaf.field));
    return papersThatMatch(leaf, candidates);
  }

  function papersThatMatch(leaf: TermFilter, candidates?: PaperSet): PaperSet {
    const found = emptySet(papers.length);
    for (const [place, paper] of papers.entries()) {
      if ((!candidates || hasPlace(candidates, place)) && isMatch(leaf, paper)) addPlace(found, place);
    }
    return found;
  }

  const evaluate = evaluator(papers.length, papersOfLeaf);
  return (filter) => {
    let found = known.get(filter);
    if (found === undefined) {
      found = evaluate(filter.steps);
      known.set(filter, found);
    }
    return found;
  };
}
