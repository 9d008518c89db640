import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { daysUpTo } from '../../../shared/domain/calendar-date.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aProfile, day, instant, paperId, subscriberId } from '../../support/builders.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';
import { embeddedForTests, onSmallPages } from '../embedded.js';
import { itemBytes } from '../item-bytes.js';
import { subscribersContract } from './subscribers-contract.js';

const id = subscriberId(1);
const at = instant('2026-08-07T05:15');

describe('subscribers in memory', () => subscribersContract(async () => fakeSubscriberRepository(), 300));

describe('subscribers in DynamoDB', () => {
  const dynamo = embeddedForTests();
  const newTable = () => dynamo().createTable('subscribers');
  subscribersContract(async () => subscriberRepository(dynamo().client, await newTable()), 60);

  async function stateItem(TableName: string) {
    const { Item } = await dynamo().client.send(new GetCommand({ TableName, Key: { pk: id, sk: 'state' } }));
    return Item!;
  }

  it('keeps the state under 2 KB with ten papers a day over 31 days, seven outcomes and an open claim', async () => {
    const table = await newTable();
    const subscribers = subscriberRepository(dynamo().client, table);
    const profile = aProfile({ timeZone: 'America/Argentina/Buenos_Aires', hour: 23 });
    await subscribers.put(id, profile, at);
    const load = async (): Promise<Subscriber> => (await subscribers.load([id]))[0]!;
    const batch = `${slotOf(profile.timeZone, profile.hour)}#0123`;
    for (const date of daysUpTo(day('2026-08-06'), 7)) await subscribers.close(await load(), date, 'unmatched', batch);
    const seen = daysUpTo(day('2026-08-07'), 31).map((edition) => ({
      edition,
      hashes: Array.from({ length: 10 }, (_, index) => 0xfffffff0 + index),
    }));
    const papers = Array.from({ length: 10 }, (_, index) => paperId(index));
    await subscribers.claim(await load(), aClaim({ papers, batch, at }), seen);
    expect((await load()).state).toMatchObject({ seen, outcomes: { length: 7 } });
    expect(itemBytes(await stateItem(table))).toBeLessThan(2048);
  });

  it('has no slot on the state of who left: the index by slot cannot show them', async () => {
    const table = await newTable();
    const subscribers = subscriberRepository(dynamo().client, table);
    await subscribers.put(id, aProfile(), at);
    expect((await stateItem(table)).slot).toBe('Europe/Berlin@07');
    await subscribers.stop(id, 'unsubscribed', at);
    expect(await stateItem(table)).not.toHaveProperty('slot');
  });
});

describe('subscribers in DynamoDB, one item a page', () => {
  const dynamo = embeddedForTests();
  const make = async () =>
    subscriberRepository(onSmallPages(dynamo().client), await dynamo().createTable('subscribers'));
  subscribersContract(make, 6);
});
