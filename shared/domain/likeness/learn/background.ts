import type { WordCounts } from '../learned-topic.js';
import type { Frequencies } from '../likeness-profile.js';
import { type PaperVector, paperVector, wordShares } from '../paper-vector.js';

/** A week's papers, as a sample of all that come: what a topic's papers are told apart from. */
export interface Background {
  readonly frequencies: Frequencies;
  readonly papers: readonly BackgroundPaper[];
  /** The mean of the papers' `wordShares`. */
  readonly mean: ReadonlyMap<string, number>;
}

interface BackgroundPaper {
  readonly counts: WordCounts;
  readonly vector: PaperVector;
}

/** Makes a background of the papers of one week by their words; it serves any number of topics. */
export function backgroundOf(papers: readonly WordCounts[], frequencies: Frequencies): Background {
  const mean = new Map<string, number>();
  for (const counts of papers) {
    for (const [word, share] of wordShares(counts, frequencies)) {
      mean.set(word, (mean.get(word) ?? 0) + share / papers.length);
    }
  }
  return {
    frequencies,
    papers: papers.map((counts) => ({ counts, vector: paperVector(counts, frequencies) })),
    mean,
  };
}
