import '../simulation/incidents/quiet.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiService } from '../../cli/local/api-call.js';
import { openTables, type Tables } from '../../cli/local/tables.js';
import { readStack } from '../../cli/local/template/stack.js';
import { countedTables, TableUse } from './fanout/counted-tables.js';
import { RateLimit } from './fanout/played-ses.js';
import { useOfMillion, type WireReport } from './fanout/report.js';
import { stockFor } from './fanout/stock.js';
import { inTwoBatches, WriteHeat } from './fanout/tally.js';
import { VirtualRun, virtualDay } from './fanout/virtual-run.js';

const fixture = join(__dirname, '..', 'fixtures', 'local', 'template.json');
const stack = readStack(JSON.parse(readFileSync(fixture, 'utf8')), { endpoint: 'http://x', pagesUrl: 'http://x' });
const TableName = stack.output('NotesTable');
let tables: Tables;
beforeAll(async () => {
  tables = await openTables(stack);
});
afterAll(() => tables.close());

describe('tables that count', () => {
  let use: TableUse;
  let service: ApiService;
  let Key = { pk: { S: 'item' } };
  beforeEach(() => {
    Key = { pk: { S: `${Key.pk.S}+` } };
    use = new TableUse();
    service = countedTables(tables.service, 0, use);
  });

  const call = (action: string, input: object, name = 'a function') =>
    service.answer({
      caller: { name, mayCall: () => true },
      action,
      input: { TableName, ...input },
      body: Buffer.from(JSON.stringify({ TableName, ...input })),
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${action}`,
        'x-amz-date': '20260101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=house, SignedHeaders=host, Signature=none',
      },
    });
  const put = (kilobytes: number, condition = {}, caller?: string) =>
    call('PutItem', { Item: { ...Key, text: { S: 'x'.repeat(kilobytes * 1024 - 20) } }, ...condition }, caller);

  it('count a write by its kilobytes, the larger of what was there and what is there now', async () => {
    await put(1);
    expect(use.writeUnits).toBe(1);
    await put(3);
    expect(use.writeUnits).toBe(4);
    await put(1);
    expect(use.writeUnits).toBe(7);
    expect([use.readUnits, use.requests.all()]).toEqual([0, { PutItem: 3 }]);
  });

  it('count a read by four kilobytes, and half of that where it may lag behind', async () => {
    await put(5);
    await call('GetItem', { Key, ConsistentRead: true });
    expect(use.readUnits).toBe(2);
    await call('GetItem', { Key });
    expect(use.readUnits).toBe(3);
  });

  it('count a write whose condition does not hold, and nothing that the operator asks', async () => {
    await put(1);
    await put(1, { ConditionExpression: 'attribute_not_exists(pk)' });
    expect(use.writeUnits).toBe(2);
    await put(1, {}, 'the operator');
    expect([use.writeUnits, use.requests.of('PutItem')]).toEqual([2, 2]);
  });
});

describe('what is counted of a run', () => {
  it('is hot where one item is written again and again, and not where many are written once', () => {
    const heat = new WriteHeat();
    for (let at = 0; at < 60_000; at += 20) heat.note(`item ${at}`, at);
    expect(heat.perSecond).toBe(0.1);
    for (let at = 60_000; at < 70_000; at += 500) heat.note('the hot one', at);
    expect([heat.perSecond, heat.hottest]).toEqual([2, 'the hot one']);
  });

  it('finds subscribers in two batches, each once', () => {
    expect(inTwoBatches([['a', 'b'], ['c'], ['b', 'd'], ['b']])).toBe(1);
    expect(inTwoBatches([['a', 'b'], ['c']])).toBe(0);
  });

  it('takes no more mails than the rate over time, though a second of them at once', () => {
    const limit = new RateLimit(10, 0);
    const taken = (from: number) => Array.from({ length: 20 }, () => limit.takes(from)).filter(Boolean).length;
    expect([taken(0), taken(100), taken(600), taken(10_000)]).toEqual([10, 1, 5, 10]);
  });

  it('is priced for a million mails, with what Lambda asks the queues and what events cost', () => {
    const report: WireReport = {
      ...{ mails: 1000, mailsPerSecond: 100, throttled: 0, inTwoBatches: 0, hottest: { item: '', perSecond: 0 } },
      ...{ readUnits: 3000, writeUnits: 2000, dynamoRequests: {}, logBytes: 1e6, failures: [], eventsBatch: 100 },
      requests: { 'events:Send': 1000, 'sqs:SendMessageBatch': 2, 'secretsmanager:GetSecretValue': 1 },
      invocations: { SendDigestWorker: 20, RecordMailEventsWorker: 10 },
      gbSeconds: { SendDigestWorker: 5, RecordMailEventsWorker: 1 },
    };
    expect(useOfMillion(report)).toEqual({
      dynamoReadUnits: 3e6,
      dynamoWriteUnits: 2e6,
      sqsRequests: (2 + 1000 + 2 * (10 + 100 + 20)) * 1000,
      lambdaRequests: 30_000,
      lambdaGbSeconds: 6000,
      logGigabytes: 1,
      serviceEvents: 1e6,
      secretReads: 1000,
    });
  });
});

describe('a virtual day', () => {
  it('brings everybody one mail at the rate of the account, though the planner dies on the way', async () => {
    const fed = { memoryMb: 512, timeoutMs: 900_000, batchSize: 1, maxConcurrency: 2, windowMs: 0 };
    const sender = { ...fed, environment: { SENDERS: '2', DELIVERIES_IN_FLIGHT: '8' } };
    const recorder = { ...fed, batchSize: 10, windowMs: 1000, environment: {} };
    const subscribers = 500;
    const stock = await stockFor(virtualDay, 1);
    const given = { stock, subscribers, perSecond: 25, sender, recorder, seed: 3, progress: () => {} };
    const run = await new VirtualRun({ ...given, isOnlyPlanned: false, diesFrom: 0.2 }).run();
    expect(run).toMatchObject({ mails: subscribers, throttled: 0, failedJobs: 0, inTwoBatches: 0 });
    expect(run.seconds).toBeGreaterThan((0.9 * subscribers) / 25);
    expect(run.diedAtBatch).toBeLessThan(subscribers / 50);
  });
});
