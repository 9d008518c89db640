import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { realSurroundings } from '../../runtime/surroundings.js';
import type { Item, Key } from './rows.js';

/** What waiting takes: chance and time. */
export interface Waiting {
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

/** Waits as a deployed function does. */
export const realWaiting: Waiting = { random: realSurroundings.random, pause: realSurroundings.sleep };

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
  waiting: Waiting = realWaiting,
): Promise<Item[]> {
  const distinct = [...new Map(keys.map((key) => [JSON.stringify([key.pk, key.sk]), key])).values()];
  const chunks = Array.from({ length: Math.ceil(distinct.length / keysPerRequest) }, (_, index) =>
    distinct.slice(index * keysPerRequest, (index + 1) * keysPerRequest),
  );
  return (await inParallel(chunks, requestsAtOnce, (chunk) => readChunk(client, table, chunk, waiting))).flat();
}

/** Every item of a query, over all its pages, in the order of the sort key. */
export async function* queryItems(client: DynamoDBDocumentClient, input: QueryCommandInput): AsyncGenerator<Item> {
  let next: Item | undefined;
  do {
    const page = await client.send(new QueryCommand({ ...input, ExclusiveStartKey: next }));
    yield* page.Items ?? [];
    // A page may be empty and still not be the last one.
    next = page.LastEvaluatedKey;
  } while (next);
}

/** The first items of a query, at most `limit`. */
export async function firstItems(
  client: DynamoDBDocumentClient,
  input: QueryCommandInput,
  limit: number,
): Promise<Item[]> {
  const items: Item[] = [];
  if (limit < 1) return items;
  for await (const item of queryItems(client, { ...input, Limit: limit })) {
    items.push(item);
    if (items.length >= limit) break;
  }
  return items;
}

/** All items of a query. */
export async function allItems(client: DynamoDBDocumentClient, input: QueryCommandInput): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of queryItems(client, input)) items.push(item);
  return items;
}

/** Does the work for every input, at most `width` at a time; the results are in the order of the inputs. */
export async function inParallel<Input, Result>(
  inputs: readonly Input[],
  width: number,
  work: (input: Input) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = inputs.entries();
  const worker = async () => {
    for (const [place, input] of queue) results[place] = await work(input);
  };
  await Promise.all(Array.from({ length: Math.min(width, inputs.length) }, worker));
  return results;
}
