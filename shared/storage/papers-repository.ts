import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { papersByActiveDay } from '../contract/tables.js';
import { type CalendarDate, dayMs, daysUpTo, type Instant, startOf } from '../domain/calendar-date.js';
import type { ListedDay } from '../domain/edition/edition.js';
import type { Observation, ObservedPaper, Paper } from '../domain/paper/paper.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import type { SourceHealth } from '../domain/paper/source-health.js';
import { isWritten } from './dynamo/conditional-write.js';
import { absent, change, either, is, isBelow, isBetween, onlyIf, where } from './dynamo/expressions.js';
import { allItems, firstItems, inParallel, readItems } from './dynamo/reading.js';
import { isExpired, rowVersion } from './dynamo/rows.js';
import {
  firstObservationSk,
  healthKey,
  isObservationKey,
  listedDayKey,
  observationRow,
  observationSk,
  paperAttributes,
  paperKey,
  paperKeyIn,
  paperPartition,
  readHealthRow,
  readListedDayRow,
  readObservationRow,
  readPaperRow,
  sourceName,
} from './paper-rows.js';
import { readWithdrawn, writeWithdrawn } from './withdrawn-row.js';

/** A paper with its newest observation. */
export interface KnownPaper {
  readonly paper: Paper;
  readonly latest?: Observation;
}

/** Papers with their dated observations, and what was seen of the lists and sources they come from. */
export interface PaperRepository {
  /** The known ones among these papers. */
  find(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, KnownPaper>>;
  /** Keeps the paper and, once per instant and for 90 days, `latest`; without one the newest observation stays. */
  save(paper: Paper, latest?: Observation): Promise<void>;
  /**
   * Papers listed or first seen on a day from `first` to `last`, with the observations that have not expired at `last`.
   * Papers are found by the newest of their days: one that was listed again after `last` is missed, so `last` must be
   * today.
   */
  activeBetween(first: CalendarDate, last: CalendarDate): Promise<readonly ObservedPaper[]>;
  /**
   * The newest observation of each paper at or before `at` that has not expired then; papers without one are left out.
   * As an observation carries on what its source did not count, it holds the newest of each count.
   */
  newestUntil(ids: readonly PaperId[], at: Instant): Promise<ReadonlyMap<PaperId, Observation>>;
  /** The same papers, each with its newest observation alone: the observations' rows are not read. */
  knownBetween(first: CalendarDate, last: CalendarDate): Promise<readonly KnownPaper[]>;
  /** The papers that are withdrawn, as far as it was noted, ascending. */
  withdrawn(): Promise<readonly PaperId[]>;
  /** Notes which papers are withdrawn; replaces what was noted before. */
  noteWithdrawn(ids: readonly PaperId[]): Promise<void>;
  /** Notes how many papers a day listed, unless a later reading was noted already. */
  noteListedDay(day: ListedDay, at: Instant): Promise<void>;
  /** What was noted of these days, oldest first; days without a note are left out. */
  listedDays(dates: readonly CalendarDate[]): Promise<readonly ListedDay[]>;
  /** Notes how a source did; replaces what was noted before. */
  noteHealth(health: SourceHealth): Promise<void>;
  /** How every source did when it was last asked; a source that was never asked is left out. */
  health(): Promise<readonly SourceHealth[]>;
}

const partitionsAtOnce = 16;

/**
 * Papers in DynamoDB: `paper#<id>` holds `paper` and `obs#<instant>`; `day#<date>`, `source#<name>` and `withdrawn` hold
 * one row each.
 */
export function paperRepository(client: DynamoDBDocumentClient, tableName: string): PaperRepository {
  const TableName = tableName;

  async function partitionsActiveOn(date: CalendarDate): Promise<string[]> {
    const { index: IndexName, pk } = papersByActiveDay;
    const items = await allItems(client, { TableName, IndexName, ...where([is(pk, date)]) });
    return items.map((item) => String(item.pk));
  }

  async function partitionsActiveBetween(first: CalendarDate, last: CalendarDate): Promise<string[]> {
    const days = daysUpTo(last, (startOf(last) - startOf(first)) / dayMs + 1);
    const found = await inParallel(days, partitionsAtOnce, partitionsActiveOn);
    return [...new Set(found.flat())].sort();
  }

  async function observedPaper(partition: string, now: Instant): Promise<ObservedPaper | undefined> {
    const items = await allItems(client, { TableName, ConsistentRead: true, ...where([is('pk', partition)]) });
    const row = items.find((item) => item.sk === 'paper');
    const observations = items.filter((item) => isObservationKey(item.sk) && !isExpired(item, now));
    return row && { paper: readPaperRow(row).paper, history: observations.map(readObservationRow) };
  }

  async function newestObservation(id: PaperId, at: Instant): Promise<Observation | undefined> {
    const untilThen = where([is('pk', paperPartition(id)), isBetween('sk', firstObservationSk, observationSk(at))]);
    const [newest] = await firstItems(client, { TableName, ScanIndexForward: false, ...untilThen }, 1);
    return newest && !isExpired(newest, at) ? readObservationRow(newest) : undefined;
  }

  return {
    async find(ids) {
      const rows = (await readItems(client, tableName, ids.map(paperKey))).map(readPaperRow);
      return new Map(rows.map((known) => [known.paper.id, known]));
    },

    async save(paper, latest) {
      // The observation goes first: a crash between the two then loses nothing that a later save would not write again.
      if (latest) {
        const Item = observationRow(paper.id, latest);
        await isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(absent('pk')) })));
      }
      const Key = paperKey(paper.id);
      await client.send(new UpdateCommand({ TableName, Key, ...change(paperAttributes(paper, latest)) }));
    },

    async activeBetween(first, last) {
      const partitions = await partitionsActiveBetween(first, last);
      const observed = (partition: string) => observedPaper(partition, startOf(last));
      const found = await inParallel(partitions, partitionsAtOnce, observed);
      return found.filter((paper) => paper !== undefined);
    },

    async newestUntil(ids, at) {
      const found = await inParallel([...new Set(ids)], partitionsAtOnce, async (id) => {
        const newest = await newestObservation(id, at);
        return newest ? ([[id, newest]] as const) : [];
      });
      return new Map(found.flat());
    },

    async knownBetween(first, last) {
      const partitions = await partitionsActiveBetween(first, last);
      const rows = await readItems(client, tableName, partitions.map(paperKeyIn));
      return rows.map(readPaperRow).sort((a, b) => (a.paper.id < b.paper.id ? -1 : 1));
    },

    withdrawn: () => readWithdrawn(client, tableName),
    noteWithdrawn: (ids) => writeWithdrawn(client, tableName, ids),

    async noteListedDay({ date, listed }, at) {
      const Item = { ...listedDayKey(date), v: rowVersion, date, listed, at };
      const isNewer = either(absent('pk'), isBelow('at', at), is('at', at));
      await isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(isNewer) })));
    },

    async listedDays(dates) {
      const rows = (await readItems(client, tableName, dates.map(listedDayKey))).map(readListedDayRow);
      return rows.sort((a, b) => (a.date < b.date ? -1 : 1));
    },

    async noteHealth(health) {
      const Item = { ...healthKey(health.source), v: rowVersion, ...health };
      await client.send(new PutCommand({ TableName, Item }));
    },

    async health() {
      const items = await readItems(client, tableName, sourceName.options.map(healthKey));
      return items.map(readHealthRow).sort((a, b) => (a.source < b.source ? -1 : 1));
    },
  };
}
