import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { openBatches } from '../contract/tables.js';
import type { CalendarDate, Instant } from '../domain/calendar-date.js';
import { type RunBalance, sumBalances } from '../domain/subscriber/outcome.js';
import type { Slot } from '../domain/subscriber/slot.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';
import { isWritten } from './dynamo/conditional-write.js';
import { absent, change, exists, is, onlyIf, startsWith, where } from './dynamo/expressions.js';
import { allItems, readItems, realWaiting, type Waiting } from './dynamo/reading.js';
import { type Item, isExpired, type Key } from './dynamo/rows.js';
import {
  accountingAttributes,
  batchIdOf,
  batchKey,
  batchPrefix,
  newBatchRow,
  type OpenedBatch,
  openMark,
  planPrefix,
  planRow,
  readAccounting,
  readBatchRow,
  runPartition,
  seqOf,
  welcomeBatchIdOf,
} from './run-rows.js';

/** What became of a batch's candidates so far. */
interface BatchAccounting {
  readonly balance: RunBalance;
  readonly uncertain: readonly SubscriberId[];
  /** How many of the open ones the last job could not bring to an outcome, through a fault of ours. */
  readonly broken: number;
  /** How often the day's sending quota stopped it. */
  readonly quotaStops: number;
}

/** Up to about fifty candidates of one slot, sent by one job. */
export interface Batch extends OpenedBatch, BatchAccounting {
  /** When it was last asked for again though no job had counted it. */
  readonly askedAt?: Instant | undefined;
}

/** A batch as planning opens it; `seq` counts the batches of its slot. */
interface NewBatch extends Pick<Batch, 'run' | 'slot' | 'subscribers' | 'pageEnds'> {
  readonly seq: number;
}

/** A whole run's balance. */
interface RunAccounting extends RunBalance {
  readonly uncertainSubscribers: readonly SubscriberId[];
  readonly broken: number;
  readonly quotaStops: number;
}

/** The accounting of every run, batch by batch; kept 400 days. */
export interface RunRepository {
  /** Opens a batch in which every candidate is open; `exists` leaves the one that is there as it is. */
  openBatch(batch: NewBatch, at: Instant): Promise<'opened' | 'exists'>;
  /**
   * Opens a batch of one, whose digest a welcome could not bring to an end, as if a job had left it open at `at`; one that
   * is there stays as it is.
   */
  adoptWelcome(run: CalendarDate, slot: Slot, subscriber: SubscriberId, at: Instant): Promise<void>;
  /** The batches of a slot in the order of their numbers. */
  batchesOfSlot(run: CalendarDate, slot: Slot): Promise<readonly Batch[]>;
  /** Every batch of a run. */
  batchesOf(run: CalendarDate): Promise<readonly Batch[]>;
  /** One batch of a run. */
  findBatch(run: CalendarDate, id: string): Promise<Batch | undefined>;
  /** Notes that every subscriber of the slot is in a batch of the run. */
  completePlan(run: CalendarDate, slot: Slot, at: Instant): Promise<void>;
  /** The slots whose plan is complete. */
  plannedSlots(run: CalendarDate): Promise<ReadonlySet<Slot>>;
  /** Replaces a batch's accounting, and never adds to it; throws when there is no such batch. */
  replaceBalance(run: CalendarDate, id: string, accounting: BatchAccounting, at: Instant): Promise<void>;
  /**
   * The batches that have open candidates, but for those of the ids that are left out; one that was opened a moment ago may
   * be missing.
   */
  openBatches(run: CalendarDate, without?: ReadonlySet<string>): Promise<readonly Batch[]>;
  /** Their ids alone, whatever is in their rows. */
  openBatchIds(run: CalendarDate): Promise<readonly string[]>;
  /** Notes that a batch was asked for again which no job has counted. */
  noteAsked(run: CalendarDate, id: string, at: Instant): Promise<void>;
  /** The sum over all batches of a run. */
  balance(run: CalendarDate): Promise<RunAccounting>;
}

