import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Subscriber } from '../../shared/domain/subscriber/subscriber.js';
import { type Item, type Key, rowVersion } from '../../shared/storage/dynamo/rows.js';
import { seenAttributes } from '../../shared/storage/subscribers/packed-seen.js';
import { profileKey } from '../../shared/storage/subscribers/stored-profile.js';
import { stateKey } from '../../shared/storage/subscribers/subscriber-state.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

const table = 'subscribers';
/** As many as a job has. */
const batch = 50;
const batches = 60;

/**
 * CPU time of reading a subscriber's two stored items into the parsed form, by the repository that the sender uses, in
 * microseconds; the table answers at once.
 */
export async function microsPerRow(subscriber: (number: number) => Subscriber): Promise<number> {
  let answer = new Map<string, Item>();
  const client = {
    send: async ({ input }: { input: { RequestItems: Record<string, { Keys: Key[] }> } }) => ({
      Responses: { [table]: (input.RequestItems[table]?.Keys ?? []).map(({ pk, sk }) => answer.get(pk + sk)) },
    }),
  };
  const { load } = subscriberRepository(client as unknown as DynamoDBDocumentClient, table);
  let micros = 0;
  for (let turn = 0; turn < batches; turn += 1) {
    const subscribers = Array.from({ length: batch }, (_, index) => subscriber(turn * batch + index));
    answer = new Map(subscribers.flatMap(itemsOf).map((item) => [`${item.pk}${item.sk}`, item]));
    const before = process.cpuUsage();
    const loaded = await load(subscribers.map(({ id }) => id));
    const { user, system } = process.cpuUsage(before);
    if (loaded.length !== batch) throw new Error('the bench has rows that cannot be read');
    // The first ones warm up.
    if (turn >= batches / 3) micros += user + system;
  }
  return micros / (batch * (batches - Math.ceil(batches / 3)));
}

function itemsOf({ id, state, profile }: Subscriber): Item[] {
  const { status, slot, seen } = state;
  return [
    { ...stateKey(id), v: rowVersion, status, slot, ...seenAttributes(seen) },
    { ...profileKey(id), v: rowVersion, ...profile },
  ].map((item: Item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)));
}
