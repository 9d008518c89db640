import type { WordCounts } from '../learned-topic.js';
import type { Frequencies } from '../likeness-profile.js';
import { inverseFrequency, wordShares } from '../paper-vector.js';

/** A week's papers, as a sample of all that come: what a topic's papers are told apart from. */
export interface Background {
  readonly frequencies: Frequencies;
  readonly papers: readonly BackgroundPaper[];
  /** The mean of the papers' `wordShares`. */
  readonly mean: ReadonlyMap<string, number>;
  /** The words that are most of that mean, as many as a profile can have. */
  readonly frequent: readonly string[];
  /** The papers that have a word, by their places, and what it adds to their scores, times what it weighs in a profile. */
  readonly postings: ReadonlyMap<string, Postings>;
}

interface BackgroundPaper {
  /** As that of an example. */
  readonly id: string;
  readonly words: WordCounts;
}

interface Postings {
  readonly places: number[];
  readonly values: number[];
}

/** How many words a profile has at most. */
export const mostWords = 600;

/** Makes a background of the papers of one week by their words; it serves any number of topics. */
export function backgroundOf(papers: readonly BackgroundPaper[], frequencies: Frequencies): Background {
  const mean = new Map<string, number>();
  const postings = new Map<string, Postings>();
  for (const [place, { words }] of papers.entries()) {
    for (const [word, share] of wordShares(words, frequencies)) {
      mean.set(word, (mean.get(word) ?? 0) + share / papers.length);
      const found = postings.get(word) ?? { places: [], values: [] };
      postings.set(word, found);
      found.places.push(place);
      found.values.push(share);
    }
  }
  const strengths: { word: string; strength: number }[] = [];
  for (const [word, { values }] of postings) {
    const inverse = inverseFrequency(word, frequencies);
    for (let at = 0; at < values.length; at += 1) values[at] = (values[at] ?? 0) * inverse;
    strengths.push({ word, strength: (mean.get(word) ?? 0) * Math.sqrt(inverse) });
  }
  const frequent = strengths.sort((one, other) => other.strength - one.strength).slice(0, mostWords);
  return { frequencies, papers, mean, frequent: frequent.map(({ word }) => word), postings };
}

/** What weighted words give each of the background's papers. */
export function scoresIn(
  { papers, postings }: Background,
  words: readonly { readonly word: string; readonly weight: number }[],
): Float64Array {
  const scores = new Float64Array(papers.length);
  for (const { word, weight } of words) {
    const found = postings.get(word);
    if (!found) continue;
    const { places, values } = found;
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] ?? 0;
      scores[place] = (scores[place] ?? 0) + weight * (values[at] ?? 0);
    }
  }
  return scores;
}
