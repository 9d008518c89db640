import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { SubscribersOrigin } from '../../contract/tables.js';
import { askedTogether } from '../../runtime/asked-together.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { updateItem } from '../dynamo/dynamo.js';
import { absent, change, either, is } from '../dynamo/expressions.js';
import { type Key, rowReader, rowVersion } from '../dynamo/rows.js';

/** The one row that names the table that all others belong to: whatever is restored from a backup brings the old name along. */
const nameKey: Key = { pk: 'table', sk: 'name' };

const readNameRow = rowReader(() => z.object({ name: z.string() }));

/** The name that a table's own row gives; `undefined` where it has none. */
export async function readName(client: DynamoDBDocumentClient, TableName: string): Promise<string | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName, Key: nameKey, ConsistentRead: true }));
  return Item && readNameRow(Item).name;
}

/** Whether a table bears another's name, as one does that came back from a backup and was not brought up to date yet. */
export async function isFromBackup(client: DynamoDBDocumentClient, TableName: string): Promise<boolean> {
  const name = await readName(client, TableName);
  return name !== undefined && name !== TableName;
}

/** Writes that the table is itself: from here on mails are sent from what it says. */
export async function writeName(client: DynamoDBDocumentClient, TableName: string): Promise<void> {
  await updateItem(client, { TableName, Key: { ...nameKey }, ...change({ v: rowVersion, name: TableName }) });
}

/** Gives a table that takes itself for the one in use the name of another: from here on nothing is sent from what it says. */
export async function closeTable(client: DynamoDBDocumentClient, TableName: string, successor: string): Promise<void> {
  const isOpen = either(absent('name'), is('name', TableName));
  const row = change({ v: rowVersion, name: successor }, isOpen);
  await isWritten(updateItem(client, { TableName, Key: { ...nameKey }, ...row }));
}

/** Whether mails may be sent from what the table says. */
export type TableGate = () => Promise<boolean>;

/**
 * Opens for the table whose name row names it, and stays open. A table that the stack generated and that has no such row, as
 * those of earlier versions, is nobody's copy: `naming` writes the row. A configured one without it is one that was
 * restored from a backup of such a version.
 */
export function tableGate(
  client: DynamoDBDocumentClient,
  TableName: string,
  origin: SubscribersOrigin,
  naming: 'writes' | 'reads',
): TableGate {
  let isOpen = false;
  const look = askedTogether(async () => {
    const name = await readName(client, TableName);
    isOpen = name === undefined ? origin === 'generated' : name === TableName;
    if (isOpen && name === undefined && naming === 'writes') await nameOnce();
    return isOpen;
  });

  async function nameOnce(): Promise<void> {
    const onlyIf = absent('name');
    const row = change({ v: rowVersion, name: TableName }, onlyIf);
    await isWritten(updateItem(client, { TableName, Key: { ...nameKey }, ...row }));
  }

  return async () => isOpen || look();
}

/** What to do about a table that is closed, in one line for the log. */
export const closedTable =
  'the Subscribers table came back from a backup: nothing is sent before `npm run cli -- restore replay` has ended';
