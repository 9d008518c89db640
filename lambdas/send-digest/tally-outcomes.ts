import type { Outcome } from '../../shared/domain/subscriber/outcome.js';
import type { EditionOutcome, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

/** What is told of one job; the outcomes are those that this job recorded, `open` all that it leaves. */
type JobMetric =
  | 'digestsSent'
  | 'digestsQuietNoted'
  | 'digestsFailed'
  | 'digestsExpired'
  | 'digestsUncertain'
  | 'digestsOpen';

interface Deps {
  readonly subscribers: Pick<SubscriberRepository, 'record' | 'close'>;
}

/** An outcome that this job recorded. */
export interface RecordedOutcome {
  readonly subscriber: SubscriberId;
  readonly ended: EditionOutcome;
}

/** The same repository, and the list of what is recorded through it. */
export function noteRecorded<Repository extends Deps['subscribers']>(subscribers: Repository) {
  const recorded: RecordedOutcome[] = [];
  async function noted<Result>(result: Promise<Result>, subscriber: SubscriberId, ended: EditionOutcome) {
    const answer = await result;
    if (answer === 'recorded') recorded.push({ subscriber, ended });
    return answer;
  }
  const noting: Repository = {
    ...subscribers,
    record: (subscriber, outcome, claim) => {
      const ended = { edition: claim.edition, outcome, batch: claim.batch };
      return noted(subscribers.record(subscriber, outcome, claim), subscriber.id, ended);
    },
    close: (subscriber, edition, outcome, batch) =>
      noted(subscribers.close(subscriber, edition, outcome, batch), subscriber.id, { edition, outcome, batch }),
  } satisfies Deps['subscribers'] & Repository;
  return { subscribers: noting, recorded };
}

/** Runs a job, and tells afterwards how many of its digests ended how; what it recorded is told even if it throws. */
export async function tallyOutcomes<JobDeps extends Deps, Report extends { readonly open: number }>(
  deps: JobDeps,
  job: (deps: JobDeps) => Promise<Report>,
  count: (name: JobMetric, digests: number) => void,
): Promise<Report> {
  const { subscribers, recorded } = noteRecorded(deps.subscribers);
  const ended = (outcome: Outcome) => recorded.filter((each) => each.ended.outcome === outcome).length;
  try {
    const report = await job({ ...deps, subscribers });
    count('digestsOpen', report.open);
    return report;
  } finally {
    count('digestsSent', ended('sent'));
    count('digestsQuietNoted', ended('quiet-noted'));
    count('digestsFailed', ended('failed'));
    count('digestsExpired', ended('expired'));
    count('digestsUncertain', ended('uncertain'));
  }
}
