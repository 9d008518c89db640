import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { papersByActiveDay } from '../../contract/tables.js';
import { type CalendarDate, dayMs, daysUpTo, type Instant, startOf } from '../../domain/calendar-date.js';
import { activeDayOf, type Observation } from '../../domain/paper/paper.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import { is, startsWith, where } from '../dynamo/expressions.js';
import { allItems, inParallel, readItems, realWaiting, type Waiting } from '../dynamo/reading.js';
import { isExpired, type Key } from '../dynamo/rows.js';
import { type Hours, knownUntil, observationDays } from './hours.js';
import { type KnownPaper, withStanding } from './paper-changes.js';
import {
  observationPrefix,
  type PaperRow,
  paperIn,
  paperKey,
  paperPartition,
  readObservationRow,
  readPaperRow,
} from './paper-rows.js';

const requestsAtOnce = 16;

/** Reads papers from their rows and from the hours. */
export function paperReader(
  client: DynamoDBDocumentClient,
  tableName: string,
  hours: Hours,
  waiting: Waiting = realWaiting,
) {
  const rowsOf = async (keys: readonly Key[]) => (await readItems(client, tableName, keys, waiting)).map(readPaperRow);

  async function idsActiveOn(date: CalendarDate): Promise<readonly PaperId[]> {
    const { index: IndexName, pk } = papersByActiveDay;
    const items = await allItems(client, { TableName: tableName, IndexName, ...where([is(pk, date)]) });
    return items.map((item) => paperIn(String(item.pk))).sort();
  }

  /** Ascending by id. */
  async function rowsActiveBetween(first: CalendarDate, last: CalendarDate): Promise<readonly PaperRow[]> {
    const days = daysUpTo(last, (startOf(last) - startOf(first)) / dayMs + 1);
    const ids = (await inParallel(days, requestsAtOnce, idsActiveOn)).flat();
    const rows = await rowsOf(ids.map(paperKey));
    return rows.sort((one, other) => (one.paper.id < other.paper.id ? -1 : 1));
  }

  /** Joined with what the last run knows of them, or for papers too old for it, the last run that knew them. */
  async function known(rows: readonly PaperRow[]): Promise<readonly KnownPaper[]> {
    const newest = rows.length === 0 ? undefined : await hours.last();
    if (!newest) return rows.map((row) => withStanding(row, undefined));
    const lost = rows.filter(({ paper }) => !newest.newest.has(paper.id)).map(({ paper }) => activeDayOf(paper));
    const isKept = (day: CalendarDate) =>
      knownUntil(day) < newest.at && knownUntil(day) > newest.at - observationDays * dayMs;
    const days = [...new Set(lost)].filter(isKept);
    const hoursOf = await inParallel(
      days,
      requestsAtOnce,
      async (day) => [day, await hours.last(knownUntil(day))] as const,
    );
    const older = new Map(hoursOf);
    return rows.map((row) => {
      const { id } = row.paper;
      return withStanding(row, newest.newest.get(id) ?? older.get(activeDayOf(row.paper))?.newest.get(id));
    });
  }

  async function histories(rows: readonly PaperRow[], now: Instant, until?: Instant) {
    const from = rows.reduce((least, { paper }) => Math.min(least, paper.firstSeenAt), now);
    const span = { from: Math.max(from, now - observationDays * dayMs), ...(until !== undefined && { until }) };
    const byHours = await hours.histories(new Set(rows.map(({ paper }) => paper.id)), span, now);
    return inParallel(rows, requestsAtOnce, async (row): Promise<readonly Observation[]> => {
      const old = await oldObservations(client, tableName, row, now);
      const newer = byHours.get(row.paper.id) ?? [];
      return old.length === 0 ? newer : [...old, ...newer].sort((one, other) => one.at - other.at);
    });
  }

  return { rowsOf, idsActiveOn, rowsActiveBetween, known, histories };
}

/**
 * The observations that earlier versions kept as rows of their own, oldest first. Those versions put the newest one into
 * the paper's row as well: where there is none, or it has expired at `now`, nothing is asked.
 */
async function oldObservations(
  client: DynamoDBDocumentClient,
  TableName: string,
  { paper, latest }: PaperRow,
  now: Instant,
): Promise<readonly Observation[]> {
  if (!latest || latest.at + observationDays * dayMs <= now) return [];
  const ofPaper = where([is('pk', paperPartition(paper.id)), startsWith('sk', observationPrefix)]);
  const items = await allItems(client, { TableName, ConsistentRead: true, ...ofPaper });
  return items.filter((item) => !isExpired(item, now)).map(readObservationRow);
}
