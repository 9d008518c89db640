import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type CalendarDate, dateOf } from '../../../shared/domain/calendar-date.js';
import type { Slot } from '../../../shared/domain/subscriber/slot.js';
import { batchIdOf, newBatchRow } from '../../../shared/storage/run-rows.js';
import { answerDynamo, type Wire } from '../../simulation/border/hostile-cloud.js';
import { subscriberId } from '../../support/builders.js';
import { accepted, selfSigned } from '../compose/loopback.js';
import { slotAt, stockFor } from './stock.js';
import { ManyDynamo } from './virtual-tables.js';

/** Subscribers of one job. */
export const jobSize = 50;
/** Where the services are, and what waits there to be sent: its jobs are the first batches of the slot. */
export interface CpuServer {
  readonly port: number;
  readonly run: CalendarDate;
  readonly slot: Slot;
}

/** Mails that are kept, to be sent again by others. */
const keptMails = 200;
const quota =
  '<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult><Max24HourSend>-1</Max24HourSend>' +
  '<MaxSendRate>1000000</MaxSendRate><SentLast24Hours>0</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Tables with so many jobs that wait. */
async function tablesWith(jobs: number, { run, slot }: Pick<CpuServer, 'run' | 'slot'>): Promise<ManyDynamo> {
  const dynamo = new ManyDynamo(await stockFor(run), [{ slot, first: 0, count: jobs * jobSize }]);
  for (let number = 0; number < jobs; number += 1) {
    const subscribers = Array.from({ length: jobSize }, (_, at) => subscriberId(number * jobSize + at));
    const row = newBatchRow({ run, id: batchIdOf(slot, number), slot, subscribers, openedAt: Date.now() });
    dynamo.table('runs').write({ pk: row.pk, sk: row.sk }, row, 0);
  }
  return dynamo;
}

/**
 * Plays SES, DynamoDB and the secret over TLS in a process of its own until whoever forked it goes away; `/mails` gives
 * the first mails again.
 */
export async function serveCpu(jobs: number): Promise<void> {
  const run = dateOf(Date.now());
  const { slot } = slotAt(new Date().getUTCHours());
  const dynamo = await tablesWith(jobs, { run, slot });
  const mails: string[] = [];
  const secret = JSON.stringify({ SecretString: JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }) });
  const answer = (target: string, body: string): { readonly status: number; readonly body: string } => {
    const [service = '', action = ''] = target.split('.');
    if (service.startsWith('DynamoDB')) return answerDynamo(dynamo, action, JSON.parse(body) as Wire);
    if (service === 'secretsmanager') return { status: 200, body: secret };
    if (body.startsWith('Action=GetSendQuota')) return { status: 200, body: quota };
    if (mails.length < keptMails) mails.push(body);
    return { status: 200, body: accepted };
  };
  const server = createServer(selfSigned(), (request, response) => {
    void bodyOf(request).then((body) => {
      const target = String(request.headers['x-amz-target'] ?? '');
      const found = request.url === '/mails' ? { status: 200, body: JSON.stringify(mails) } : answer(target, body);
      const type = target.startsWith('DynamoDB')
        ? 'application/x-amz-json-1.0'
        : target
          ? 'application/x-amz-json-1.1'
          : 'text/xml';
      response.writeHead(found.status, { 'content-type': type }).end(found.body);
    });
  });
  server.listen(0, '127.0.0.1', () =>
    process.send?.({ port: (server.address() as AddressInfo).port, run, slot } satisfies CpuServer),
  );
}
