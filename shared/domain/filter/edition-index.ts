import type { CompiledFilter } from './compile-filter.js';
import { evaluator } from './evaluate-filter.js';
import type { NearFilter, PrefixFilter, TermFilter } from './filter.js';
import type { IndexedPaper } from './index-paper.js';
import { readLeaf } from './leaf-code.js';
import { isMatch } from './match-filter.js';
import { addPapers, addPlace, emptySet, hasPlace, keepCommon, type PaperSet } from './paper-set.js';
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
  const leaves = new Map<string, PaperSet>();
  const known = new Map<CompiledFilter, PaperSet>();
  let writtenWords: RunIndex | undefined;

  function words(): RunIndex {
    writtenWords ??= runIndex(text, 'word');
    return writtenWords;
  }

  function papersOfLeaf(code: string): PaperSet {
    const found = leaves.get(code) ?? look(code);
    leaves.set(code, found);
    return found;
  }

  function look(code: string): PaperSet {
    const leaf = readLeaf(code);
    if (leaf === undefined) throw new Error('a compiled filter is damaged');
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
    const candidates = emptySet(papers.length).fill(-1);
    for (const term of leaf.terms) keepCommon(candidates, papersOfLeaf(`w:${term}`));
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
    const found = known.get(filter) ?? evaluate(filter);
    known.set(filter, found);
    return found;
  };
}
