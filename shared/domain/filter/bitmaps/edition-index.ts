import type { CompiledFilter } from '../compile-filter.js';
import type { NearFilter, PhraseFilter, PrefixFilter, TermFilter } from '../filter.js';
import { isTermIn, type MatchedWord, wordsOf, wordsOfTerm } from '../match/find-term.js';
import type { IndexedPaper } from '../match/index-paper.js';
import { editionText } from './edition-text.js';
import { type Evaluator, evaluator } from './evaluator.js';
import { type KeptWords, keptWords, type Told } from './kept-words.js';
import type { LeafWords } from './leaf-words.js';
import { numberTable } from './number-table.js';
import { type PaperSets, paperSets, type SetNumber } from './paper-sets.js';
import { type RunIndex, runIndex } from './run-index.js';

/** What an edition has found so far: sets of papers, and the words that say why they are there. */
export interface FoundSets {
  readonly sets: PaperSets;
  /** Three sets for whoever asks, to be filled anew each time. */
  readonly spare: readonly [SetNumber, SetNumber, SetNumber];
  /** A set by its number among others for whoever asks, to be filled anew each time. */
  readonly ownSet: (number: number) => SetNumber;
  /** The set of the papers that a filter matches; it must not be changed. */
  readonly setOf: (filter: CompiledFilter) => SetNumber;
  /** The words that made papers match. */
  readonly tellWords: KeptWords;
  /** Those of the paper at one place, as `matchFilter` gives them; none where it does not match. */
  readonly wordsAt: (filter: CompiledFilter, set: SetNumber, place: number) => readonly string[];
}

/** An edition's papers by filter, their places counted from 0 in rank order. */
export interface EditionIndex {
  /** The places of the papers that a filter matches, ascending, at most `most`. */
  readonly placesOf: (filter: CompiledFilter, most?: number) => number[];
  /** What is found so far, to be used for one subscriber: at times it starts anew, so that it stays below its bound. */
  readonly found: () => FoundSets;
}

/** How much is kept. When it is more, sets or lists are all forgotten, and made anew as they are asked for. */
interface Bounds {
  /** Of sets: 32 MB are half a million filters for 500 papers. */
  readonly setBytes: number;
  /** Lists of words, of up to 100 bytes each. */
  readonly lists: number;
}

const deployedBounds: Bounds = { setBytes: 32 << 20, lists: 800_000 };

/**
 * Indexes papers, given in rank order. The places of each term are known at once; what is asked for first, the papers
 * of a leaf or of a whole filter, is found then and kept as a set. Nothing is rebuilt for a new filter.
 */
export function editionIndex(papers: readonly IndexedPaper[], bounds = deployedBounds): EditionIndex {
  const findLeaf = leafFinder(papers);
  let current = foundSets(papers, findLeaf, bounds);

  function found(): FoundSets {
    if (current.sets.bytes() > bounds.setBytes) current = foundSets(papers, findLeaf, bounds);
    return current;
  }

  return {
    found,
    placesOf: (filter, most) => {
      const { sets, setOf } = found();
      return sets.places(setOf(filter), most);
    },
  };
}

function foundSets(papers: readonly IndexedPaper[], { fill, words }: LeafFinder, { lists }: Bounds): FoundSets {
  const sets = paperSets(papers.length);
  const evaluate: Evaluator = evaluator(sets, (set, leaf) => fill(sets, set, leaf));
  const known = numberTable();

  function setOf(filter: CompiledFilter): SetNumber {
    const found = known.at(filter.number);
    if (found >= 0) return found;
    const set = evaluate.setOf(filter);
    known.put(filter.number, set);
    return set;
  }

  const tellWords = keptWords(sets, evaluate, words, lists);
  const told: Told = [];

  function wordsAt(filter: CompiledFilter, set: SetNumber, place: number): readonly string[] {
    tellWords(filter, set, [place], told);
    return told[0] ?? [];
  }

  const own: SetNumber[] = [];
  function ownSet(number: number): SetNumber {
    while (own.length <= number) own.push(sets.add());
    return own[number] ?? 0;
  }

  return { sets, spare: [sets.add(), sets.add(), sets.add()], ownSet, setOf, tellWords, wordsAt };
}

/** Finds the papers of a leaf, and its words in one of them. */
interface LeafFinder {
  readonly fill: (sets: PaperSets, set: SetNumber, leaf: TermFilter) => void;
  readonly words: LeafWords;
}

function leafFinder(papers: readonly IndexedPaper[]): LeafFinder {
  const text = editionText(papers);
  const terms = runIndex(text, 'term');
  let writtenWords: RunIndex | undefined;

  function words(): RunIndex {
    writtenWords ??= runIndex(text, 'word');
    return writtenWords;
  }

  function fill(sets: PaperSets, set: SetNumber, leaf: TermFilter): void {
    if (leaf.kind === 'word') terms.find([leaf.term], leaf.field, sets, set);
    else if (leaf.kind === 'phrase' && leaf.prefix === undefined) terms.find(leaf.terms, leaf.field, sets, set);
    else if (leaf.kind === 'phrase') findAmong(leaf.terms, leaf, sets, set);
    else if (leaf.kind === 'exact') words().find(leaf.words, leaf.field, sets, set);
    else if (leaf.kind === 'prefix') findPrefix(leaf, sets, set);
    else if (leaf.kind === 'near') findNear(leaf, sets, set);
    else for (const [place, paper] of papers.entries()) if (isTermIn(paper, leaf)) sets.put(set, place);
  }

  function findPrefix({ prefix, field }: PrefixFilter, sets: PaperSets, set: SetNumber): void {
    for (const word of words().wordsFrom(prefix)) words().find([word], field, sets, set);
  }

  /** Only a paper with the rarest of the words can have all of them near one another. */
  function findNear(leaf: NearFilter, sets: PaperSets, set: SetNumber): void {
    const rarest = leaf.terms.reduce((best, term) => (terms.countOf(term) < terms.countOf(best) ? term : best));
    findAmong([rarest], leaf, sets, set);
  }

  /** Asks those papers one by one that have some terms side by side. */
  function findAmong(run: readonly string[], leaf: NearFilter | PhraseFilter, sets: PaperSets, set: SetNumber): void {
    const candidates = sets.add();
    terms.find(run, leaf.field, sets, candidates);
    for (const place of sets.places(candidates)) {
      const paper = papers[place];
      if (paper && isTermIn(paper, leaf)) sets.put(set, place);
    }
  }

  function positionsOf(leaf: TermFilter, places: readonly number[], into: number[]): number {
    if (leaf.kind === 'word') return terms.firstIn([leaf.term], leaf.field, places, into);
    if (leaf.kind === 'exact') return words().firstIn(leaf.words, leaf.field, places, into);
    if (leaf.kind !== 'phrase' || leaf.prefix !== undefined) return 0;
    return terms.firstIn(leaf.terms, leaf.field, places, into);
  }

  function wordsAt(place: number, leaf: TermFilter, position: number | undefined): readonly MatchedWord[] {
    const paper = papers[place];
    if (!paper) return [];
    if (position === undefined) return wordsOfTerm(paper, leaf);
    return wordsOf({ at: position, count: 'words' in leaf ? leaf.words.length : 1 }, paper);
  }

  return { fill, words: { positionsOf, wordsAt } };
}
