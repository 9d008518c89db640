import type { Paper } from '../../paper/paper.js';
import { texToText } from '../../text/tex-to-text.js';
import { gap, type KnownWord } from '../words/known-words.js';
import { addToken, addTokens, emptyTokens } from '../words/normalise.js';
import { authorWords, nameWords } from './person-name.js';

/** Where in a paper something was found. */
export type PaperPart = 'title' | 'abstract' | 'keyword' | 'category' | 'author' | 'organisation';

/** One text of a paper as it is displayed: TeX turned into text. Its words have the positions from `first` on. */
export interface IndexedText {
  readonly part: PaperPart;
  readonly text: string;
  readonly first: number;
}

/** What is known about a paper besides its texts; an unknown count is 0. */
export interface PaperFacts {
  /** The value of its trend score. */
  readonly score: number;
  readonly upvotes: number;
  readonly stars: number;
  /** Days since it was published, at least 0; may be a fraction. */
  readonly ageDays: number;
}

/**
 * A paper, ready to be matched. Positions count the words of all its texts, with a gap between two texts and between two
 * sentences.
 */
export interface IndexedPaper {
  readonly paper: Paper;
  readonly facts: PaperFacts;
  readonly texts: readonly IndexedText[];
  /** Each term with its positions, ascending. */
  readonly positions: ReadonlyMap<string, readonly number[]>;
  /** The word at each position with its term; both are empty in a gap. */
  readonly words: readonly KnownWord[];
  /** The folded word at each position, empty in a gap. */
  readonly wordAt: readonly string[];
  /** Start and end of the word at position p, as offsets into its text: at 2p and 2p + 1. */
  readonly offsets: Uint32Array;
  /** In lower case, aligned with the paper's. */
  readonly categories: readonly string[];
  /** `authorWords` of each author's name, aligned with the paper's. */
  readonly authors: readonly (readonly string[])[];
  /** Folded words of the organisation's name; empty when none is known. */
  readonly organisation: readonly string[];
}

const noFacts: PaperFacts = { score: 0, upvotes: 0, stars: 0, ageDays: 0 };

/**
 * Reads a paper's title, abstract and keywords once, for any number of filters, and the rest when a filter asks for it.
 */
export function indexPaper(paper: Paper, facts: PaperFacts = noFacts): IndexedPaper {
  const { texts, words, offsets } = readTexts(paper);
  const wordAt = lazy(() => words.map(({ word }) => word));
  const positions = lazy(() => positionsOf(words));
  const categories = lazy(() => paper.categories.map((category) => category.toLowerCase()));
  const authors = lazy(() => paper.authors.map(authorWords));
  const organisation = lazy(() => nameWords(paper.organisation ?? ''));
  return {
    paper,
    facts,
    texts,
    words,
    offsets,
    get wordAt() {
      return wordAt();
    },
    get positions() {
      return positions();
    },
    get categories() {
      return categories();
    },
    get authors() {
      return authors();
    },
    get organisation() {
      return organisation();
    },
  };
}

const scratch = emptyTokens();

function readTexts(paper: Paper): Pick<IndexedPaper, 'texts' | 'words' | 'offsets'> {
  scratch.count = 0;
  const texts = [readText('title', paper.title), readText('abstract', paper.abstract)];
  for (const keyword of paper.keywords) texts.push(readText('keyword', keyword));
  return { texts, words: scratch.words.slice(0, scratch.count), offsets: scratch.offsets.slice(0, 2 * scratch.count) };
}

function readText(part: PaperPart, raw: string): IndexedText {
  const text = texToText(raw);
  const first = scratch.count;
  addTokens(text, scratch, true);
  // No phrase runs from one text into the next.
  addToken(scratch, gap, 0, 0);
  return { part, text, first };
}

function positionsOf(words: readonly KnownWord[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, { term }] of words.entries()) {
    const found = positions.get(term);
    if (found) found.push(position);
    else if (term !== '') positions.set(term, [position]);
  }
  return positions;
}

function lazy<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
