import type { SendDigest } from '../../shared/contract/messages.js';
import type { MailDigest } from '../../shared/delivery/digest-mailer.js';
import type { LoadEdition } from '../../shared/delivery/loaded-edition.js';
import type { SeenHashesOf } from '../../shared/delivery/seen-hashes.js';
import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { type DeliveryMoment, isPastLife } from '../../shared/domain/subscriber/delivery.js';
import type { RunBalance } from '../../shared/domain/subscriber/outcome.js';
import { dueAt } from '../../shared/domain/subscriber/slot.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { Topic } from '../../shared/domain/subscriber/topic.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import { welcomeBatchIdOf } from '../../shared/storage/run-rows.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type Delivery, deliverDigest } from './deliver-digest.js';
import { countBatch, loadBatch } from './load-batch.js';
import { type SettleDoubtsDeps, settleDoubts } from './settle-doubts.js';

/** A worker stops before Lambda stops it: the rest of its batch is asked for again by the next tick. */
const reserveMs = 30_000;

/** So many claims in doubt in a row mean that SES is ill: it gets no more of the batch for now. */
const doubtsInARow = 5;

export interface SendDigestDeps {
  readonly runs: Pick<RunRepository, 'findBatch' | 'replaceBalance'>;
  readonly subscribers: Pick<
    SubscriberRepository,
    'load' | 'claim' | 'reclaim' | 'markUnsent' | 'record' | 'close' | 'endPause'
  >;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly loadEdition: LoadEdition;
  readonly catalogue: readonly Topic[];
  readonly seenHashes: SeenHashesOf;
  readonly mailDigest: MailDigest;
  readonly mailProbe: SettleDoubtsDeps['mailProbe'];
  readonly traffic: SettleDoubtsDeps['traffic'];
  readonly tally: TrafficTally;
  /** Whether digests may be sent, as far as bounces and complaints go. */
  readonly maySend: SendingGate;
  readonly quota: () => Promise<SendQuota>;
  /** Makes the gate that every mail of this job passes, so that all senders together stay under the account's rate. */
  readonly paceFor: (quota: SendQuota) => () => Promise<void>;
  /** Told of every job: 1 when SES's refusals ended it early, else 0. */
  readonly countStopped: (count: 0 | 1) => void;
  /** Told of every job: how many digests a fault of ours kept from being sent, 0 included. */
  readonly countBroken: (count: number) => void;
  /** Told of a subscriber whose own filters cannot all be read any more: how many cannot. */
  readonly countUnreadable: (filters: number) => void;
  readonly publishHour: number;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

export interface SendDigestReport extends RunBalance {
  readonly batch: string;
  readonly run: string;
  /** Open candidates whose digest a fault of ours kept from being sent. */
  readonly broken: number;
  /** Why the job ended with open candidates, if something stopped it. */
  readonly stopped?: 'quota-exhausted' | 'sending-paused' | 'throttled' | 'in-doubt' | 'halted' | 'out-of-time';
}

/**
 * Brings every subscriber of one batch to an outcome where that can be done now, and recounts the batch. A fault of
 * ours leaves its subscriber open, for later ticks to try again until the digest expires, and stops nobody else's
 * digest.
 */
export async function sendDigest(
  job: SendDigest,
  deps: SendDigestDeps,
  remainingMs: () => number,
): Promise<SendDigestReport> {
  const batch = await deps.runs.findBatch(job.run, job.batch);
  if (!batch) throw new Error(`no batch ${job.batch} in run ${job.run}`);

  const dueAt = dueOf(batch, deps);
  const { stopped, broken } = await deliverBatch(batch, dueAt, deps, remainingMs).finally(deps.tally.flush);
  const loaded = await loadBatch(batch, deps);
  for (const id of loaded.unreadable) broken.add(id);
  const now = deps.now();
  const accounting = countBatch(batch, loaded, broken, { now, isPastLife: isPastLife({ now, dueAt }) });
  deps.countStopped(stopped && stopped !== 'out-of-time' && stopped !== 'halted' ? 1 : 0);
  deps.countBroken(broken.size);
  const quotaStops = batch.quotaStops + (stopped === 'quota-exhausted' ? 1 : 0);
  await deps.runs.replaceBalance(batch.run, batch.id, { ...accounting, quotaStops }, now);
  const report = { run: batch.run, batch: batch.id, ...accounting.balance, broken: accounting.broken };
  return stopped ? { ...report, stopped } : report;
}

interface Progress {
  readonly stopped?: SendDigestReport['stopped'];
  readonly broken: Set<SubscriberId>;
}

/**
 * When a batch's digests fell due: a welcome's when it was asked for, whatever the hour. A zone that this runtime does not
 * know is no reason to leave its run open.
 */
function dueOf({ id, slot, run, openedAt, subscribers }: Batch, { publishHour }: SendDigestDeps): Instant {
  if (subscribers.some((subscriber) => id === welcomeBatchIdOf(subscriber))) return openedAt;
  try {
    return dueAt(slot, run, publishHour) ?? openedAt;
  } catch {
    return openedAt;
  }
}

async function deliverBatch(
  batch: Batch,
  due: Instant,
  deps: SendDigestDeps,
  remainingMs: () => number,
): Promise<Progress> {
  const { readable, unreadable } = await loadBatch(batch, deps);
  const broken = new Set(unreadable);
  const moment: DeliveryMoment = { edition: batch.run, now: deps.now(), dueAt: due };
  if (!isPastLife(moment) && !(await deps.maySend())) return { stopped: 'halted', broken };
  const { delivery, pace, isDown } = await prepareDelivery(batch, moment, readable, deps);
  if (isDown) return { stopped: 'in-doubt', broken };
  let doubts = 0;
  for (const subscriber of readable) {
    if (remainingMs() < reserveMs) return { stopped: 'out-of-time', broken };
    const current = { ...delivery, moment: { ...delivery.moment, now: deps.now() } };
    const result = await deliverDigest(subscriber, current, { ...deps, pace }).catch((error: unknown) => {
      const what = { subscriber: subscriber.id, edition: batch.run, reason: describeFault(error) };
      deps.warn('a digest failed; the others are not affected, and it is tried again', what);
      return 'broken' as const;
    });
    if (result === 'broken') broken.add(subscriber.id);
    const isOffered = result === 'mailed' || result === 'in-doubt';
    if (isOffered && delivery.allowance !== 'unknown') delivery.allowance -= 1;
    if (isOffered) doubts = result === 'in-doubt' ? doubts + 1 : 0;
    if (doubts >= doubtsInARow) return { stopped: 'in-doubt', broken };
    if (result === 'quota-exhausted' || result === 'sending-paused' || result === 'throttled') {
      return { stopped: result, broken };
    }
  }
  return { broken };
}

/** What the deliveries of a batch share; when its digests have expired, neither the edition nor SES is asked for any more. */
async function prepareDelivery(
  batch: Batch,
  moment: DeliveryMoment,
  subscribers: Parameters<typeof settleDoubts>[0],
  deps: SendDigestDeps,
): Promise<{ delivery: Delivery; pace: () => Promise<void>; isDown: boolean }> {
  if (isPastLife(moment)) {
    const delivery: Delivery = { edition: undefined, batch: batch.id, moment, allowance: 0 };
    return { delivery, pace: async () => {}, isDown: false };
  }
  const edition = await deps.loadEdition(batch.run);
  const quota = await readQuota(deps);
  const asked = { run: batch.run, now: moment.now };
  const { traffic, isDown } = await settleDoubts(subscribers, asked, deps);
  const delivery = {
    edition,
    batch: batch.id,
    moment: { ...moment, traffic },
    allowance: quota ? quota.per24Hours - quota.sentLast24Hours : ('unknown' as const),
  };
  return { delivery, pace: quota ? deps.paceFor(quota) : async () => {}, isDown };
}

/** An SES that does not say what it would take gets nothing for now; throwing would only use up the job's attempts. */
async function readQuota({ quota, warn }: SendDigestDeps): Promise<SendQuota | undefined> {
  try {
    return await quota();
  } catch (error) {
    warn('SES does not tell its quota: nothing is sent for now', { reason: describeFault(error) });
    return undefined;
  }
}
