import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate, paperId } from '../contract/ids.js';
import type { Hindsight, Miss, RankingFigures } from '../domain/edition/hindsight.js';
import { once } from '../domain/once.js';
import { isWritten } from './dynamo/conditional-write.js';
import { absent, is, onlyIf, where } from './dynamo/expressions.js';
import { firstItems } from './dynamo/reading.js';
import { rowReader, rowVersion } from './dynamo/rows.js';

/** What editions were worth, seen seven days later; kept for good. */
export interface HindsightRepository {
  /** Keeps an edition's hindsight, once: a later one for the same date changes nothing. */
  keep(hindsight: Hindsight): Promise<'kept' | 'already-kept'>;
  /** The hindsights of the newest editions that have one, newest first, at most `count`. */
  newest(count: number): Promise<readonly Hindsight[]>;
}

const partition = 'hindsight';

const figures = once(() =>
  z.object({
    p3: z.number(),
    p5: z.number(),
    p10: z.number(),
    ndcg10: z.number(),
  } satisfies Record<keyof RankingFigures, z.core.$ZodType>),
);

const miss = once(() =>
  z.object({
    id: paperId,
    title: z.string(),
    place: z.number(),
    placeLater: z.number(),
    gained: z.number(),
  } satisfies Record<keyof Miss, z.core.$ZodType>),
);

const readHindsightRow = rowReader(() =>
  z.object({
    date: calendarDate,
    formula: z.number(),
    papers: z.number(),
    unobserved: z.number(),
    ours: z.exactOptional(figures()),
    rawUpvotes: z.exactOptional(figures()),
    biggestMiss: z.exactOptional(miss()),
  } satisfies Record<keyof Hindsight, z.core.$ZodType>),
);

/**
 * Hindsights in DynamoDB, in the table of the editions: `hindsight` holds one row a date, so that the newest are one
 * query.
 */
export function hindsightRepository(client: DynamoDBDocumentClient, tableName: string): HindsightRepository {
  const TableName = tableName;
  return {
    async keep(hindsight) {
      const Item = { pk: partition, sk: hindsight.date, v: rowVersion, ...hindsight };
      const put = client.send(new PutCommand({ TableName, Item, ...onlyIf(absent('pk')) }));
      return (await isWritten(put)) ? 'kept' : 'already-kept';
    },

    async newest(count) {
      const newestFirst = { TableName, ScanIndexForward: false, ...where([is('pk', partition)]) };
      return (await firstItems(client, newestFirst, count)).map(readHindsightRow);
    },
  };
}
