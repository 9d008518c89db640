import type { CalendarDate, Instant } from '../calendar-date.js';
import type { Highlights } from '../highlights/highlights.js';
import type { Counts, Paper } from '../paper/paper.js';
import type { SourceHealth } from '../paper/source-health.js';
import type { TrendScore } from '../trend/trend-score.js';

/** A paper with its place in an edition. */
export interface RankedPaper {
  readonly paper: Paper;
  readonly score: TrendScore;
  /** The newest counts when the edition was published. */
  readonly counts: Counts;
  /** Its upvotes over time, as `upvoteCurve` gives them. */
  readonly curve?: readonly number[];
  /** An old paper that rises again; absent for all others. */
  readonly lane?: 'resurfaced';
  /** The upvotes it gained in the seven days before; absent in editions of earlier versions. */
  readonly weekGain?: number;
  /** Which sentences of its abstract tell the most; absent in editions made before they were chosen. */
  readonly highlights?: Highlights;
}

/** The frozen, ranked list of one calendar day, best first; immutable once published. */
export interface Edition {
  readonly date: CalendarDate;
  /** Number of the formula that scored it. */
  readonly formula: number;
  readonly publishedAt: Instant;
  /** The daily lists behind it; a day whose list was empty is noted with 0. */
  readonly days: readonly ListedDay[];
  /** The edition before it, since which papers count as new; absent on the first one, and on those of earlier versions. */
  readonly previous?: PublishedEdition;
  /** How the sources did when it was published; absent on editions of earlier versions. */
  readonly sources?: readonly EditionSource[];
  readonly papers: readonly RankedPaper[];
}

/** An edition that was published, and when. */
export type PublishedEdition = Pick<Edition, 'date' | 'publishedAt'>;

/** How a source did, as far as readers are told. */
export type EditionSource = Pick<SourceHealth, 'source' | 'status' | 'newestDay'>;

/** How many papers the daily list of a day held when it was last read. */
export interface ListedDay {
  readonly date: CalendarDate;
  readonly listed: number;
}
