import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { daysUpTo } from '../../../shared/domain/calendar-date.js';
import type { DeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { slotFor } from '../../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { packSeen } from '../../../shared/storage/subscribers/packed-seen.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aConfirmation, aProfile, day, instant, paperId, subscriberId } from '../../support/builders.js';
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

  it('keeps the state under 1 KB with ten papers a day over 45 days, seven outcomes and an open claim', async () => {
    const table = await newTable();
    const subscribers = subscriberRepository(dynamo().client, table);
    const days = '123456' as DeliveryDays;
    const profile = aProfile({ timeZone: 'America/Argentina/Buenos_Aires', hour: 23, days });
    const confirmation = aConfirmation({ expiresAt: at + 1 });
    await subscribers.request(id, profile, confirmation, at);
    await subscribers.confirm(id, confirmation.tokenHash, at);
    const load = async (): Promise<Subscriber> => (await subscribers.load([id]))[0]!;
    const batch = `${slotFor(profile)}#0123`;
    for (const date of daysUpTo(day('2026-08-06'), 7)) await subscribers.close(await load(), date, 'unmatched', batch);
    const seen = daysUpTo(day('2026-08-07'), 46).map((edition) => ({
      edition,
      // Spread over an edition of a thousand papers.
      places: Array.from({ length: 10 }, (_, index) => 100 * index + 50),
    }));
    const papers = Array.from({ length: 10 }, (_, index) => paperId(index));
    await subscribers.claim(await load(), aClaim({ kind: 'best-unseen', papers, batch, at }), seen);
    expect((await load()).state).toMatchObject({ seen, outcomes: { length: 7 } });
    const claimed = (await load()).state.claim!;
    expect(await subscribers.reclaim(id, claimed, { attempt: 2, at: at + 1 })).toBe('claimed');
    expect(itemBytes(await stateItem(table))).toBeLessThan(1024);
  });

  it('tells of rows that make no sense, and loads the others', async () => {
    const TableName = await newTable();
    const subscribers = subscriberRepository(dynamo().client, TableName);
    const other = subscriberId(2);
    for (const one of [id, other]) await subscribers.put(one, aProfile(), at);
    const spoilt = { TableName, Key: { pk: id, sk: 'state' }, UpdateExpression: 'SET v = :v' };
    await dynamo().client.send(new UpdateCommand({ ...spoilt, ExpressionAttributeValues: { ':v': 99 } }));
    const told: string[] = [];
    const loaded = await subscribers.load([id, other], (bad) => told.push(bad));
    expect([loaded.map((subscriber) => subscriber.id), told]).toEqual([[other], [id]]);
    await expect(subscribers.load([id, other])).rejects.toThrow();
  });

  it('reads rows of earlier versions, and writes where they are', async () => {
    const TableName = await newTable();
    const subscribers = subscriberRepository(dynamo().client, TableName);
    await subscribers.put(id, aProfile(), at);
    const load = async (): Promise<Subscriber> => (await subscribers.load([id]))[0]!;
    const slot = 'Europe/Berlin@07';
    const values = {
      ':outcomes': `2026-08-04 sent ${slot}#0001\n2026-08-05 unmatched #0002`,
      ':seen': packSeen([{ edition: day('2026-08-04'), hashes: [1, 0xffffffff] }]),
      ':claim': { edition: '2026-08-06', batch: 'b', attempt: 1, at, papers: '2608.00001 2608.00002', isUnsent: false },
      ':edition': '2026-08-06',
    };
    const UpdateExpression = 'SET outcomes = :outcomes, seen = :seen, claim = :claim, edition = :edition';
    const update = { TableName, Key: { pk: id, sk: 'state' }, UpdateExpression, ExpressionAttributeValues: values };
    await dynamo().client.send(new UpdateCommand(update));
    const old = (await load()).state;
    expect(old).toMatchObject({
      claim: { papers: [paperId(1), paperId(2)] },
      outcomes: [{ outcome: 'sent' }, { outcome: 'unmatched', batch: `${slot}#0002` }],
      seen: [{ edition: '2026-08-04', hashes: [1, 0xffffffff] }],
    });
    expect(await subscribers.record(await load(), 'sent', old.claim!)).toBe('recorded');
    const seen = [...old.seen, { edition: day('2026-08-07'), places: [3] }];
    expect(await subscribers.claim(await load(), aClaim(), seen)).toBe('claimed');
    const { state } = await load();
    expect(state.outcomes.map(({ outcome }) => outcome)).toEqual(['sent', 'unmatched', 'sent']);
    expect(state.seen).toEqual(seen);
    await dynamo().client.send(new UpdateCommand(update));
    expect(await subscribers.close(await load(), day('2026-08-08'), 'unmatched', 'b')).toBe('recorded');
    await subscribers.amend(id, day('2026-08-04'), 'failed');
    expect((await load()).state.outcomes[0]).toMatchObject({ outcome: 'failed' });
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
