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
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import { inParallel } from '../../shared/storage/dynamo/reading.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { RunRepository } from '../../shared/storage/runs-repository.js';
import { closedTable, type TableGate } from '../../shared/storage/subscribers/name-row.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { askForBatches } from './ask-for-batches.js';
import { type DueSlot, planSlot } from './plan-slot.js';
import { repeatOpenBatches, type Skips, skip } from './repeat-batches.js';

/**
 * A run of so many begins with one digest in a hundred; the others of its first slots wait for what SES hears of those, and
 * then each job looks at the bounces and complaints itself.
 */
const largeRun = 10_000;
const canaryShare = 0.01;

/** Each has up to ten requests under way; a client has fifty connections. */
const slotsAtOnce = 4;

export interface PlanDigestsDeps {
  readonly editions: Pick<EditionRepository, 'seal' | 'publishedWithin'>;
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
  /** Whether the Subscribers table is no copy that waits for its replay. */
  readonly isOwnTable: TableGate;
  readonly enqueue: (jobs: readonly SendDigest[], delaySeconds?: number) => Promise<void>;
  /** What the account may send, asked once for all jobs of a tick. */
  readonly quota: () => Promise<SendQuota>;
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
 * What cannot be read is skipped, counted and named in the log, and stops nobody else's digest. Throws, and plans nothing, while
 * the Subscribers table waits for its replay.
 */
export async function planDigests(deps: PlanDigestsDeps): Promise<PlanReport> {
  if (!(await deps.isOwnTable())) throw new Error(closedTable);
  const now = deps.now();
  const skips: Skips = { count: 0 };
  const ask = askForBatches(deps);
  const due = await dueSlots(now, skips, deps);
  const planned = new Map(due.map(({ run }) => [run, new Set<string>()]));
  await inParallel(due, slotsAtOnce, async (slot) => {
    try {
      for (const id of await planSlot(slot, now, { ...deps, ask })) planned.get(slot.run)?.add(id);
    } catch (error) {
      skip({ run: slot.run, slot: slot.slot }, error, skips, deps);
      skips.fault ??= error;
    }
  });
  const repeated = await repeatOpenBatches(now, skips, planned, { ...deps, ask });
  deps.countSkipped(skips.count);
  await tellEditionAge(now, deps);
  if (skips.fault !== undefined) throw skips.fault;
  const batches = [...planned.values()].reduce((sum, { size }) => sum + size, 0);
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
    const planned = await deps.runs.plannedSlots(run);
    const waiting = slots.filter((slot) => !planned.has(slot));
    // Before anything is planned: an edition that somebody gets is never remade.
    if (waiting.length === 0 || (await deps.editions.seal(run, now)) === 'not-published') continue;
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
