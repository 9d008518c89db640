import type { WordCounts } from './learned-topic.js';
import type { Frequencies } from './likeness-profile.js';

/** What each word of a paper adds to its score, times what the word weighs in a profile. */
export type PaperVector = ReadonlyMap<string, number>;

/** What a pair of words counts beside a single one. */
const pairShare = 0.7;

/** Frequencies change a little from one collection to the next; a word that none of its papers has is a seldom one. */
function inverse(word: string, { papers, of }: Frequencies): number {
  return Math.log((1 + papers) / (1 + Math.min(papers, of(word))));
}

/**
 * The inverse frequency of a word in a collection. That of a pair is made of its words', so that nobody has to count pairs.
 */
export function inverseFrequency(word: string, frequencies: Frequencies): number {
  const blank = word.indexOf(' ');
  if (blank < 0) return inverse(word, frequencies);
  const [first, second] = [word.slice(0, blank), word.slice(blank + 1)];
  return Math.sqrt(inverse(first, frequencies) * inverse(second, frequencies));
}

/**
 * A paper's words by their share of it, without inverse frequencies: profiles are made of them. What the inverse frequencies
 * do to the length of the whole is taken out.
 */
export function wordShares(counts: WordCounts, frequencies: Frequencies): PaperVector {
  return scaled(counts, frequencies, () => 1);
}

/** A paper as profiles are compared with it: the shares of its words, by their inverse frequencies. */
export function paperVector(counts: WordCounts, frequencies: Frequencies): PaperVector {
  return scaled(counts, frequencies, (inverted) => inverted);
}

function scaled(counts: WordCounts, frequencies: Frequencies, factor: (inverted: number) => number): PaperVector {
  const values = new Map<string, number>();
  let squares = 0;
  for (const [word, count] of counts) {
    const inverted = inverseFrequency(word, frequencies);
    const share = (1 + Math.log(count)) * (word.includes(' ') ? pairShare : 1);
    squares += share * share * inverted;
    values.set(word, share * factor(inverted));
  }
  const length = Math.sqrt(squares) || 1;
  for (const [word, value] of values) values.set(word, value / length);
  return values;
}
