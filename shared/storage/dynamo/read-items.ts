import { setTimeout as pauseFor } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inParallel } from './in-parallel.js';
import type { Item } from './row-reader.js';

/** An item's primary key. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What waiting takes: chance and time. */
export interface Waiting {
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

/** BatchGetItem takes no more keys at once. */
const keysPerRequest = 100;
const requestsAtOnce = 4;
const fruitlessRounds = 8;
const firstPauseMs = 50;

async function readChunk(
  client: DynamoDBDocumentClient,
  table: string,
  chunk: readonly Key[],
  waiting: Waiting,
): Promise<Item[]> {
  const items: Item[] = [];
  let left: Item[] = chunk.map(({ pk, sk }) => ({ pk, sk }));
  for (let fruitless = 0; left.length > 0; ) {
    const request = { RequestItems: { [table]: { Keys: left, ConsistentRead: true } } };
    const answer = await client.send(new BatchGetCommand(request));
    items.push(...(answer.Responses?.[table] ?? []));
    // Keys come back unprocessed when the table is throttled, and also when the answer grew too large.
    const unprocessed = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    fruitless = unprocessed.length < left.length ? 0 : fruitless + 1;
    left = unprocessed;
    if (fruitless >= fruitlessRounds) throw new Error(`${left.length} items of ${table} stayed unprocessed`);
    if (left.length > 0) await waiting.pause(waiting.random() * firstPauseMs * 2 ** fruitless);
  }
  return items;
}

/** The items with these keys that exist, in no order, read consistently; a key that is given twice is read once. */
export async function readItems(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Key[],
  waiting: Waiting = { random: Math.random, pause: pauseFor },
): Promise<Item[]> {
  const distinct = [...new Map(keys.map((key) => [JSON.stringify([key.pk, key.sk]), key])).values()];
  const chunks = Array.from({ length: Math.ceil(distinct.length / keysPerRequest) }, (_, index) =>
    distinct.slice(index * keysPerRequest, (index + 1) * keysPerRequest),
  );
  return (await inParallel(chunks, requestsAtOnce, (chunk) => readChunk(client, table, chunk, waiting))).flat();
}
