import { BatchGetCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { consentRepository } from '../../../../shared/storage/consents-repository.js';
import { editionRepository } from '../../../../shared/storage/editions-repository.js';
import { hindsightRepository } from '../../../../shared/storage/hindsights-repository.js';
import { paperRepository } from '../../../../shared/storage/papers/papers-repository.js';
import { signupRepository } from '../../../../shared/storage/signups-repository.js';
import { subscriberRepository } from '../../../../shared/storage/subscribers/subscribers-repository.js';
import { editionsContract } from '../../../storage/editions-contract.js';
import { embeddedForTests, onSmallPages } from '../../../storage/embedded.js';
import { hindsightsContract } from '../../../storage/hindsights-contract.js';
import { papersContract } from '../../../storage/papers-contract.js';
import { runsContract, storedRuns } from '../../../storage/runs-contract.js';
import { signupsContract } from '../../../storage/signups-contract.js';
import { subscribersContract } from '../../../storage/subscribers/subscribers-contract.js';
import { aConsent, instant } from '../../../support/builders.js';
import { dynamoContract } from './dynamo-contract.js';
import { MemoryDynamo } from './memory-dynamo.js';
import { soundReads } from './reads.js';

describe('the embedded DynamoDB', () => {
  const dynamo = embeddedForTests();
  dynamoContract(async () => ({ client: dynamo().client, table: await dynamo().createTable('subscribers') }));
});

describe('DynamoDB in memory', () => {
  const open = (kind: string) => {
    const dynamo = new MemoryDynamo();
    return { client: dynamo.client(), table: dynamo.createTable(kind) };
  };
  dynamoContract(async () => open('subscribers'));

  const now = () => instant('2026-08-07T05:15');
  const stores = { whole: (client: DynamoDBDocumentClient) => client, small: onSmallPages };
  for (const [pages, over] of Object.entries(stores)) {
    const on = <Repository>(kind: string, make: (client: DynamoDBDocumentClient, table: string) => Repository) => {
      const { client, table } = open(kind);
      return make(over(client), table);
    };
    describe(`carries the repositories on ${pages} pages`, () => {
      describe('subscribers', () => subscribersContract(async () => on('subscribers', subscriberRepository), 60));
      describe('signups', () => signupsContract(async () => on('subscribers', signupRepository)));
      describe('runs', () => runsContract(async () => on('runs', (client, table) => storedRuns(client, table, now))));
      describe('editions', () => editionsContract(async () => on('editions', editionRepository)));
      describe('hindsights', () => hindsightsContract(async () => on('editions', hindsightRepository)));
      describe('papers', () => papersContract(async () => on('papers', paperRepository)));
    });
  }

  it('carries the journal', async () => {
    const { client, table } = open('consents');
    await consentRepository(client, table).append(aConsent());
    expect(await consentRepository(client, table).of(aConsent().subscriber)).toEqual([aConsent()]);
  });

  it('shows what faults do to reads: stale indexes, empty and short pages, unprocessed keys', async () => {
    let at = 0;
    const sizes = [0, 1];
    const faults = { ...soundReads, lagMs: () => 100, pageSize: () => sizes.shift() ?? 9, processed: () => 1 };
    const dynamo = new MemoryDynamo({ now: () => at, faults });
    const TableName = dynamo.createTable('subscribers');
    const client = dynamo.client();
    for (const pk of ['a', 'b']) await client.send(new PutCommand({ TableName, Item: { pk, sk: 'state', slot: 's' } }));
    const query = async (ExclusiveStartKey?: Record<string, unknown>) =>
      client.send(
        new QueryCommand({
          TableName,
          IndexName: 'bySlot',
          KeyConditionExpression: '#slot = :slot',
          ExpressionAttributeNames: { '#slot': 'slot' },
          ExpressionAttributeValues: { ':slot': 's' },
          ExclusiveStartKey,
        }),
      );
    sizes.unshift(9);
    expect((await query()).Items).toEqual([]);
    at = 200;
    const empty = await query();
    expect([empty.Items, empty.LastEvaluatedKey === undefined]).toEqual([[], false]);
    const short = await query(empty.LastEvaluatedKey);
    expect(short.Items).toEqual([{ pk: 'a', sk: 'state', slot: 's' }]);
    expect((await query(short.LastEvaluatedKey)).Items).toEqual([{ pk: 'b', sk: 'state', slot: 's' }]);
    const Keys = ['a', 'b'].map((pk) => ({ pk, sk: 'state' }));
    const batch = await client.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    expect(batch.UnprocessedKeys?.[TableName]?.Keys).toEqual([{ pk: 'b', sk: 'state' }]);
  });
});
