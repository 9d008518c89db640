import type { WordCounts } from './learned-topic.js';
import type { Frequencies } from './likeness-profile.js';

/** What each word of a paper adds to its score, times what the word weighs in a profile. */
export type PaperVector = ReadonlyMap<string, number>;

/** What a pair of words counts beside a single one. */
const pairShare = 0.6;

/** How much more seldom words count than frequent ones. */
const inversePower = 1.25;

/** Where single words' frequencies say how frequent a pair is: as if they met by chance, but never as seldom as all that. */
const pairGain = 1;
const seldomPair = 2;

/** Frequencies change a little from one collection to the next: a word may be in more papers than there are. */
function rarity(word: string, { papers, of }: Frequencies): number {
  return Math.log((1 + papers) / (1 + Math.min(papers, of(word))));
}

/**
 * The inverse frequency of a word in a collection. That of a pair is made of its words', so that nobody has to count pairs.
 */
export function inverseFrequency(word: string, frequencies: Frequencies): number {
  const blank = word.indexOf(' ');
  if (blank < 0) return rarity(word, frequencies) ** inversePower;
  const both = rarity(word.slice(0, blank), frequencies) + rarity(word.slice(blank + 1), frequencies) + pairGain;
  return Math.min(both, Math.log((1 + frequencies.papers) / seldomPair)) ** inversePower;
}

/** A paper's words by their share of it, without inverse frequencies: profiles are made of them. */
export function wordShares(counts: WordCounts, frequencies: Frequencies): PaperVector {
  const shares = new Map<string, number>();
  let squares = 0;
  for (const [word, count] of counts) {
    const isPair = word.includes(' ');
    const share = (1 + Math.log(count)) * (isPair ? pairShare : 1);
    shares.set(word, share);
    // A word that no other paper has can match nothing, and pairs are mostly such.
    if (!isPair && frequencies.of(word) > 1) squares += share * share * inverseFrequency(word, frequencies);
  }
  const length = Math.sqrt(squares) || 1;
  for (const [word, share] of shares) shares.set(word, share / length);
  return shares;
}

/** A paper as profiles are compared with it: the shares of its words, by their inverse frequencies. */
export function paperVector(counts: WordCounts, frequencies: Frequencies): PaperVector {
  const values = new Map<string, number>();
  for (const [word, share] of wordShares(counts, frequencies)) {
    values.set(word, share * inverseFrequency(word, frequencies));
  }
  return values;
}
