/** In how many documents of a collection each word occurs. */
export interface Frequencies {
  /** How many documents there are. */
  readonly papers: number;
  /** How many of them have a word, as `wordCounts` writes it; 0 for one that none has. */
  readonly of: (word: string) => number;
}

/** A word of a likeness profile. */
export interface LikenessWord {
  /** As `wordCounts` writes it. */
  readonly word: string;
  /** What it counts before a word's inverse frequency, which is applied when scoring; below 0 it speaks against a paper. */
  readonly weight: number;
  /** Where in `titles` the example is from which most of the weight comes; absent for none, and for a word that was pinned. */
  readonly example?: number;
}

/** What was learned of a topic like some papers: a paper is alike whose weighted words come to the threshold. */
export interface LikenessProfile {
  /** The strongest first, at most 600. */
  readonly words: readonly LikenessWord[];
  /** The least score at which a paper belongs to the topic; `Infinity` while nothing is sure enough to be said. */
  readonly threshold: number;
  readonly order: 'trend' | 'likeness';
  /** Titles of liked examples, those that count most first. */
  readonly titles: readonly string[];
}
