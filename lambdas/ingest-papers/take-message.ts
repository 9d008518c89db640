import type { IngestPapers } from '../../shared/contract/messages.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { type BackfillDeps, backfill } from './backfill.js';
import { type IngestHourlyDeps, ingestHourly } from './ingest-hourly.js';
import { type LookUpPapersDeps, lookUpPapers } from './look-up-papers.js';

/** What each kind of message needs. */
export interface TakeMessageDeps {
  readonly hourly: IngestHourlyDeps;
  readonly backfill: BackfillDeps;
  readonly lookUp: LookUpPapersDeps;
}

/** Does what one message asks for; `sentAt` is when it was put on the queue. Messages are taken one at a time. */
export function takeMessage(message: IngestPapers, sentAt: Instant, deps: TakeMessageDeps): Promise<object> {
  switch (message.kind) {
    case 'hourly':
      return ingestHourly(sentAt, deps.hourly);
    case 'backfill':
      return backfill(message, deps.backfill);
    case 'look-up':
      return lookUpPapers(message, deps.lookUp);
  }
}
