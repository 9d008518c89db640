import { type CalendarDate, dateOf, type Instant } from '../calendar-date.js';
import type { PaperId } from './paper-id.js';

/** Where papers come from. */
export type SourceName = 'hugging-face' | 'arxiv';

/**
 * One work; the same paper from two sources is one. Texts are single-line and free of control characters, TeX is kept.
 */
export interface Paper {
  readonly id: PaperId;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  /** arXiv categories, the primary one first; empty until arXiv described the paper. */
  readonly categories: readonly string[];
  readonly aiSummary?: string;
  readonly keywords: readonly string[];
  readonly organisation?: string;
  /** Who put the paper on a daily list: the source's user name. */
  readonly submitter?: string;
  /** Repository address `https://github.com/<owner>/<name>`, never anything else. */
  readonly codeUrl?: string;
  /** When this code address appeared, if the paper was known without it before. */
  readonly codeSince?: Instant;
  /** Project page, `https:` only. */
  readonly projectUrl?: string;
  readonly publishedAt: Instant;
  readonly firstSeenAt: Instant;
  /** Days on whose daily list the paper was, ascending. */
  readonly listedDays: readonly CalendarDate[];
  readonly version?: number;
  /** arXiv says that it was withdrawn: by its newest word, in the comment or in the abstract. */
  readonly isWithdrawn: boolean;
  readonly sources: readonly SourceName[];
  /** The source whose stars are counted; without one, GitHub may be asked for them. */
  readonly starsFrom?: SourceName;
  /** Somebody asked for it by its id, and no source has listed it yet: no edition may hold it. */
  readonly isLookedUp?: true;
  /** When arXiv last answered a question about the newest version that is known. */
  readonly describedAt?: Instant;
}

/** The newest day on which the paper was listed or first seen. */
export function activeDayOf({ firstSeenAt, listedDays }: Paper): CalendarDate {
  const firstSeenOn = dateOf(firstSeenAt);
  return (
    listedDays
      .filter((day) => day > firstSeenOn)
      .sort()
      .at(-1) ?? firstSeenOn
  );
}

/** What a source counts for a paper; an absent count was not given, which is not zero. */
export interface Counts {
  readonly upvotes?: number;
  readonly comments?: number;
  readonly stars?: number;
}

/** What a source said about a paper at one instant. */
export interface Observation extends Counts {
  readonly at: Instant;
}

/** A paper with its observations, oldest first. */
export interface ObservedPaper {
  readonly paper: Paper;
  readonly history: readonly Observation[];
}

/** What one source says about one paper in one answer; what is absent it does not say. */
export interface PaperRecord {
  readonly source: SourceName;
  readonly id: PaperId;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly categories?: readonly string[];
  readonly aiSummary?: string;
  readonly keywords?: readonly string[];
  readonly organisation?: string;
  readonly submitter?: string;
  /** Repository that the source states. */
  readonly codeUrl?: string;
  /** Repository that the paper's own texts mention: it counts where no source states one. */
  readonly mentionedCodeUrl?: string;
  readonly projectUrl?: string;
  readonly publishedAt: Instant;
  readonly listedOn?: CalendarDate;
  /** `false` where the source describes a paper and does not list it as new. */
  readonly isListing?: false;
  readonly version?: number;
  readonly isWithdrawn?: boolean;
  readonly counts?: Counts;
}
