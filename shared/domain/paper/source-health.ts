import { addDays, type CalendarDate, dateOf, type Instant } from '../calendar-date.js';
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

/** Over a long weekend with a holiday nothing new comes for this many days; more is a fault. */
const quietDays = 4;

/** What came of asking one source, as far as its health depends on it. */
interface SourceReading {
  readonly source: SourceName;
  readonly at: Instant;
  /** Newest day for which the source had papers that it had not given before; absent when its answer had none. */
  readonly newestDay?: CalendarDate | undefined;
  readonly rejected: number;
  /** Why it did not answer; absent when it did. */
  readonly failure?: string | undefined;
}

/**
 * Judges a source: `fresh` has new papers of today, `quiet` had some in the last four days, `stale` longer ago, even if
 * it repeats what it gave before; `down` does not answer.
 */
export function judgeSource(reading: SourceReading, previous: SourceHealth | undefined): SourceHealth {
  const { source, at, rejected, failure } = reading;
  const newestDay = newerOf(reading.newestDay, previous?.newestDay);
  const lastAnswerAt = failure === undefined ? at : previous?.lastAnswerAt;
  return {
    source,
    status: failure === undefined ? freshness(newestDay, dateOf(at)) : 'down',
    at,
    rejected,
    ...(lastAnswerAt === undefined ? {} : { lastAnswerAt }),
    ...(newestDay === undefined ? {} : { newestDay }),
    ...(failure === undefined ? {} : { note: failure }),
  };
}

/** A late addition to an old list takes nothing back. */
function newerOf(one: CalendarDate | undefined, other: CalendarDate | undefined): CalendarDate | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}

function freshness(newestDay: CalendarDate | undefined, today: CalendarDate): SourceHealth['status'] {
  if (newestDay === undefined) return 'quiet';
  if (newestDay >= today) return 'fresh';
  return newestDay >= addDays(today, -quietDays) ? 'quiet' : 'stale';
}
