import type { TermFilter } from '../filter.js';
import { type MatchedWord, wordsOf, wordsOfTerm } from '../match/find-term.js';
import type { IndexedPaper } from '../match/index-paper.js';
import { type ShownWord, shownWord } from '../match/match-filter.js';

/** A word that shows why a paper matches. */
export interface KeptWord extends ShownWord {
  /** Its text alone: one list for all filters of which it is the only reason. */
  readonly alone: readonly string[];
}

/** What leaves show in the papers of one edition. */
export interface LeafWords {
  /** Where words side by side that a leaf looks for are in a paper first, which has them; -1 for all other leaves. */
  readonly positionIn: (place: number, leaf: TermFilter) => number;
  /** The words there, as they are written. */
  readonly wordsAt: (place: number, leaf: TermFilter, position: number) => KeptWord;
  /** As `wordsOfTerm`. */
  readonly wordsIn: (place: number, leaf: TermFilter) => readonly KeptWord[];
}

/** More words than a run can have. */
const longestRun = 1024;

/** Reads leaves' words off papers; what is at a position is read once. */
export function leafWords(
  papers: readonly IndexedPaper[],
  firstIn: (place: number, leaf: TermFilter) => number,
): LeafWords {
  const known = papers.map(() => new Map<number, KeptWord>());
  return {
    positionIn: (place, leaf) => (runLength(leaf) > 0 ? firstIn(place, leaf) : -1),
    wordsAt: (place, leaf, position) => {
      const count = runLength(leaf);
      const key = position * longestRun + count;
      const kept = known[place]?.get(key);
      if (kept) return kept;
      const paper = papers[place];
      const [word = nowhere] = paper ? wordsOf({ at: position, count }, paper) : [];
      const made = keptWord(word);
      known[place]?.set(key, made);
      return made;
    },
    wordsIn: (place, leaf) => {
      const paper = papers[place];
      return paper ? wordsOfTerm(paper, leaf).map(keptWord) : [];
    },
  };
}

const nowhere: MatchedWord = { text: '', part: 'title', start: 0, end: 0 };

function keptWord(word: MatchedWord): KeptWord {
  const { order, lowerCase } = shownWord(word);
  return { word, order, lowerCase, alone: [word.text] };
}

/** How many words side by side a leaf looks for, exactly; 0 when it looks for anything else. */
function runLength(leaf: TermFilter): number {
  if (leaf.kind === 'word') return 1;
  if (leaf.kind === 'exact') return leaf.words.length;
  return leaf.kind === 'phrase' && leaf.prefix === undefined ? leaf.terms.length : 0;
}
