import { addDays, type CalendarDate, dateOf, type Instant } from '../calendar-date.js';
import type { SourceName } from './paper.js';
import type { SourceHealth } from './source-health.js';

/** A long weekend with a holiday brings nothing new for this many days; more is a fault. */
const quietDays = 4;

/** What came of asking one source, as far as its health depends on it. */
export interface SourceReading {
  readonly source: SourceName;
  readonly at: Instant;
  /** Newest day for which the source had papers that it did not have before; absent when it answered with none. */
  readonly newestDay?: CalendarDate | undefined;
  readonly rejected: number;
  /** Why it did not answer; absent when it did. */
  readonly failure?: string | undefined;
}

/**
 * Judges a source: `fresh` has new papers of today, `quiet` had some in the last four days, `stale` longer ago, be it that it says
 * the same again and again; `down` does not answer.
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
