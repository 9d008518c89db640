/** How often each word occurs in a paper's title and abstract; words as the house's normaliser writes them. */
export type WordCounts = ReadonlyMap<string, number>;

/** A paper by which a reader says what a topic is about. */
export interface Example {
  /** Its arXiv id without version, or `entry:` and a hash for one that only the reader's own file describes. */
  readonly id: string;
  readonly title: string;
  /** `false` for one of which the reader wants less. */
  readonly liked: boolean;
  /** Absent while arXiv has yet to be asked. */
  readonly words?: WordCounts;
}

/** From few and sure, 1, to more and wider, 5. */
export type Strictness = 1 | 2 | 3 | 4 | 5;

/** What a reader has said of a topic like some papers, from which its profile is learned anew whenever that changes. */
export interface LearnedTopic {
  readonly name: string;
  /** Oldest first, at most 200. */
  readonly examples: readonly Example[];
  /** Words that shall not count. */
  readonly struck: readonly string[];
  /** Words that shall count, however seldom the examples have them. */
  readonly pinned: readonly string[];
  readonly strictness: Strictness;
  /** Whether its papers come by their trend or by how like the examples they are. */
  readonly order: 'trend' | 'likeness';
}
