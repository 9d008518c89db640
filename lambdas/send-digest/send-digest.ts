import type { SendDigest } from '../../shared/contract/messages.js';
import type { MailDigest } from '../../shared/delivery/digest-mailer.js';
import type { LoadEdition } from '../../shared/delivery/loaded-edition.js';
import type { SeenHashesOf } from '../../shared/delivery/seen-hashes.js';
import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { isPastLife } from '../../shared/domain/subscriber/delivery.js';
import type { RunBalance } from '../../shared/domain/subscriber/outcome.js';
import { dueAt } from '../../shared/domain/subscriber/slot.js';
import type { Topic } from '../../shared/domain/subscriber/topic.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import { welcomeBatchIdOf } from '../../shared/storage/run-rows.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { deliverBatch, type Stop } from './deliver-batch.js';
import { afterJob, countBatch, loadBatch } from './load-batch.js';
import { roomFor } from './sending-turns.js';
import type { SettleDoubtsDeps } from './settle-doubts.js';
import { noteRecorded } from './tally-outcomes.js';

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
  readonly paceFor: (account: { readonly perSecond: number }) => () => Promise<void>;
  /** How many digests of a batch are on their way together. */
  readonly inFlight: number;
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
  readonly stopped?: Stop;
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
  queuedAt: Instant = Number.NEGATIVE_INFINITY,
): Promise<SendDigestReport> {
  const batch = await deps.runs.findBatch(job.run, job.batch);
  if (!batch) throw new Error(`no batch ${job.batch} in run ${job.run}`);

  const dueAt = dueOf(batch, deps);
  const { subscribers, recorded } = noteRecorded(deps.subscribers);
  const before = await loadBatch(batch, deps);
  const given = { batch, subscribers: before.readable, dueAt, quota: () => roomFor(job, queuedAt, deps), remainingMs };
  const { stopped, broken } = await deliverBatch(given, { ...deps, subscribers }).finally(deps.tally.flush);
  const loaded = await afterJob(batch, before, recorded, deps);
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
