import type { LoadEdition } from '../../shared/delivery/loaded-edition.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { type DeliveryMoment, isPastLife } from '../../shared/domain/subscriber/delivery.js';
import { dueAt } from '../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../shared/domain/subscriber/subscriber.js';
import { welcomeBatchIdOf } from '../../shared/storage/run-rows.js';
import type { Batch } from '../../shared/storage/runs-repository.js';
import type { Delivery } from './deliver-digest.js';
import { type Room, turnsOf } from './sending-turns.js';
import { type SettleDoubtsDeps, settleDoubts } from './settle-doubts.js';

interface PrepareDeps extends SettleDoubtsDeps {
  readonly loadEdition: LoadEdition;
  readonly paceFor: (account: Pick<Room, 'perSecond'>) => () => Promise<void>;
}

interface Hour {
  readonly publishHour: number;
}

/** A batch as its job has read it. */
export interface BatchAtWork {
  readonly batch: Batch;
  readonly subscribers: readonly Subscriber[];
  readonly dueAt: Instant;
  readonly room: () => Promise<Room | undefined>;
}

/** What the deliveries of a batch share; when its digests have expired, neither the edition nor SES is asked for any more. */
export async function prepareDelivery(
  work: BatchAtWork,
  moment: DeliveryMoment,
  refusal: Parameters<typeof turnsOf>[2],
  deps: PrepareDeps,
): Promise<{ delivery: Delivery; isDown: boolean }> {
  const { batch } = work;
  if (isPastLife(moment)) {
    const turns = turnsOf(undefined, async () => {}, refusal);
    return { delivery: { edition: undefined, batch: batch.id, moment, turns }, isDown: false };
  }
  const edition = await deps.loadEdition(batch.run);
  const room = await work.room();
  const { traffic, isDown } = await settleDoubts(work.subscribers, { run: batch.run, now: moment.now }, deps);
  const turns = turnsOf(room, room ? deps.paceFor(room) : async () => {}, refusal);
  return { delivery: { edition, batch: batch.id, moment: { ...moment, traffic }, turns }, isDown };
}

/**
 * When a batch's digests fell due: a welcome's when it was asked for, whatever the hour. A zone that this runtime does not
 * know is no reason to leave its run open.
 */
export function dueOf({ id, slot, run, openedAt, subscribers }: Batch, { publishHour }: Hour): Instant {
  if (subscribers.some((subscriber) => id === welcomeBatchIdOf(subscriber))) return openedAt;
  try {
    return dueAt(slot, run, publishHour) ?? openedAt;
  } catch {
    return openedAt;
  }
}

/**
 * Whoever moves to a slot in which the edition falls due later, or is welcomed before it falls due in theirs, is served
 * there: for them it expires no earlier than it does there.
 */
export function momentFor({ state }: Subscriber, moment: DeliveryMoment, { publishHour }: Hour): DeliveryMoment {
  if (!isPastLife(moment)) return moment;
  try {
    return { ...moment, dueAt: Math.max(moment.dueAt, dueAt(state.slot, moment.edition, publishHour) ?? 0) };
  } catch {
    return moment;
  }
}
