import { slot as slotSchema } from '../../shared/contract/ids.js';
import type { SendDigest } from '../../shared/contract/messages.js';
import {
  type CalendarDate,
  dateOf,
  daysUpTo,
  hourMs,
  type Instant,
  minuteMs,
} from '../../shared/domain/calendar-date.js';
import { editionDueIn, type Slot } from '../../shared/domain/subscriber/slot.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import { batchIdOf } from '../../shared/storage/run-rows.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

/**
 * A batch that a job left open this long ago is asked for again: it waits for events, for quota or for a fault to be
 * fixed. That is less than the time between two ticks, so that each asks again for what the job of the last one left.
 */
const retryAfterMs = 14 * minuteMs + 1000;

/**
 * The queue gives a job up after five attempts, 90 minutes apart. Before that a batch that no job has finished is not
 * asked for again: in a backlog of hours every tick would double it.
 */
const queueGivesUpAfterMs = 8 * hourMs;

/** How many editions back open batches are looked for; their digests expired long before. */
const daysLookedBack = 7;

export interface PlanDigestsDeps {
  readonly editions: Pick<EditionRepository, 'isPublished'>;
  readonly subscribers: Pick<SubscriberRepository, 'slots' | 'inSlot'>;
  readonly runs: Pick<
    RunRepository,
    | 'plannedSlots'
    | 'batchesOfSlot'
    | 'openBatch'
    | 'findBatch'
    | 'completePlan'
    | 'openBatches'
    | 'openBatchIds'
    | 'noteAsked'
  >;
  readonly enqueue: (jobs: readonly SendDigest[]) => Promise<void>;
  /** How many subscribers one job mails. */
  readonly batchSize: number;
  readonly publishHour: number;
  /** Told at every tick how many slots and batches could not be planned, 0 included. */
  readonly countSkipped: (count: number) => void;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

export interface PlanReport {
  readonly slots: number;
  readonly batches: number;
  readonly repeated: number;
  /** Slots and batches that cannot be read, or whose time zone is not known here. */
  readonly skipped: number;
}

/** What went wrong at one tick while the rest went on. */
interface Skips {
  count: number;
  /** The first fault that may be over when the tick is tried again. */
  fault?: unknown;
}

/**
 * Cuts every slot that is due now into batches and asks for each; then asks again for batches that stayed open. If it
 * is stopped at any point, the next tick continues where the recorded batches end; asking for one twice is harmless.
 * What cannot be read is skipped, counted and named in the log, and stops nobody else's digest.
 */
export async function planDigests(deps: PlanDigestsDeps): Promise<PlanReport> {
  const now = deps.now();
  const skips: Skips = { count: 0 };
  const due = await dueSlots(now, skips, deps);
  let batches = 0;
  for (const { run, slot } of due) {
    try {
      batches += await planSlot(run, slot, now, deps);
    } catch (error) {
      skip({ run, slot }, error, skips, deps);
      skips.fault ??= error;
    }
  }
  const repeated = await repeatOpenBatches(now, skips, deps);
  deps.countSkipped(skips.count);
  if (skips.fault !== undefined) throw skips.fault;
  return { slots: due.length, batches, repeated, skipped: skips.count };
}

function skip(what: object, error: unknown, skips: Skips, { warn }: PlanDigestsDeps): void {
  warn('what cannot be planned was skipped; the others go on', { ...what, reason: describeFault(error) });
  skips.count += 1;
}

/** The edition due in a slot; a slot that cannot be read, or of a zone that this runtime does not know, is skipped. */
function editionDue(slot: Slot, now: Instant, skips: Skips, deps: PlanDigestsDeps): CalendarDate | undefined {
  try {
    return editionDueIn(slotSchema.parse(slot), now, deps.publishHour);
  } catch (error) {
    skip({ slot }, error, skips, deps);
    return undefined;
  }
}

/** The slots whose edition is due and published, and that are not planned yet. */
async function dueSlots(
  now: Instant,
  skips: Skips,
  deps: PlanDigestsDeps,
): Promise<{ run: CalendarDate; slot: Slot }[]> {
  const byEdition = new Map<CalendarDate, Slot[]>();
  for (const slot of await deps.subscribers.slots()) {
    const edition = editionDue(slot, now, skips, deps);
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

async function repeatOpenBatches(now: Instant, skips: Skips, deps: PlanDigestsDeps): Promise<number> {
  let repeated = 0;
  for (const run of daysUpTo(dateOf(now), daysLookedBack)) {
    const idle = (await readOpenBatches(run, skips, deps)).filter((batch) => isIdle(batch, now));
    await deps.enqueue(idle.map((batch) => jobOf(batch)));
    for (const { id, countedAt } of idle) if (countedAt === undefined) await deps.runs.noteAsked(run, id, now);
    repeated += idle.length;
  }
  return repeated;
}

/** Whether a batch's last job left it open a while ago, or the queue has given up on every job it had. */
function isIdle({ countedAt, askedAt, openedAt }: Batch, now: Instant): boolean {
  if (countedAt !== undefined) return countedAt <= now - retryAfterMs;
  return (askedAt ?? openedAt) <= now - queueGivesUpAfterMs;
}

/** A run's open batches, read together, or if that fails one by one, so that one bad row holds up no other batch. */
async function readOpenBatches(run: CalendarDate, skips: Skips, deps: PlanDigestsDeps): Promise<readonly Batch[]> {
  try {
    return await deps.runs.openBatches(run);
  } catch {
    const found: Batch[] = [];
    for (const id of await deps.runs.openBatchIds(run)) {
      try {
        const batch = await deps.runs.findBatch(run, id);
        if (batch && batch.balance.open > 0) found.push(batch);
      } catch (error) {
        skip({ run, batch: id }, error, skips, deps);
      }
    }
    return found;
  }
}

function jobOf(batch: Batch): SendDigest {
  return { run: batch.run, batch: batch.id };
}
