import { nobody } from '../../cli/house/status/count-subscribers.js';
import type { QueueFact, RunFact, StatusFacts } from '../../cli/house/status/facts.js';
import { noOutcomes } from '../../shared/domain/subscriber/outcome.js';
import { day, instant } from './builders.js';

/** A queue that holds nothing. */
export function aQueueFact(over: Partial<QueueFact> = {}): QueueFact {
  return { name: 'send-digest', kind: 'work', visible: 0, inFlight: 0, ...over };
}

/** A run that has ended. */
export function aRunFact(over: Partial<RunFact> = {}): RunFact {
  const counts = { candidates: 1204, open: 0, ...noOutcomes, sent: 1150, unmatched: 54 };
  return { ...counts, batches: 25, openBatches: 0, broken: 0, ...over };
}

/** A deployed house in which all goes well. */
export function statusFacts(over: Partial<StatusFacts> = {}): StatusFacts {
  const at = instant('2026-08-07T10:00');
  const tally = { accepted: 1150, bounced: 3, complained: 0 };
  return {
    place: 'The stack Paperboy',
    now: instant('2026-08-07T10:41'),
    sources: {
      value: [
        { source: 'arxiv', status: 'quiet', at, rejected: 0, newestDay: day('2026-08-06') },
        { source: 'hugging-face', status: 'fresh', at, rejected: 0, newestDay: day('2026-08-07') },
      ],
    },
    edition: { value: { date: day('2026-08-07'), publishedAt: instant('2026-08-07T05:02'), papers: 812 } },
    run: { value: aRunFact() },
    queues: { value: [aQueueFact(), aQueueFact({ kind: 'dead-letters' })] },
    alarms: { value: { watched: 40, unheard: 0, raised: [] } },
    switches: { value: [{ name: 'IngestPapersSchedule', isOn: true }] },
    sending: {
      value: [
        { sort: 'digests', tally },
        { sort: 'notices', tally: { ...tally, accepted: 60 } },
      ],
    },
    awaitsReplay: { value: false },
    mailAccount: {
      value: { isSending: true, isSandboxed: false, perDay: 50_000, perSecond: 14, sentLast24Hours: 1210 },
    },
    subscribers: { value: { ...nobody, active: 1199, paused: 5, pending: 4, suppressed: 2 } },
    ...over,
  };
}
