import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { paperId } from '../contract/ids.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import { readItems, type Waiting } from './dynamo/reading.js';
import { type Key, rowReader, rowVersion } from './dynamo/rows.js';

/** One row lists them all: some thirty thousand ids fit, and of arXiv's papers a few in a thousand are withdrawn. */
const withdrawnKey: Key = { pk: 'withdrawn', sk: 'papers' };
const readWithdrawnRow = rowReader(() => z.object({ ids: z.array(paperId) }));

/** The withdrawn papers that a table lists, ascending. */
export async function readWithdrawn(
  client: DynamoDBDocumentClient,
  table: string,
  waiting?: Waiting,
): Promise<readonly PaperId[]> {
  const rows = await readItems(client, table, [withdrawnKey], waiting);
  return rows.flatMap((row) => readWithdrawnRow(row).ids).sort();
}

/** Replaces the list of the withdrawn papers in a table. */
export async function writeWithdrawn(
  client: DynamoDBDocumentClient,
  TableName: string,
  ids: readonly PaperId[],
): Promise<void> {
  await client.send(new PutCommand({ TableName, Item: { ...withdrawnKey, v: rowVersion, ids } }));
}
