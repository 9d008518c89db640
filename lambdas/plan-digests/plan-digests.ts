import type { SendDigest } from '../../shared/contract/messages.js';
import { addDays, type CalendarDate, dateOf, type Instant, minuteMs } from '../../shared/domain/calendar-date.js';
import { editionDueIn, type Slot } from '../../shared/domain/subscriber/slot.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import { batchIdOf } from '../../shared/storage/run-rows.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

/**
 * A batch that a job left open this long ago is asked for again: it waits for events, for quota or for a fault to be
 * fixed. One that no job has finished yet is not: the queue still holds its job, and in a backlog of hours every tick
 * would double it.
 */
const retryAfterMs = 15 * minuteMs;

export interface PlanDigestsDeps {
  readonly editions: Pick<EditionRepository, 'isPublished'>;
  readonly subscribers: Pick<SubscriberRepository, 'slots' | 'inSlot'>;
  readonly runs: Pick<
    RunRepository,
    'plannedSlots' | 'batchesOfSlot' | 'openBatch' | 'findBatch' | 'completePlan' | 'openBatches'
  >;
  readonly enqueue: (jobs: readonly SendDigest[]) => Promise<void>;
  /** How many subscribers one job mails. */
  readonly batchSize: number;
  readonly publishHour: number;
  readonly now: () => Instant;
}

export interface PlanReport {
  readonly slots: number;
  readonly batches: number;
  readonly repeated: number;
}

/**
 * Cuts every slot that is due now into batches and asks for each; then asks again for batches that stayed open. If it
 * is stopped at any point, the next tick continues where the recorded batches end; asking for one twice is harmless.
 */
export async function planDigests(deps: PlanDigestsDeps): Promise<PlanReport> {
  const now = deps.now();
  const due = await dueSlots(now, deps);
  let batches = 0;
  for (const { run, slot } of due) batches += await planSlot(run, slot, now, deps);
  const repeated = await repeatOpenBatches(now, deps);
  return { slots: due.length, batches, repeated };
}

/** The slots whose edition is due and published, and that are not planned yet. */
async function dueSlots(now: Instant, deps: PlanDigestsDeps): Promise<{ run: CalendarDate; slot: Slot }[]> {
  const byEdition = new Map<CalendarDate, Slot[]>();
  for (const slot of await deps.subscribers.slots()) {
    const edition = editionDueIn(slot, now, deps.publishHour);
    if (edition) byEdition.set(edition, [...(byEdition.get(edition) ?? []), slot]);
  }
  const due: { run: CalendarDate; slot: Slot }[] = [];
  for (const [run, slots] of byEdition) {
    if (!(await deps.editions.isPublished(run))) continue;
    const planned = await deps.runs.plannedSlots(run);
    due.push(...slots.filter((slot) => !planned.has(slot)).map((slot) => ({ run, slot })));
  }
  return due;
}

async function planSlot(run: CalendarDate, slot: Slot, now: Instant, deps: PlanDigestsDeps): Promise<number> {
  const earlier = await deps.runs.batchesOfSlot(run, slot);
  await deps.enqueue(earlier.map((batch) => jobOf(batch)));
  let seq = earlier.length;
  let last = earlier.at(-1)?.subscribers.at(-1);
  for (;;) {
    const subscribers = await deps.subscribers.inSlot(slot, last, deps.batchSize);
    if (subscribers.length === 0) break;
    const batch = await openBatch({ run, slot, seq, subscribers }, now, deps);
    await deps.enqueue([jobOf(batch)]);
    last = batch.subscribers.at(-1);
    seq += 1;
  }
  await deps.runs.completePlan(run, slot, now);
  return seq;
}

/** Records a batch before it is asked for; if another planner was faster, that planner's batch counts. */
async function openBatch(
  wanted: Pick<Batch, 'run' | 'slot' | 'subscribers'> & { seq: number },
  now: Instant,
  deps: PlanDigestsDeps,
): Promise<Batch> {
  await deps.runs.openBatch(wanted, now);
  const batch = await deps.runs.findBatch(wanted.run, batchIdOf(wanted.slot, wanted.seq));
  if (!batch) throw new Error(`batch ${wanted.seq} of ${wanted.slot} vanished`);
  return batch;
}

async function repeatOpenBatches(now: Instant, deps: PlanDigestsDeps): Promise<number> {
  const today = dateOf(now);
  let repeated = 0;
  for (const run of [addDays(today, -2), addDays(today, -1), today]) {
    const open = await deps.runs.openBatches(run);
    const idle = open.filter(({ countedAt }) => countedAt !== undefined && countedAt <= now - retryAfterMs);
    await deps.enqueue(idle.map((batch) => jobOf(batch)));
    repeated += idle.length;
  }
  return repeated;
}

function jobOf(batch: Batch): SendDigest {
  return { run: batch.run, batch: batch.id };
}
