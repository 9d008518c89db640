import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate } from '../../contract/ids.js';
import { type Key, rowReader, rowVersion } from '../dynamo/rows.js';

/** How far the last backfill came: everything before `place` is kept. */
export type BackfillMark = ReturnType<typeof readMark>;

/** Remembers how far the last backfill came; only one goes on at a time. */
export interface BackfillMarks {
  last(): Promise<BackfillMark | undefined>;
  note(mark: BackfillMark): Promise<void>;
}

const markKey: Key = { pk: 'backfill', sk: 'mark' };
const readMark = rowReader(() =>
  z.object({
    id: z.string(),
    from: calendarDate,
    to: calendarDate,
    /** The next piece: the papers of a day, from so manieth on. */
    place: z.object({ date: calendarDate, start: z.number() }),
    /** Papers that were new or changed. */
    saved: z.number(),
    startedAt: z.number(),
    changedAt: z.number(),
    /** Whether everything up to `to` is kept. */
    isDone: z.boolean(),
    /** Why it goes no further, if it gave up. */
    stoppedBy: z.exactOptional(z.string()),
  }),
);

/** The mark in the table of papers: `backfill` holds the one row `mark`. */
export function backfillMarks(client: DynamoDBDocumentClient, TableName: string): BackfillMarks {
  return {
    async last() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: markKey, ConsistentRead: true }));
      return Item && readMark(Item);
    },
    async note(mark) {
      await client.send(new PutCommand({ TableName, Item: { ...markKey, v: rowVersion, ...mark } }));
    },
  };
}
