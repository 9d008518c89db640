import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type CalendarDate, type Instant, startOf } from '../../domain/calendar-date.js';
import type { ListedDay } from '../../domain/edition/edition.js';
import type { Observation, ObservedPaper, Paper } from '../../domain/paper/paper.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import type { SourceHealth } from '../../domain/paper/source-health.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { absent, change, either, is, isBelow, onlyIf } from '../dynamo/expressions.js';
import { inParallel, readItems, realWaiting, type Waiting } from '../dynamo/reading.js';
import { rowVersion } from '../dynamo/rows.js';
import { readWithdrawn, writeWithdrawn } from '../withdrawn-row.js';
import { hoursIn } from './hours.js';
import { type KnownPaper, type PaperChange, sortChanges } from './paper-changes.js';
import { paperReader } from './paper-reader.js';
import {
  healthKey,
  listedDayKey,
  paperAttributes,
  paperKey,
  readHealthRow,
  readListedDayRow,
  readPaperRow,
  sourceName,
} from './paper-rows.js';

/** What single rows say of papers, and of the lists and sources they come from. */
interface PaperNotes {
  /** The known ones among these papers as they were last described, in no order, by their rows alone: without their counts. */
  descriptions(ids: readonly PaperId[]): Promise<readonly Paper[]>;
  /** What was noted of these days, oldest first; days without a note are left out. */
  listedDays(dates: readonly CalendarDate[]): Promise<readonly ListedDay[]>;
  /** How every source did when it was last asked; a source that was never asked is left out. */
  health(): Promise<readonly SourceHealth[]>;
}

/** Papers with their dated observations, and what was seen of the lists and sources they come from. */
export interface PaperRepository extends PaperNotes {
  /** The known ones among these papers. */
  find(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, KnownPaper>>;
  /**
   * Keeps what the run of an instant found: for 90 days the counts that it observed at that instant, once, and the
   * descriptions that changed. It may be repeated, and called again by the same run, but by one run at a time.
   */
  keep(changes: readonly PaperChange[], at: Instant): Promise<void>;
  /**
   * Papers listed or first seen on a day from `first` to `last`, with the observations that have not expired at `last`.
   * Papers are found by the newest of their days: one that was listed again after `last` is missed, so `last` must be
   * today.
   */
  activeBetween(first: CalendarDate, last: CalendarDate): Promise<readonly ObservedPaper[]>;
  /** The papers whose newest day, listed or first seen, is this one, ascending. */
  idsActiveOn(date: CalendarDate): Promise<readonly PaperId[]>;
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
  /** Notes how a source did; replaces what was noted before. */
  noteHealth(health: SourceHealth): Promise<void>;
}

const writesAtOnce = 8;

/**
 * Papers in DynamoDB: `paper#<id>` holds `paper`, and `hours` what each run observed; `day#<date>`, `source#<name>` and
 * `withdrawn` hold one row each.
 */
export function paperRepository(
  client: DynamoDBDocumentClient,
  tableName: string,
  waiting: Waiting = realWaiting,
): PaperRepository {
  const TableName = tableName;
  const hours = hoursIn(client, tableName);
  const { rowsOf, idsActiveOn, rowsActiveBetween, known, histories } = paperReader(client, tableName, hours, waiting);

  async function keepRow(paper: Paper): Promise<void> {
    await client.send(new UpdateCommand({ TableName, Key: paperKey(paper.id), ...change(paperAttributes(paper)) }));
  }

  return {
    ...paperNotes(client, tableName, waiting),

    async find(ids) {
      return new Map((await known(await rowsOf(ids.map(paperKey)))).map((paper) => [paper.paper.id, paper]));
    },

    async keep(changes, at) {
      const { added, described, standings } = sortChanges(changes, at);
      // A new paper without its counts is given them by the next run; counts without their paper would be counted twice.
      await inParallel(added, writesAtOnce, keepRow);
      // A description goes last: with it, the next run would find no stars to part from.
      await hours.note(standings, at);
      await inParallel(described, writesAtOnce, keepRow);
    },

    async activeBetween(first, last) {
      const rows = await rowsActiveBetween(first, last);
      const papers = await known(rows);
      const found = await histories(rows, startOf(last));
      return papers.map(({ paper }, place) => ({ paper, history: found[place] ?? [] }));
    },

    idsActiveOn,

    async newestUntil(ids, at) {
      const rows = await rowsOf(ids.map(paperKey));
      const found = await histories(rows, at, at);
      return new Map(
        rows.flatMap(({ paper: { id } }, place) => {
          const newest = found[place]?.findLast((observation) => observation.at <= at);
          return newest ? [[id, newest] as const] : [];
        }),
      );
    },

    knownBetween: async (first, last) => known(await rowsActiveBetween(first, last)),

    withdrawn: () => readWithdrawn(client, tableName, waiting),
    noteWithdrawn: (ids) => writeWithdrawn(client, tableName, ids),

    async noteListedDay({ date, listed }, at) {
      const Item = { ...listedDayKey(date), v: rowVersion, date, listed, at };
      const isNewer = either(absent('pk'), isBelow('at', at), is('at', at));
      await isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(isNewer) })));
    },

    async noteHealth(health) {
      const Item = { ...healthKey(health.source), v: rowVersion, ...health };
      await client.send(new PutCommand({ TableName, Item }));
    },
  };
}

/** Reads the rows that need no others, neither the hours nor those of older versions. */
export function paperNotes(
  client: DynamoDBDocumentClient,
  tableName: string,
  waiting: Waiting = realWaiting,
): PaperNotes {
  return {
    descriptions: async (ids) =>
      (await readItems(client, tableName, ids.map(paperKey), waiting)).map((row) => readPaperRow(row).paper),

    async listedDays(dates) {
      const rows = (await readItems(client, tableName, dates.map(listedDayKey), waiting)).map(readListedDayRow);
      return rows.sort((a, b) => (a.date < b.date ? -1 : 1));
    },

    async health() {
      const items = await readItems(client, tableName, sourceName.options.map(healthKey), waiting);
      return items.map(readHealthRow).sort((a, b) => (a.source < b.source ? -1 : 1));
    },
  };
}
