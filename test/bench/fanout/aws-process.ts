import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dateOf } from '../../../shared/domain/calendar-date.js';
import { documentClient } from '../../../shared/storage/dynamo/dynamo.js';
import type { Item } from '../../../shared/storage/dynamo/rows.js';
import { runRepository } from '../../../shared/storage/runs-repository.js';
import { type Deployment, deploymentFor, fedFunction } from './deployment.js';
import type { WireReport } from './report.js';
import { rowsOf, slotAt, stockFor } from './stock.js';
import { inTwoBatches } from './tally.js';
import { openWireHouse } from './wire-house.js';

type House = Awaited<ReturnType<typeof openWireHouse>>;
type Tables = ReturnType<typeof documentClient>;

const rowsACall = 25;
const callsAtOnce = 8;

async function writeRows(tables: Tables, table: string, rows: readonly Item[]): Promise<void> {
  const starts = Array.from({ length: Math.ceil(rows.length / rowsACall) }, (_, call) => call * rowsACall).values();
  const write = async () => {
    for (const start of starts) {
      const puts = rows.slice(start, start + rowsACall).map((row) => ({ PutRequest: { Item: row } }));
      await tables.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, write));
}

/** Fills the tables with one slot of subscribers who are due now. */
async function settle(house: House, tables: Tables, subscribers: number): Promise<void> {
  const stock = await stockFor(dateOf(Date.now()));
  const { slot, row } = slotAt(new Date().getUTCHours());
  await writeRows(tables, house.output('EditionsTable'), stock.editionRows);
  const rows: Item[] = [row];
  for (let number = 0; number < subscribers; number += 1) {
    const { state, profile } = rowsOf(stock, number, slot);
    rows.push(state, profile);
  }
  await writeRows(tables, house.output('SubscribersTable'), rows);
}

const say = (line: string) => process.stderr.write(`${line}\n`);

/** So long nothing more happens when it is over. */
const quietMs = 30_000;

/** Waits until every mail has gone, nothing happens any more, or it takes twice as long as it should. */
async function awaitMails({ use }: House, wanted: number, perSecond: number): Promise<void> {
  const begun = performance.now();
  const longestMs = 2 * quietMs + (2000 * wanted) / perSecond;
  let [quietFrom, before] = [begun, -1];
  for (let turn = 0; use.mails.count < wanted; turn += 1) {
    await sleep(1000);
    const now = performance.now();
    const { count, throttled } = use.mails;
    if (count !== before) quietFrom = now;
    before = count;
    const rate = Math.round(use.mails.perSecond);
    if (turn % 10 === 0) say(`wire: ${count} of ${wanted} mails at ${rate}/s, ${throttled} throttled`);
    if (now - quietFrom > quietMs || now - begun > longestMs) break;
  }
  // Their events, and the jobs' accounting.
  await sleep(quietMs / 2);
}

/** Sends one slot through the house and tells what it took. */
async function sendOverWire(subscribers: number, perSecond: number): Promise<void> {
  const deployment = deploymentFor(perSecond, true);
  const house = await openWireHouse({ ...deployment, perSecond, sesMs: 70, dynamoMs: 5 });
  try {
    const tables = documentClient(house.client);
    await settle(house, tables, subscribers);
    say(`wire: ${subscribers} subscribers are due`);
    house.plan();
    await awaitMails(house, subscribers, perSecond);
    const batches = await runRepository(tables, house.output('RunsTable')).batchesOf(dateOf(Date.now()));
    process.send?.(reportOf(house, deployment, inTwoBatches(batches.map((batch) => batch.subscribers))));
  } finally {
    await house.close();
    deployment.remove();
  }
}

function reportOf({ use, functions, failures }: House, { template }: Deployment, twice: number): WireReport {
  const gigabytesOf = (name: string) => {
    const { id = '' } = functions.find((each) => each.name === name) ?? {};
    return Number(template.Resources[id]?.Properties?.MemorySize ?? 128) / 1024;
  };
  const { mails, tables } = use;
  const gbSeconds = Object.entries(use.invocationMs.all()).map(([name, ms]) => [name, (ms / 1000) * gigabytesOf(name)]);
  return {
    mails: mails.count,
    mailsPerSecond: mails.perSecond,
    throttled: mails.throttled,
    inTwoBatches: twice,
    hottest: { item: tables.heat.hottest, perSecond: tables.heat.perSecond },
    readUnits: tables.readUnits,
    writeUnits: tables.writeUnits,
    dynamoRequests: tables.requests.all(),
    requests: use.requests.all(),
    invocations: use.invocations.all(),
    gbSeconds: Object.fromEntries(gbSeconds),
    logBytes: use.logs.bytes,
    eventsBatch: fedFunction(template, 'RecordMailEvents').batchSize,
    failures: failures.slice(0, 5),
  };
}

/** Tells how the functions that queues feed are deployed for so many mails a second. */
function tellShapes(perSecond: number): void {
  const { template, remove } = deploymentFor(perSecond, false);
  remove();
  process.send?.({ sender: fedFunction(template, 'SendDigest'), recorder: fedFunction(template, 'RecordMailEvents') });
}

const [command, ...numbers] = process.argv.slice(2);
if (command === 'wire') void sendOverWire(Number(numbers[0]), Number(numbers[1]));
else tellShapes(Number(numbers[0]));
