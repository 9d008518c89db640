import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { dayMs } from '../../shared/domain/calendar-date.js';
import { slotOf } from '../../shared/domain/subscriber/slot.js';
import { runRepository } from '../../shared/storage/runs-repository.js';
import { aBalance, day, instant, subscriberId } from '../support/builders.js';
import { fakeRunRepository } from '../support/fake-run-repository.js';
import { embeddedForTests, onSmallPages } from './embedded.js';
import { runsContract, storedRuns } from './runs-contract.js';

const at = instant('2026-08-07T05:15');
const now = () => at;

describe('runs in memory', () => runsContract(async () => fakeRunRepository()));

describe('runs in DynamoDB', () => {
  const dynamo = embeddedForTests();
  const newTable = () => dynamo().createTable('runs');
  runsContract(async () => storedRuns(dynamo().client, await newTable(), now));

  const batch = { run: day('2026-08-07'), slot: slotOf('UTC', 5), seq: 0, subscribers: [subscriberId(1)] };

  it('keeps nothing in the index of open batches but the keys of open ones', async () => {
    const table = await newTable();
    const runs = runRepository(dynamo().client, table, now);
    const indexed = async () => {
      const ExpressionAttributeValues = { ':run': '2026-08-07' };
      const query = {
        TableName: table,
        IndexName: 'openBatches',
        KeyConditionExpression: 'openRun = :run',
        ExpressionAttributeValues,
      };
      return (await dynamo().client.send(new QueryCommand(query))).Items;
    };
    await runs.openBatch(batch, at);
    expect(await indexed()).toEqual([{ pk: 'run#2026-08-07', sk: 'batch#UTC@05#0000', openRun: '2026-08-07' }]);
    const ended = { balance: aBalance(1, { open: 0, sent: 1 }), uncertain: [], broken: 0, quotaStops: 0 };
    await runs.replaceBalance(batch.run, 'UTC@05#0000', ended, at);
    expect(await indexed()).toEqual([]);
  });

  it('reads a batch that was recorded before broken digests were counted as one with none', async () => {
    const table = await newTable();
    const runs = runRepository(dynamo().client, table, now);
    await runs.openBatch(batch, at);
    const Key = { pk: 'run#2026-08-07', sk: 'batch#UTC@05#0000' };
    await dynamo().client.send(new UpdateCommand({ TableName: table, Key, UpdateExpression: 'REMOVE broken' }));
    expect((await runs.findBatch(batch.run, 'UTC@05#0000'))?.broken).toBe(0);
    expect((await runs.balance(batch.run)).broken).toBe(0);
  });

  it('forgets a run after 400 days, even while its rows are still there', async () => {
    const table = await newTable();
    const runs = runRepository(dynamo().client, table, now);
    await runs.openBatch(batch, at);
    await runs.completePlan(batch.run, batch.slot, at);
    const Key = { pk: 'run#2026-08-07', sk: 'batch#UTC@05#0000' };
    const { Item } = await dynamo().client.send(new GetCommand({ TableName: table, Key }));
    expect(Item?.expiresAt).toBe((at + 400 * dayMs) / 1000);

    const later = runRepository(dynamo().client, table, () => at + 400 * dayMs);
    expect(await later.findBatch(batch.run, 'UTC@05#0000')).toBeUndefined();
    expect(await later.openBatches(batch.run)).toEqual([]);
    expect(await later.plannedSlots(batch.run)).toEqual(new Set());
    expect((await later.balance(batch.run)).candidates).toBe(0);
    expect(await runs.openBatches(batch.run)).toHaveLength(1);
  });
});

describe('runs in DynamoDB, one item a page', () => {
  const dynamo = embeddedForTests();
  runsContract(async () => storedRuns(onSmallPages(dynamo().client), await dynamo().createTable('runs'), now));
});
