import type { Paper } from '../paper.js';
import { texToText } from '../tex-to-text.js';
import { tokenise } from './normalise.js';

/** Where in a paper something was found. */
export type PaperPart = 'title' | 'abstract' | 'keyword' | 'category' | 'author' | 'organisation';

/** What is known of a paper besides its texts. */
export interface PaperFacts {
  readonly score: number;
  readonly upvotes: number;
  readonly stars: number;
  readonly ageDays: number;
}

const noFacts: PaperFacts = { score: 0, upvotes: 0, stars: 0, ageDays: 0 };

/** One text of a paper as it is displayed: TeX turned into text. Its words have the positions from `first` on. */
export interface IndexedText {
  readonly part: PaperPart;
  readonly text: string;
  readonly first: number;
}

/** A paper, ready to be matched. Positions count its words through all its texts, with a gap between two texts. */
export interface IndexedPaper {
  readonly paper: Paper;
  readonly texts: readonly IndexedText[];
  /** Each term with its positions, ascending. */
  readonly positions: ReadonlyMap<string, readonly number[]>;
  /** The folded word at each position; empty in a gap. */
  readonly wordAt: readonly string[];
  /** Start and end of the word at position p, as offsets into its text: at 2p and 2p + 1. */
  readonly offsets: Uint32Array;
  /** In lower case, aligned with the paper's. */
  readonly categories: readonly string[];
  /** Folded words of each author's name, aligned with the paper's. */
  readonly authors: readonly (readonly string[])[];
  /** Folded words of the organisation's name; none when it is not known. */
  readonly organisation: readonly string[];
  readonly facts: PaperFacts;
}

/** Folded words of a name: accents, hyphens and apostrophes do not matter. */
export function nameWords(name: string): string[] {
  return tokenise(texToText(name)).map(({ word }) => word.replaceAll("'", ''));
}

/** Reads a paper's title, abstract and keywords once, for any number of filters. */
export function indexPaper(paper: Paper, facts: PaperFacts = noFacts): IndexedPaper {
  const parts: [PaperPart, string][] = [
    ['title', paper.title],
    ['abstract', paper.abstract],
    ...paper.keywords.map((keyword): [PaperPart, string] => ['keyword', keyword]),
  ];
  const texts: IndexedText[] = [];
  const positions = new Map<string, number[]>();
  const wordAt: string[] = [];
  const offsets: number[] = [];
  for (const [part, raw] of parts) {
    const text = texToText(raw);
    texts.push({ part, text, first: offsets.length / 2 });
    for (const { word, term, start, end } of tokenise(text)) {
      const known = positions.get(term);
      if (known) known.push(offsets.length / 2);
      else positions.set(term, [offsets.length / 2]);
      wordAt.push(word);
      offsets.push(start, end);
    }
    // The gap: no phrase goes on from one text into the next.
    wordAt.push('');
    offsets.push(0, 0);
  }
  return {
    paper,
    texts,
    positions,
    wordAt,
    offsets: Uint32Array.from(offsets),
    categories: paper.categories.map((category) => category.toLowerCase()),
    authors: paper.authors.map(nameWords),
    organisation: paper.organisation === undefined ? [] : nameWords(paper.organisation),
    facts,
  };
}
