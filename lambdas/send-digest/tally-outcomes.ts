import { noOutcomes, type Outcome } from '../../shared/domain/subscriber/outcome.js';
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

/** Runs a job, and tells afterwards how many of its digests ended how; what it recorded is told even if it throws. */
export async function tallyOutcomes<JobDeps extends Deps, Report extends { readonly open: number }>(
  deps: JobDeps,
  job: (deps: JobDeps) => Promise<Report>,
  count: (name: JobMetric, digests: number) => void,
): Promise<Report> {
  const ended: Record<Outcome, number> = { ...noOutcomes };
  const { record, close } = deps.subscribers;
  const tallied = async <Result>(outcome: Outcome, result: Promise<Result>): Promise<Result> => {
    if ((await result) === 'recorded') ended[outcome] += 1;
    return result;
  };
  const subscribers: Deps['subscribers'] = {
    ...deps.subscribers,
    record: (subscriber, outcome, claim) => tallied(outcome, record(subscriber, outcome, claim)),
    close: (subscriber, edition, outcome, batch) => tallied(outcome, close(subscriber, edition, outcome, batch)),
  };
  try {
    const report = await job({ ...deps, subscribers });
    count('digestsOpen', report.open);
    return report;
  } finally {
    count('digestsSent', ended.sent);
    count('digestsQuietNoted', ended['quiet-noted']);
    count('digestsFailed', ended.failed);
    count('digestsExpired', ended.expired);
    count('digestsUncertain', ended.uncertain);
  }
}
