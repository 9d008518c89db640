import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { subscriberId } from '../../contract/ids.js';
import type { Consent } from '../../domain/subscriber/consent.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { consentItem } from '../consents-repository.js';
import { inParallel, realWaiting, type Waiting } from '../dynamo/reading.js';
import type { Item } from '../dynamo/rows.js';

/** The journal as admins' commands see it: everybody's entries at once, and many of things that happened elsewhere. */
export interface ConsentsInBulk {
  /** Everybody of whom it knows; whoever has no entry while this is read may have one later. */
  everybody(): Promise<ReadonlySet<SubscriberId>>;
  /** Adds entries of which none is there, as the caller has read; the same ones may be added again. */
  append(consents: readonly Consent[]): Promise<void>;
}

/** BatchWriteItem takes no more items at once. */
const itemsPerRequest = 25;
const requestsAtOnce = 4;
const fruitlessRounds = 8;
const firstPauseMs = 50;

/** The journal's table, written in batches. */
export function consentsInBulk(
  client: DynamoDBDocumentClient,
  TableName: string,
  waiting: Waiting = realWaiting,
): ConsentsInBulk {
  async function write(items: readonly Item[]): Promise<void> {
    let left = items.map((Item) => ({ PutRequest: { Item } }));
    for (let fruitless = 0; left.length > 0; ) {
      const answer = await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: left } }));
      // What comes back was throttled.
      const unprocessed = (answer.UnprocessedItems?.[TableName] ?? []) as typeof left;
      fruitless = unprocessed.length < left.length ? 0 : fruitless + 1;
      left = unprocessed;
      if (fruitless >= fruitlessRounds) throw new Error(`${left.length} consents stayed unwritten`);
      if (left.length > 0) await waiting.pause(waiting.random() * firstPauseMs * 2 ** fruitless);
    }
  }

  return {
    async everybody() {
      const known = new Set<SubscriberId>();
      const keys = { TableName, ProjectionExpression: 'pk', ConsistentRead: true };
      let next: Item | undefined;
      do {
        const page = await client.send(new ScanCommand({ ...keys, ExclusiveStartKey: next }));
        for (const { pk } of page.Items ?? []) known.add(subscriberId.parse(pk));
        next = page.LastEvaluatedKey;
      } while (next);
      return known;
    },

    async append(consents) {
      const items = consents.map(consentItem);
      const batches = Array.from({ length: Math.ceil(items.length / itemsPerRequest) }, (_, index) =>
        items.slice(index * itemsPerRequest, (index + 1) * itemsPerRequest),
      );
      await inParallel(batches, requestsAtOnce, write);
    },
  };
}
