import type { SendDigest } from '../../shared/contract/messages.js';
import type { MailDigest } from '../../shared/delivery/digest-mailer.js';
import type { LoadEdition } from '../../shared/delivery/loaded-edition.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { balanceBatch } from '../../shared/domain/subscriber/delivery.js';
import type { RunBalance } from '../../shared/domain/subscriber/outcome.js';
import { dueAt } from '../../shared/domain/subscriber/slot.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { Topic } from '../../shared/domain/subscriber/topic.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type Delivery, deliverDigest } from './deliver-digest.js';

/** A worker stops before Lambda stops it: the rest of its batch is asked for again by the next tick. */
const reserveMs = 30_000;

export interface SendDigestDeps {
  readonly runs: Pick<RunRepository, 'findBatch' | 'replaceBalance' | 'latestMailEvent'>;
  readonly subscribers: Pick<
    SubscriberRepository,
    'load' | 'claim' | 'reclaim' | 'markUnsent' | 'record' | 'close' | 'resume'
  >;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly loadEdition: LoadEdition;
  readonly catalogue: readonly Topic[];
  readonly mailDigest: MailDigest;
  readonly quota: () => Promise<SendQuota>;
  /** Makes the gate that every mail of this job passes, so that all senders together stay under the account's rate. */
  readonly paceFor: (quota: SendQuota) => () => Promise<void>;
  /** Told of every job: 1 when SES's refusals ended it early, else 0. */
  readonly countStopped: (count: 0 | 1) => void;
  /** Told of every job: how many digests a fault of ours kept from being sent, 0 included. */
  readonly countBroken: (count: number) => void;
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
  readonly stopped?: 'quota-exhausted' | 'sending-paused' | 'throttled' | 'out-of-time';
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

  const { stopped, broken } = await deliverBatch(batch, deps, remainingMs);
  const accounting = await countBatch(batch, broken, deps);
  deps.countStopped(stopped && stopped !== 'out-of-time' ? 1 : 0);
  deps.countBroken(broken.size);
  const quotaStops = batch.quotaStops + (stopped === 'quota-exhausted' ? 1 : 0);
  await deps.runs.replaceBalance(batch.run, batch.id, { ...accounting, quotaStops }, deps.now());
  const report = { run: batch.run, batch: batch.id, ...accounting.balance, broken: accounting.broken };
  return stopped ? { ...report, stopped } : report;
}

interface Progress {
  readonly stopped?: SendDigestReport['stopped'];
  readonly broken: Set<SubscriberId>;
}

async function deliverBatch(batch: Batch, deps: SendDigestDeps, remainingMs: () => number): Promise<Progress> {
  const edition = await deps.loadEdition(batch.run);
  const quota = await deps.quota();
  const delivery: Delivery = {
    edition,
    batch: batch.id,
    moment: {
      edition: batch.run,
      now: deps.now(),
      dueAt: dueAt(batch.slot, batch.run, deps.publishHour),
      latestMailEvent: await deps.runs.latestMailEvent(),
    },
    allowance: quota.per24Hours - quota.sentLast24Hours,
  };
  const pace = deps.paceFor(quota);
  const { readable, unreadable } = await loadBatch(batch, deps);
  const broken = new Set(unreadable);
  for (const subscriber of readable) {
    if (remainingMs() < reserveMs) return { stopped: 'out-of-time', broken };
    const result = await deliverDigest(subscriber, delivery, { ...deps, pace }).catch((error: unknown) => {
      const ids = { subscriber: subscriber.id, edition: batch.run };
      deps.warn('a digest failed; the others are not affected, and it is tried again', {
        ...ids,
        reason: describeFault(error),
      });
      return 'broken' as const;
    });
    if (result === 'broken') broken.add(subscriber.id);
    if (result === 'mailed') delivery.allowance -= 1;
    if (result === 'quota-exhausted' || result === 'sending-paused' || result === 'throttled') {
      return { stopped: result, broken };
    }
  }
  return { broken };
}

/**
 * Reads a batch's subscribers together, or if that fails one by one, so that one bad row costs nobody else their
 * digest.
 */
async function loadBatch(batch: Batch, { subscribers, warn }: SendDigestDeps) {
  const unreadable: SubscriberId[] = [];
  const loadOne = (id: SubscriberId) =>
    subscribers.load([id]).catch((error: unknown) => {
      warn('a subscriber cannot be read', { subscriber: id, reason: describeFault(error) });
      unreadable.push(id);
      return [];
    });
  const readable: Subscriber[] = [];
  try {
    readable.push(...(await subscribers.load(batch.subscribers)));
  } catch {
    for (const id of batch.subscribers) readable.push(...(await loadOne(id)));
  }
  return { readable, unreadable };
}

/** Counts a batch by what is recorded now; a subscriber who cannot be read is open, and joins the broken. */
async function countBatch(batch: Batch, broken: Set<SubscriberId>, deps: SendDigestDeps) {
  const { readable, unreadable } = await loadBatch(batch, deps);
  const now = deps.now();
  const count = (ids: readonly SubscriberId[]) => {
    const known = ids.filter((id) => !unreadable.includes(id));
    const { balance, uncertain } = balanceBatch(known, readable, batch.run, batch.id, now);
    const lost = ids.length - known.length;
    return { balance: { ...balance, candidates: balance.candidates + lost, open: balance.open + lost }, uncertain };
  };
  for (const id of unreadable) broken.add(id);
  return { ...count(batch.subscribers), broken: count([...broken]).balance.open };
}
