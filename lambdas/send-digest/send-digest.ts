import type { SendDigest } from '../../shared/contract/messages.js';
import type { MailDigest } from '../../shared/delivery/digest-mailer.js';
import type { LoadEdition } from '../../shared/delivery/loaded-edition.js';
import type { Lane } from '../../shared/delivery/pacing.js';
import type { SeenHashesOf } from '../../shared/delivery/seen-hashes.js';
import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { type DeliveryMoment, isPastLife } from '../../shared/domain/subscriber/delivery.js';
import type { RunBalance } from '../../shared/domain/subscriber/outcome.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { FilterTopic } from '../../shared/domain/subscriber/topic.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import { closedTable, type TableGate } from '../../shared/storage/subscribers/name-row.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type Delivery, type DeliveryResult, deliverDigest } from './deliver-digest.js';
import { afterJob, countBatch, loadBatch } from './load-batch.js';
import { type BatchAtWork, dueOf, momentFor, prepareDelivery } from './prepare-delivery.js';
import { roomFor } from './sending-turns.js';
import type { SettleDoubtsDeps } from './settle-doubts.js';
import { noteRecorded } from './tally-outcomes.js';

/** A worker stops before Lambda stops it: the rest of its batch is asked for again by the next tick. */
const reserveMs = 30_000;

/** So many claims in doubt in a row mean that SES is ill: it gets no more of the batch for now. */
const doubtsInARow = 5;

/** Why a job ended with open candidates. */
type Stop =
  | 'restored-table'
  | 'quota-exhausted'
  | 'sending-paused'
  | 'throttled'
  | 'in-doubt'
  | 'halted'
  | 'out-of-time';

export interface SendDigestDeps {
  readonly runs: Pick<RunRepository, 'findBatch' | 'replaceBalance'>;
  readonly subscribers: Pick<
    SubscriberRepository,
    'load' | 'claim' | 'reclaim' | 'markUnsent' | 'record' | 'close' | 'endPause'
  >;
  /** Whether the Subscribers table is no copy that waits for its replay. */
  readonly isOwnTable: TableGate;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly loadEdition: LoadEdition;
  readonly catalogue: readonly FilterTopic[];
  readonly seenHashes: SeenHashesOf;
  readonly mailDigest: MailDigest;
  readonly mailProbe: SettleDoubtsDeps['mailProbe'];
  readonly traffic: SettleDoubtsDeps['traffic'];
  readonly tally: TrafficTally;
  /** Whether digests may be sent: neither halted after bounces or complaints nor paused by the admin. Asked before each claim. */
  readonly maySend: SendingGate;
  readonly quota: () => Promise<SendQuota>;
  /** Makes the gate that every mail of this job passes, so that all senders together stay under the account's rate. */
  readonly paceFor: (account: { readonly perSecond: number }) => () => Promise<void>;
  /** Holds so many digests on their way together, those of all jobs of the process. */
  readonly lane: Lane;
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

  if (!(await deps.isOwnTable())) return refuseTable(batch, deps);
  const dueAt = dueOf(batch, deps);
  const { subscribers, recorded } = noteRecorded(deps.subscribers);
  const before = await loadBatch(batch, deps);
  const work = { batch, subscribers: before.readable, dueAt, room: () => roomFor(job, queuedAt, deps) };
  const { stopped, broken } = await deliverBatch(work, { ...deps, subscribers }, remainingMs).finally(deps.tally.flush);
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

/** Leaves the batch as it is: its subscribers stand in the table as they did when the backup was made. */
function refuseTable({ run, id, balance, broken }: Batch, { warn, countStopped }: SendDigestDeps): SendDigestReport {
  warn(closedTable, { run, batch: id });
  countStopped(1);
  return { run, batch: id, ...balance, broken, stopped: 'restored-table' };
}

/** What the deliveries of a batch, several at a time, know of each other. */
interface Progress {
  stopped?: Stop;
  /** Claims in doubt since SES last took a mail. */
  doubts: number;
  readonly broken: Set<SubscriberId>;
}

/** Takes the next step of every subscriber's digest, several at a time, until something stops the batch. */
async function deliverBatch(work: BatchAtWork, deps: SendDigestDeps, remainingMs: () => number): Promise<Progress> {
  const progress: Progress = { doubts: 0, broken: new Set() };
  const moment: DeliveryMoment = { edition: work.batch.run, now: deps.now(), dueAt: work.dueAt };
  if (!isPastLife(moment) && !(await deps.maySend())) return { ...progress, stopped: 'halted' };
  const refusal = () => (progress.stopped ? 'stopped' : remainingMs() < reserveMs ? 'out-of-time' : undefined);
  const { delivery, isDown } = await prepareDelivery(work, moment, refusal, deps);
  if (isDown) return { ...progress, stopped: 'in-doubt' };
  const deliver = async (subscriber: Subscriber) => {
    const mayGoOn = async () => isPastLife(moment) || (await deps.maySend());
    const found = refusal() ?? ((await mayGoOn()) ? await deliverSafely(subscriber, delivery, deps) : 'halted');
    note(found, subscriber.id, progress);
  };
  await Promise.all(work.subscribers.map((subscriber) => deps.lane(() => deliver(subscriber))));
  return progress;
}

/** A fault of ours leaves this subscriber open, and stops nobody else's digest. */
function deliverSafely(subscriber: Subscriber, delivery: Delivery, deps: SendDigestDeps): Promise<DeliveryResult> {
  const current = { ...delivery, moment: momentFor(subscriber, { ...delivery.moment, now: deps.now() }, deps) };
  return deliverDigest(subscriber, current, deps).catch((error: unknown) => {
    const what = { subscriber: subscriber.id, edition: delivery.moment.edition, reason: describeFault(error) };
    deps.warn('a digest failed; the others are not affected, and it is tried again', what);
    return 'broken';
  });
}

function note(result: DeliveryResult | Stop, id: SubscriberId, progress: Progress): void {
  switch (result) {
    case 'ended':
    case 'stopped':
      return;
    case 'broken':
      progress.broken.add(id);
      return;
    case 'mailed':
      progress.doubts = 0;
      return;
    case 'in-doubt':
      progress.doubts += 1;
      if (progress.doubts >= doubtsInARow) progress.stopped ??= 'in-doubt';
      return;
    default:
      progress.stopped ??= result;
  }
}
