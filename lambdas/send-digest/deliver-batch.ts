import type { LoadEdition } from '../../shared/delivery/loaded-edition.js';
import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { type DeliveryMoment, isPastLife } from '../../shared/domain/subscriber/delivery.js';
import { dueAt } from '../../shared/domain/subscriber/slot.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import { inParallel } from '../../shared/storage/dynamo/reading.js';
import type { Batch } from '../../shared/storage/runs-repository.js';
import { type DeliverDeps, type Delivery, type DeliveryResult, deliverDigest } from './deliver-digest.js';
import { type Room, turnsOf } from './sending-turns.js';
import { type SettleDoubtsDeps, settleDoubts } from './settle-doubts.js';

/** A worker stops before Lambda stops it: the rest of its batch is asked for again by the next tick. */
const reserveMs = 30_000;

/** So many claims in doubt in a row mean that SES is ill: it gets no more of the batch for now. */
const doubtsInARow = 5;

/** Why a job ended with open candidates. */
export type Stop = 'quota-exhausted' | 'sending-paused' | 'throttled' | 'in-doubt' | 'halted' | 'out-of-time';

interface DeliverBatchDeps extends DeliverDeps, SettleDoubtsDeps {
  readonly loadEdition: LoadEdition;
  /** Whether digests may be sent, as far as bounces and complaints go. */
  readonly maySend: SendingGate;
  /** Makes the gate that every mail of this job passes, so that all senders together stay under the account's rate. */
  readonly paceFor: (account: Pick<Room, 'perSecond'>) => () => Promise<void>;
  /** How many digests of a batch are on their way together. */
  readonly inFlight: number;
  readonly publishHour: number;
}

/** A batch as its job has read it. */
interface BatchAtWork {
  readonly batch: Batch;
  readonly subscribers: readonly Subscriber[];
  readonly dueAt: Instant;
  readonly quota: () => Promise<Room | undefined>;
  readonly remainingMs: () => number;
}

/** What the deliveries of a batch, several at a time, know of each other. */
interface Progress {
  stopped?: Stop;
  /** Claims in doubt since SES last took a mail. */
  doubts: number;
  readonly broken: Set<SubscriberId>;
}

/** Takes the next step of every subscriber's digest, several at a time, until something stops the batch. */
export async function deliverBatch(
  work: BatchAtWork,
  deps: DeliverBatchDeps,
): Promise<Pick<Progress, 'stopped' | 'broken'>> {
  const { batch, subscribers, remainingMs } = work;
  const progress: Progress = { doubts: 0, broken: new Set() };
  const moment: DeliveryMoment = { edition: batch.run, now: deps.now(), dueAt: work.dueAt };
  if (!isPastLife(moment) && !(await deps.maySend())) return { ...progress, stopped: 'halted' };
  const refusal = () => (progress.stopped ? 'stopped' : remainingMs() < reserveMs ? 'out-of-time' : undefined);
  const { delivery, isDown } = await prepareDelivery(work, moment, refusal, deps);
  if (isDown) return { ...progress, stopped: 'in-doubt' };
  await inParallel(subscribers, deps.inFlight, async (subscriber) => {
    const found = refusal() ?? (await deliverSafely(subscriber, delivery, deps));
    note(found, subscriber.id, progress);
  });
  return progress;
}

/** A fault of ours leaves this subscriber open, and stops nobody else's digest. */
function deliverSafely(subscriber: Subscriber, delivery: Delivery, deps: DeliverBatchDeps): Promise<DeliveryResult> {
  const current = { ...delivery, moment: momentFor(subscriber, { ...delivery.moment, now: deps.now() }, deps) };
  return deliverDigest(subscriber, current, deps).catch((error: unknown) => {
    const what = { subscriber: subscriber.id, edition: delivery.moment.edition, reason: describeFault(error) };
    deps.warn('a digest failed; the others are not affected, and it is tried again', what);
    return 'broken';
  });
}

function note(result: DeliveryResult, id: SubscriberId, progress: Progress): void {
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

/** What the deliveries of a batch share; when its digests have expired, neither the edition nor SES is asked for any more. */
async function prepareDelivery(
  { batch, subscribers, quota }: BatchAtWork,
  moment: DeliveryMoment,
  refusal: Parameters<typeof turnsOf>[2],
  deps: DeliverBatchDeps,
): Promise<{ delivery: Delivery; isDown: boolean }> {
  if (isPastLife(moment)) {
    const turns = turnsOf(undefined, async () => {}, refusal);
    return { delivery: { edition: undefined, batch: batch.id, moment, turns }, isDown: false };
  }
  const edition = await deps.loadEdition(batch.run);
  const room = await quota();
  const { traffic, isDown } = await settleDoubts(subscribers, { run: batch.run, now: moment.now }, deps);
  const turns = turnsOf(room, room ? deps.paceFor(room) : async () => {}, refusal);
  return { delivery: { edition, batch: batch.id, moment: { ...moment, traffic }, turns }, isDown };
}

/**
 * Whoever moves to a slot in which the edition falls due later, or is welcomed before it falls due in theirs, is served
 * there: for them it expires no earlier than it does there.
 */
function momentFor({ state }: Subscriber, moment: DeliveryMoment, { publishHour }: DeliverBatchDeps): DeliveryMoment {
  if (!isPastLife(moment)) return moment;
  try {
    return { ...moment, dueAt: Math.max(moment.dueAt, dueAt(state.slot, moment.edition, publishHour) ?? 0) };
  } catch {
    return moment;
  }
}
