import type { SendDigest } from '../../shared/contract/messages.js';
import type { LoadEdition } from '../../shared/delivery/loaded-edition.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { balanceBatch, type DeliveryMoment } from '../../shared/domain/subscriber/delivery.js';
import type { RunBalance } from '../../shared/domain/subscriber/outcome.js';
import { dueAt } from '../../shared/domain/subscriber/slot.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type DeliverDeps, type Delivery, deliverDigest } from './deliver-digest.js';

/** A worker stops before Lambda stops it: the rest of its batch is asked for again by the next tick. */
const reserveMs = 30_000;

export interface SendDigestDeps extends Omit<DeliverDeps, 'subscribers' | 'pace'> {
  readonly runs: Pick<RunRepository, 'findBatch' | 'replaceBalance' | 'latestMailEvent'>;
  readonly subscribers: DeliverDeps['subscribers'] & Pick<SubscriberRepository, 'load'>;
  readonly loadEdition: LoadEdition;
  readonly quota: () => Promise<SendQuota>;
  /** Makes the gate that every mail of this job passes, so that all senders together stay under the account's rate. */
  readonly paceFor: (quota: SendQuota) => DeliverDeps['pace'];
  /** Counts a job that SES's refusals ended early. */
  readonly countStop: () => void;
  readonly publishHour: number;
}

export interface SendDigestReport extends RunBalance {
  readonly batch: string;
  readonly run: string;
  /** Why the job ended with open candidates, if something stopped it. */
  readonly stopped?: 'quota-exhausted' | 'sending-paused' | 'throttled' | 'out-of-time';
}

/** Brings every subscriber of one batch to an outcome where that can be done now, and counts the batch anew. */
export async function sendDigest(
  job: SendDigest,
  deps: SendDigestDeps,
  remainingMs: () => number,
): Promise<SendDigestReport> {
  const batch = await deps.runs.findBatch(job.run, job.batch);
  if (!batch) throw new Error(`no batch ${job.batch} in run ${job.run}`);

  const stopped = await deliverBatch(batch, deps, remainingMs);
  if (stopped && stopped !== 'out-of-time') deps.countStop();
  const subscribers = await deps.subscribers.load(batch.subscribers);
  const { balance, uncertain } = balanceBatch(batch.subscribers, subscribers, batch.run, batch.id, deps.now());
  const quotaStops = batch.quotaStops + (stopped === 'quota-exhausted' ? 1 : 0);
  await deps.runs.replaceBalance(batch.run, batch.id, { balance, uncertain, quotaStops }, deps.now());
  return { run: batch.run, batch: batch.id, ...balance, ...(stopped ? { stopped } : {}) };
}

async function deliverBatch(
  batch: Batch,
  deps: SendDigestDeps,
  remainingMs: () => number,
): Promise<SendDigestReport['stopped']> {
  const edition = await deps.loadEdition(batch.run);
  const quota = await deps.quota();
  const delivery: Delivery = {
    edition,
    batch: batch.id,
    moment: await momentOf(batch, deps, deps.now()),
    allowance: quota.per24Hours - quota.sentLast24Hours,
  };
  const pace = deps.paceFor(quota);
  for (const subscriber of await deps.subscribers.load(batch.subscribers)) {
    if (remainingMs() < reserveMs) return 'out-of-time';
    const result = await deliverDigest(subscriber, delivery, { ...deps, pace }).catch((error: Error) => {
      deps.warn('a digest failed; the others go on, and it is tried again', {
        subscriber: subscriber.id,
        error: error.name,
      });
      return 'ended' as const;
    });
    if (result === 'mailed') delivery.allowance -= 1;
    if (result === 'quota-exhausted' || result === 'sending-paused' || result === 'throttled') return result;
  }
  return undefined;
}

async function momentOf(batch: Batch, deps: SendDigestDeps, now: Instant): Promise<DeliveryMoment> {
  return {
    edition: batch.run,
    now,
    dueAt: dueAt(batch.slot, batch.run, deps.publishHour),
    latestMailEvent: await deps.runs.latestMailEvent(),
  };
}
