import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from './row-reader.js';

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
