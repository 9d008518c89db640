import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate, paperId } from '../../contract/ids.js';
import type { CalendarDate } from '../../domain/calendar-date.js';
import { type Key, rowReader } from '../dynamo/rows.js';

export const partition = (date: CalendarDate) => `edition#${date}`;
export const headKey = (date: CalendarDate): Key => ({ pk: partition(date), sk: 'head' });
export const topicsKey = (date: CalendarDate): Key => ({ pk: partition(date), sk: 'topics' });
export const papersKey = (date: CalendarDate, hash: string): Key => ({ pk: partition(date), sk: `papers#${hash}` });
export const partPrefix = (hash: string) => `part#${hash}#`;

/** The row that makes an edition count. `isOpen` as long as it may be remade; rows of earlier versions never are. */
export const readHeadRow = rowReader(() =>
  z.object({
    date: calendarDate,
    publishedAt: z.number(),
    hash: z.string(),
    parts: z.number(),
    papers: z.number(),
    isOpen: z.exactOptional(z.literal(true)),
  }),
);
export type Head = ReturnType<typeof readHeadRow>;

/** The head of a date's edition as it is now, if it is published. */
export async function readHead(
  client: DynamoDBDocumentClient,
  TableName: string,
  date: CalendarDate,
): Promise<Head | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName, Key: headKey(date), ConsistentRead: true }));
  return Item && readHeadRow(Item);
}

export const readTopicsRow = rowReader(() =>
  z.object({ date: calendarDate, counts: z.record(z.string(), z.number()) }),
);
export const readPartRow = rowReader(() => z.object({ bytes: z.instanceof(Uint8Array) }));
const readPapersRow = rowReader(() => z.object({ ids: z.string() }));

/** The ids of an edition's papers, from their row. */
export function paperIdsIn(item: Parameters<typeof readPapersRow>[0]) {
  const { ids } = readPapersRow(item);
  return z.parse(z.array(paperId), ids === '' ? [] : ids.split(' '));
}
