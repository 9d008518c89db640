import type { IndexedPaper } from '../../filter/match/index-paper.js';
import type { WordCounts } from '../learned-topic.js';
import type { Frequencies } from '../likeness-profile.js';
import { paperVector } from '../paper-vector.js';
import { wordCounts } from '../word-counts.js';
import { type LikenessIndex, likenessIndex } from './likeness-index.js';

/** An edition's papers as learned topics are asked about them. */
export interface EditionLikeness {
  /** Takes how frequent words are in the edition's month; without it, what the edition itself says of that counts. */
  readonly prepare: (frequencies: Frequencies | undefined) => void;
  /** Whether it has been told, if only that nothing is known. */
  readonly isPrepared: () => boolean;
  /** Made when it is first asked. */
  readonly index: () => LikenessIndex;
}

/** Makes papers, given in rank order, ready to be asked about. */
export function editionLikeness(papers: readonly IndexedPaper[]): EditionLikeness {
  let known: Frequencies | undefined;
  let isPrepared = false;
  let index: LikenessIndex | undefined;

  function made(): LikenessIndex {
    const counts = papers.map(({ paper }) => wordCounts(paper.title, paper.abstract));
    const frequencies = known ?? frequenciesIn(counts);
    return likenessIndex(
      papers,
      counts.map((words) => paperVector(words, frequencies)),
    );
  }

  return {
    prepare: (frequencies) => {
      known = frequencies;
      isPrepared = true;
      index = undefined;
    },
    isPrepared: () => isPrepared,
    index: () => {
      index ??= made();
      return index;
    },
  };
}

/** In how many of some papers each word is. */
export function frequenciesIn(papers: readonly WordCounts[]): Frequencies {
  const counts = new Map<string, number>();
  for (const words of papers) for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { papers: papers.length, of: (word) => counts.get(word) ?? 0 };
}
