import type { PublishedEdition } from '../edition/edition.js';
import type { ReadSpots } from './month-spots.js';

/** Raise it whenever a month's index is laid out, or its words are read, in another way: older ones are made again. */
export const monthFormat = 2;

/**
 * The papers of the editions that together look back on a month, ready to be searched: in rank order, each once, as the
 * newest of these editions has it. The lists are typed arrays. A list named `first…` has for
 * each entry where its stretch of another list begins, and one number more for where the last one ends.
 */
export interface MonthIndex {
  /** The editions, newest first. */
  readonly sources: readonly PublishedEdition[];
  /** The papers' ids, one a line, as all texts here. */
  readonly ids: string;
  /** Each paper's own day, in days since 1970. */
  readonly days: Uint16Array;
  readonly scores: Float64Array;
  /** Which paper of its submitter it is where that cost it points, else 0. */
  readonly heldBack: Uint16Array;
  readonly upvotes: Float64Array;
  readonly stars: Float64Array;
  readonly publishedAt: Float64Array;
  /** As in `flags`. */
  readonly flags: Uint8Array;
  /** For each paper the editions that hold it, newest first: the numbers of the sources, and the places there, from 0. */
  readonly firstEntry: Uint32Array;
  readonly entrySource: Uint8Array;
  readonly entryPlace: Uint32Array;
  /**
   * The numbers of the words of all papers one after the other, with a 0 after each text and each sentence. Absent until
   * they are read: a filter without phrases needs `spots` alone.
   */
  wordAt?: Uint16Array | Uint32Array;
  /** What was read of where each word is, for as long as `wordAt` is absent. */
  spots?: ReadSpots;
  readonly firstPosition: Uint32Array;
  /** Where the abstract and the keywords of each paper begin, counted from its first position. */
  readonly abstractAt: Uint32Array;
  readonly keywordsAt: Uint32Array;
  /** The folded words by their numbers, from 1: by how frequent they are, in a few classes, each in order. */
  readonly vocabulary: string;
  readonly firstOfClass: Uint32Array;
  /** Words whose term is not their beginning (`memory`, of `memori`). */
  readonly oddWords: Uint32Array;
  /** Absent until they are read: few searches need them. */
  names?: MonthNames;
  readonly categories: string;
  readonly firstCategory: Uint32Array;
  readonly categoryAt: Uint16Array;
  readonly organisations: string;
  /** 0 where none is known, else one more than the line. */
  readonly organisation: Uint32Array;
}

/** A month with all that is read apart. */
export type WholeMonth = MonthIndex & Required<Pick<MonthIndex, 'wordAt' | 'names'>>;

/** Who wrote the papers of a month. */
export interface MonthNames {
  /** Different names, the last name first, in order. */
  readonly authors: string;
  /** Each paper's authors, in its order, by their lines. */
  readonly firstAuthor: Uint32Array;
  readonly authorAt: Uint32Array;
}

/** What a paper's `flags` say. */
export const flags = { code: 1, 'hugging-face': 2, arxiv: 4 } as const;

/** How many papers there are. */
export function sizeOf({ days }: Pick<MonthIndex, 'days'>): number {
  return days.length;
}
