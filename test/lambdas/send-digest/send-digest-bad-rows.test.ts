import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { embeddedForTests } from '../../storage/embedded.js';
import { subscriberId } from '../../support/builders.js';
import { aDigestHouse, due, reader } from './digest-house.js';

const bad = subscriberId(2);
const readers = [reader(1), reader(2), reader(3)];

/** What may be wrong with one subscriber's rows: an attribute of the state or the profile, and its value. */
const damages = {
  'a state of a newer version': ['state', 'v', 99],
  'a state without version': ['state', 'v', 'one'],
  'an unknown status': ['state', 'status', 'dormant'],
  'an unknown outcome': ['state', 'outcomes', '2026-08-06 vanished batch'],
  'an outcome of no day': ['state', 'outcomes', '?'],
  'seen papers that end too early': ['state', 'seen', Buffer.from([1, 2, 3])],
  'a claim without papers': ['state', 'claim', { edition: '2026-08-06' }],
  'a profile of a newer version': ['profile', 'v', 99],
  'a damaged profile': ['profile', 'topics', 'none'],
} as const;

describe('one bad row among the subscribers of a batch', () => {
  const dynamo = embeddedForTests();

  it.each(Object.entries(damages))('as %s stops that one alone, is counted and named', async (_, [sk, name, value]) => {
    const TableName = await dynamo().createTable('subscribers');
    const store = subscriberRepository(dynamo().client, TableName);
    for (const { id, profile } of readers) await store.put(id, profile, due);
    const update = {
      TableName,
      Key: { pk: bad, sk },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    };
    await dynamo().client.send(new UpdateCommand(update));
    const house = await aDigestHouse(readers, { store });
    expect(await house.send()).toMatchObject({ candidates: 3, sent: 2, open: 1, broken: 1 });
    expect(house.sent.map(({ to }) => to)).toEqual(['reader1@example.org', 'reader3@example.org']);
    expect(house.broken).toEqual([1]);
    expect(house.warnings.join()).toContain(bad);
  });
});
