import type { CalendarDate, Instant } from '../calendar-date.js';
import type { SourceName } from './paper.js';

/** `quiet` answers but lists nothing new today, `stale` has listed nothing new for days, `down` does not answer. */
export type SourceStatus = 'fresh' | 'quiet' | 'stale' | 'down';

/** How one source did when it was last asked. */
export interface SourceHealth {
  readonly source: SourceName;
  readonly status: SourceStatus;
  /** When it was asked. */
  readonly at: Instant;
  readonly lastAnswerAt?: Instant;
  /** Newest day for which it listed a paper that it had not listed before. */
  readonly newestDay?: CalendarDate;
  /** Records of the last answer that could not be read. */
  readonly rejected: number;
  /** What went wrong, in words for the admin. */
  readonly note?: string;
}