/**
 * Runs in DynamoDB: `run#<date>` holds `plan#<slot>` and `batch#<slot>#<seq>`. With `now`, expired rows are left
 * out; without it they are shown until they are deleted, since a replayed day lies in the past.
 */
export function runRepository(
  client: DynamoDBDocumentClient,
  tableName: string,
  now?: () => Instant,
  waiting: Waiting = realWaiting,
): RunRepository {
  const TableName = tableName;
  const alive = (items: Item[]) => (now ? items.filter((item) => !isExpired(item, now())) : items);

  async function rowsOf(run: CalendarDate, prefix: string, only: readonly string[] = []): Promise<Item[]> {
    const range = where([is('pk', runPartition(run)), startsWith('sk', prefix)], only);
    return alive(await allItems(client, { TableName, ConsistentRead: true, ...range }));
  }

  async function batchesWith(keys: readonly Key[]): Promise<Batch[]> {
    return alive(await readItems(client, tableName, keys, waiting)).map(readBatchRow);
  }

  async function openKeys(run: CalendarDate): Promise<Key[]> {
    const { index: IndexName, pk } = openBatches;
    const keys = await allItems(client, { TableName, IndexName, ...where([is(pk, run)]) });
    return keys.map((key) => ({ pk: String(key.pk), sk: String(key.sk) }));
  }

  return {
    async openBatch({ seq, ...batch }, at) {
      const Item = newBatchRow({ ...batch, id: batchIdOf(batch.slot, seq), openedAt: at });
      return (await isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(absent('pk')) }))))
        ? 'opened'
        : 'exists';
    },

    async adoptWelcome(run, slot, subscriber, at) {
      const id = welcomeBatchIdOf(subscriber);
      const Item = newBatchRow({ run, id, slot, subscribers: [subscriber], openedAt: at, countedAt: at });
      await isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(absent('pk')) })));
    },

    async batchesOfSlot(run, slot) {
      const batches = (await rowsOf(run, `${batchPrefix}${slot}#`)).map(readBatchRow);
      return batches.sort((a, b) => seqOf(a.id) - seqOf(b.id));
    },

    async batchesOf(run) {
      return (await rowsOf(run, batchPrefix)).map(readBatchRow);
    },

    async findBatch(run, id) {
      return (await batchesWith([batchKey(run, id)]))[0];
    },

    async completePlan(run, slot, at) {
      await client.send(new PutCommand({ TableName, Item: planRow(run, slot, at) }));
    },

    async plannedSlots(run) {
      return new Set((await rowsOf(run, planPrefix)).map(({ sk }) => String(sk).slice(planPrefix.length) as Slot));
    },

    async replaceBalance(run, id, { balance, uncertain, broken, quotaStops }, at) {
      const attributes = { balance, uncertain, broken, quotaStops, countedAt: at, ...openMark(run, balance) };
      const Key = batchKey(run, id);
      const update = new UpdateCommand({ TableName, Key, ...change(attributes, exists('pk')) });
      if (!(await isWritten(client.send(update)))) throw new Error(`there is no batch ${id} in run ${run}`);
    },

    async openBatches(run, without = new Set()) {
      const keys = (await openKeys(run)).filter(({ sk }) => !without.has(sk.slice(batchPrefix.length)));
      const batches = await batchesWith(keys);
      return batches.filter(({ balance }) => balance.open > 0).sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async openBatchIds(run) {
      return (await openKeys(run)).map(({ sk }) => sk.slice(batchPrefix.length)).sort();
    },

    async noteAsked(run, id, at) {
      const Key = batchKey(run, id);
      await isWritten(client.send(new UpdateCommand({ TableName, Key, ...change({ askedAt: at }, exists('pk')) })));
    },

    async balance(run) {
      const batches = (await rowsOf(run, batchPrefix, accountingAttributes)).map(readAccounting);
      return {
        ...sumBalances(batches.map(({ balance }) => balance)),
        uncertainSubscribers: batches.flatMap(({ uncertain }) => uncertain),
        broken: batches.reduce((sum, { broken }) => sum + broken, 0),
        quotaStops: batches.reduce((sum, { quotaStops }) => sum + quotaStops, 0),
      };
    },
  };
}
