import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate, subscriberId } from '../../contract/ids.js';
import type { CalendarDate } from '../../domain/calendar-date.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { absent, is, onlyIf, where } from '../dynamo/expressions.js';
import { type Item, type Key, rowVersion } from '../dynamo/rows.js';
import { unfinishedKey } from '../examples/learned-topics.js';

/** What the replay must know of a state before it begins. */
export interface RestoredState {
  readonly id: SubscriberId;
  /** The newest edition that was claimed or ended when the backup was made. */
  readonly edition?: CalendarDate;
  /** Whose address this one was about to replace, and by which confirmation where that was still awaited. */
  readonly movesFrom?: SubscriberId;
  readonly tokenHash?: string;
}

const scanned = z.object({
  pk: subscriberId,
  edition: z.optional(calendarDate),
  movesFrom: z.optional(subscriberId),
  confirmation: z.optional(z.object({ tokenHash: z.string(), movesFrom: z.optional(subscriberId) })),
});

/** Everything of a table, page by page: only an admin may. */
async function* scan(client: DynamoDBDocumentClient, input: ScanCommandInput): AsyncGenerator<Item> {
  let next: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ ...input, ConsistentRead: true, ExclusiveStartKey: next }));
    yield* page.Items ?? [];
    next = page.LastEvaluatedKey;
  } while (next);
}

const states = {
  FilterExpression: '#sk = :state',
  ExpressionAttributeNames: { '#sk': 'sk' },
  ExpressionAttributeValues: { ':state': 'state' },
};

/** Some of the subscribers who have a state in a table, however damaged it is; none where it is no table of subscribers. */
export async function someSubscribers(
  client: DynamoDBDocumentClient,
  TableName: string,
  most: number,
): Promise<readonly SubscriberId[]> {
  const ids: SubscriberId[] = [];
  for await (const { pk } of scan(client, { TableName, ...states })) {
    const { data } = subscriberId.safeParse(pk);
    if (data !== undefined) ids.push(data);
    if (ids.length >= most) break;
  }
  return ids;
}

/** Every state of a restored table, in no order. */
export async function* restoredStates(
  client: DynamoDBDocumentClient,
  TableName: string,
): AsyncGenerator<RestoredState> {
  for await (const item of scan(client, { TableName, ...states })) {
    const { pk: id, edition, confirmation, ...row } = z.parse(scanned, item);
    const movesFrom = row.movesFrom ?? confirmation?.movesFrom;
    const tokenHash = confirmation?.tokenHash;
    yield { id, ...(edition && { edition }), ...(movesFrom && { movesFrom }), ...(tokenHash && { tokenHash }) };
  }
}

/** Up to which edition the backup knows, kept while the replay lasts: rows that were replayed already know more. */
const replayKey: Key = { pk: 'table', sk: 'replay' };

/** The newest edition that the backup knows, as the first start of the replay found it; with `isDryRun` nothing is kept. */
export async function backupEdition(
  client: DynamoDBDocumentClient,
  TableName: string,
  found: CalendarDate | undefined,
  isDryRun: boolean,
): Promise<CalendarDate | undefined> {
  const kept = where([is('pk', replayKey.pk), is('sk', replayKey.sk)]);
  const { Items } = await client.send(new QueryCommand({ TableName, ConsistentRead: true, ...kept }));
  if (Items?.[0]) return calendarDate.safeParse(Items[0].edition).data;
  const Item = { ...replayKey, v: rowVersion, ...(found && { edition: found }) };
  if (!isDryRun) await client.send(new PutCommand({ TableName, Item }));
  return found;
}

/** Forgets what was kept for the replay. */
export async function endReplay(client: DynamoDBDocumentClient, TableName: string): Promise<void> {
  await client.send(new DeleteCommand({ TableName, Key: { ...replayKey } }));
}

/**
 * Copies what another table holds of a subscriber, the state last, and that their learned topics are unfinished where they are; what
 * is there already stays.
 */
export async function fetchSubscriber(
  client: DynamoDBDocumentClient,
  { from, to }: { readonly from: string; readonly to: string },
  id: SubscriberId,
): Promise<boolean> {
  const source = { TableName: from, ConsistentRead: true };
  const unfinished = await client.send(new GetCommand({ ...source, Key: { ...unfinishedKey(id) } }));
  const found = await client.send(new QueryCommand({ ...source, ...where([is('pk', id)]) }));
  const items = (found.Items ?? []).sort((one, other) => Number(one.sk === 'state') - Number(other.sk === 'state'));
  for (const Item of [...(unfinished.Item ? [unfinished.Item] : []), ...items]) {
    await isWritten(client.send(new PutCommand({ TableName: to, Item, ...onlyIf(absent('pk')) })));
  }
  return items.some(({ sk }) => sk === 'state');
}
