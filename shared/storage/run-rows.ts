import * as z from 'zod/mini';
import { calendarDate, slot, subscriberId } from '../contract/ids.js';
import { openBatches } from '../contract/tables.js';
import type { CalendarDate, Instant } from '../domain/calendar-date.js';
import { once } from '../domain/once.js';
import { welcomeBatch } from '../domain/subscriber/delivery.js';
import { noOutcomes, type RunBalance } from '../domain/subscriber/outcome.js';
import type { Slot } from '../domain/subscriber/slot.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';
import { expiryOf, type Key, rowReader, rowVersion } from './dynamo/rows.js';

const keptDays = 400;

export const planPrefix = 'plan#';
export const batchPrefix = 'batch#';
export const runPartition = (run: CalendarDate) => `run#${run}`;
const planKey = (run: CalendarDate, of: Slot): Key => ({ pk: runPartition(run), sk: planPrefix + of });
export const batchKey = (run: CalendarDate, id: string): Key => ({ pk: runPartition(run), sk: batchPrefix + id });

/**
 * The id of a slot's batch number `seq`, from 0: `<slot>#<four digits>`, and with more digits a letter before them that
 * says how many more, so that ids sort as their numbers do: `#9999`, `#a10000`, `#b100000`.
 */
export function batchIdOf(of: Slot, seq: number): string {
  if (!Number.isSafeInteger(seq) || seq < 0) throw new RangeError(`a batch has a number from 0, not ${seq}`);
  const digits = String(seq).padStart(4, '0');
  const more = digits.length - 4;
  return `${of}#${more === 0 ? '' : (more + 9).toString(36)}${digits}`;
}

/** The number of a slot's batch; earlier versions wrote the longer ones without their letter. */
export function seqOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('#') + 1).replace(/^[a-z]/, ''));
}

/** The id of the batch that goes on with a welcome's digest. */
export function welcomeBatchIdOf(subscriber: SubscriberId): string {
  return `${welcomeBatch}#${subscriber}`;
}

const balance = z.object({
  candidates: z.number(),
  open: z.number(),
  sent: z.number(),
  unmatched: z.number(),
  // Rows of earlier versions do not count them.
  'quiet-noted': z._default(z.number(), 0),
  suppressed: z.number(),
  failed: z.number(),
  expired: z.number(),
  uncertain: z.number(),
} satisfies Record<keyof RunBalance, z.core.$ZodType>);

const accounting = {
  balance,
  uncertain: z.array(subscriberId),
  // Rows of earlier versions do not count them.
  broken: z._default(z.number(), 0),
  quotaStops: z.number(),
};

/** The attributes of a batch that a run's accounting reads; the candidates' ids are not fetched. */
export const accountingAttributes = [
  'pk',
  'sk',
  'v',
  'expiresAt',
  'balance',
  'uncertain',
  'broken',
  'quotaStops',
] satisfies (keyof typeof accounting | 'pk' | 'sk' | 'v' | 'expiresAt')[];

export const readAccounting = rowReader(() => z.object(accounting));

const storedBatch = once(() =>
  z.object({
    run: calendarDate,
    id: z.string(),
    slot,
    subscribers: z.array(subscriberId),
    // Absent on rows of earlier versions: each was planned after the one before it.
    pageEnds: z.exactOptional(z.array(subscriberId)),
    openedAt: z.number(),
    countedAt: z.optional(z.number()),
    askedAt: z.optional(z.number()),
    ...accounting,
  }),
);

export const readBatchRow = rowReader(() => storedBatch());

/** The attribute that puts a batch into the index of open ones, or removes it. */
export function openMark(run: CalendarDate, { open }: RunBalance) {
  return { [openBatches.pk]: open > 0 ? run : undefined };
}

/** A batch as it is opened. */
export interface OpenedBatch {
  readonly run: CalendarDate;
  /** As `batchIdOf` makes it, unique within its run. */
  readonly id: string;
  readonly slot: Slot;
  readonly subscribers: readonly SubscriberId[];
  /**
   * On the first batch of a page, up to which id each batch of the page goes: one for each, ascending, its own first. Planners
   * that find a page's first batch agree on the others, in whatever order these are opened.
   */
  readonly pageEnds?: readonly SubscriberId[] | undefined;
  readonly openedAt: Instant;
  /** When a job last counted it; absent before its first job ended. */
  readonly countedAt?: Instant | undefined;
}

/** A batch in which everybody is open. */
export function newBatchRow(batch: OpenedBatch) {
  const { run, id, subscribers, openedAt } = batch;
  const balance = { candidates: subscribers.length, open: subscribers.length, ...noOutcomes };
  const nothingCounted: z.infer<z.ZodMiniObject<typeof accounting>> = {
    balance,
    uncertain: [],
    broken: 0,
    quotaStops: 0,
  };
  return {
    ...batchKey(run, id),
    v: rowVersion,
    ...batch,
    ...nothingCounted,
    ...openMark(run, balance),
    expiresAt: expiryOf(openedAt, keptDays),
  };
}

export function planRow(run: CalendarDate, of: Slot, at: Instant) {
  return { ...planKey(run, of), v: rowVersion, slot: of, at, expiresAt: expiryOf(at, keptDays) };
}
