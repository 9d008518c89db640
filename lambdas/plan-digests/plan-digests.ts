import { slot as slotSchema } from '../../shared/contract/ids.js';
import type { SendDigest } from '../../shared/contract/messages.js';
import {
  addDays,
  type CalendarDate,
  dateOf,
  hourMs,
  type Instant,
  startOf,
} from '../../shared/domain/calendar-date.js';
import { editionDueIn, type Slot, weekdaysDue } from '../../shared/domain/subscriber/slot.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import { batchIdOf } from '../../shared/storage/run-rows.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { jobOf, repeatOpenBatches, type Skips, skip } from './repeat-batches.js';

/**
 * A run of so many begins with one digest in a hundred; the others of its first slots wait so long for what SES hears of
 * those, and then each job looks at the bounces and complaints itself.
 */
const largeRun = 10_000;
const canaryShare = 0.01;
const canarySeconds = 600;

export interface PlanDigestsDeps {
  readonly editions: Pick<EditionRepository, 'isPublished' | 'publishedWithin'>;
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
    | 'balance'
  >;
  readonly enqueue: (jobs: readonly SendDigest[], delaySeconds?: number) => Promise<void>;
  /** How many subscribers one job mails. */
  readonly batchSize: number;
  readonly publishHour: number;
  /** Told at every tick how many slots and batches could not be planned, 0 included. */
  readonly countSkipped: (count: number) => void;
  readonly warn: (message: string, what: object) => void;
  /** Told at every tick of the hours since the newest edition was due, unless there was none for a week. */
  readonly countEditionAge: (hours: number) => void;
  readonly now: () => Instant;
}

export interface PlanReport {
  readonly slots: number;
  readonly batches: number;
  readonly repeated: number;
  /** Slots and batches that cannot be read, or whose time zone is not known here. */
  readonly skipped: number;
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
  for (const { run, slot, canary } of due) {
    try {
      batches += await planSlot({ run, slot, canary }, now, deps);
    } catch (error) {
      skip({ run, slot }, error, skips, deps);
      skips.fault ??= error;
    }
  }
  const repeated = await repeatOpenBatches(now, skips, deps);
  deps.countSkipped(skips.count);
  await tellEditionAge(now, deps);
  if (skips.fault !== undefined) throw skips.fault;
  return { slots: due.length, batches, repeated, skipped: skips.count };
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

/** The batches of a run that go out at once. */
interface Canary {
  left: number;
}

interface DueSlot {
  readonly run: CalendarDate;
  readonly slot: Slot;
  readonly canary: Canary;
}

async function tellEditionAge(now: Instant, deps: PlanDigestsDeps): Promise<void> {
  const today = dateOf(now);
  const newest = (await deps.editions.publishedWithin({ from: addDays(today, -7), to: today })).at(-1);
  if (newest === undefined) return;
  deps.countEditionAge((now - startOf(newest)) / hourMs - deps.publishHour);
}

/** The slots whose edition is due and published, and that are not planned yet. */
async function dueSlots(now: Instant, skips: Skips, deps: PlanDigestsDeps): Promise<DueSlot[]> {
  const byEdition = new Map<CalendarDate, Slot[]>();
  for (const slot of await deps.subscribers.slots(weekdaysDue(now))) {
    const edition = editionDue(slot, now, skips, deps);
    if (edition) byEdition.set(edition, [...(byEdition.get(edition) ?? []), slot]);
  }
  const due: DueSlot[] = [];
  for (const [run, slots] of byEdition) {
    if (!(await deps.editions.isPublished(run))) continue;
    const planned = await deps.runs.plannedSlots(run);
    const waiting = slots.filter((slot) => !planned.has(slot));
    if (waiting.length === 0) continue;
    const canary = { left: planned.size > 0 ? Number.POSITIVE_INFINITY : await canaryBatches(run, skips, deps) };
    due.push(...waiting.map((slot) => ({ run, slot, canary })));
  }
  return due;
}

/**
 * How many batches go out at once: all, or of a run that will be large, as that of the day before was or, for those who
 * have other days, that of a week before, the first few.
 */
async function canaryBatches(run: CalendarDate, skips: Skips, deps: PlanDigestsDeps): Promise<number> {
  let expected = 0;
  for (const before of [addDays(run, -1), addDays(run, -7)]) {
    try {
      const { candidates } = await deps.runs.balance(before);
      expected = Math.max(expected, candidates);
    } catch (error) {
      skip({ run: before }, error, skips, deps);
    }
  }
  if (expected < largeRun) return Number.POSITIVE_INFINITY;
  return Math.ceil((expected * canaryShare) / deps.batchSize);
}

async function planSlot({ run, slot, canary }: DueSlot, now: Instant, deps: PlanDigestsDeps): Promise<number> {
  const batches = [...(await deps.runs.batchesOfSlot(run, slot))];
  for (;;) {
    const last = batches.at(-1)?.subscribers.at(-1);
    const subscribers = await deps.subscribers.inSlot(slot, last, deps.batchSize);
    if (subscribers.length === 0) break;
    batches.push(await openBatch({ run, slot, seq: batches.length, subscribers }, now, deps));
  }
  for (const batch of batches) {
    await deps.enqueue([jobOf(batch)], canary.left > 0 ? 0 : canarySeconds);
    canary.left -= 1;
  }
  await deps.runs.completePlan(run, slot, now);
  return batches.length;
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
