import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { LearnedTopic } from '../../../shared/domain/likeness/learned-topic.js';

/** A word that counts for a learned topic, as a page shows it. */
export interface LearnedWord {
  /** As people write it. */
  readonly shown: string;
  /** As it is struck, pinned and let go. */
  readonly key: string;
  /** From -1 to 1: the strongest is 1. */
  readonly weight: number;
  /** Titles of the examples from which it comes, those that count most first. */
  readonly from: readonly string[];
  readonly isPinned: boolean;
}

/** What a page shows of a learned topic. */
export interface LearnedView extends Pick<LearnedTopic, 'name' | 'strictness' | 'order'> {
  readonly examples: readonly {
    readonly id: string;
    readonly title: string;
    readonly liked: boolean;
    readonly isWaiting: boolean;
  }[];
  readonly notFound: readonly string[];
  readonly words: readonly LearnedWord[];
  /** Words that do not count, as people write them. */
  readonly struck: readonly string[];
  /** Papers a week at each step, from few and sure to more and wider; empty where nobody can say. */
  readonly perWeek: readonly number[];
  /** A filter that says nearly the same, and which share of the liked papers it finds. */
  readonly offered?: { readonly filter: string; readonly share: number };
  /** What the newest edition has. */
  readonly today?: {
    readonly date: CalendarDate;
    readonly papers: readonly { readonly path: string; readonly title: string; readonly why: string }[];
    readonly matched: number;
    /** Nothing is sure enough to be said at this setting. */
    readonly isSilent: boolean;
  };
}
