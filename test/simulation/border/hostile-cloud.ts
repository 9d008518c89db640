import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MemoryDynamo } from '../cloud/dynamo/memory-dynamo.js';
import { mapFromWire, mapToWire } from './attribute-values.js';

export type Service = 'ses' | 'dynamo' | 'sqs';

/** How one request goes wrong: the connection breaks or the server fails, before the request took effect or after. */
export const faults = ['reset-before', 'reset-after', '500-before', '500-after'] as const;
export type WireFault = (typeof faults)[number];

/** A reply of a service: its status, and a body in the service's language. */
interface Reply {
  readonly status: number;
  readonly body: string;
}

/** A request's JSON as it is on the wire. */
export type Wire = Record<string, Record<string, never>>;

const ok = (body: object): Reply => ({ status: 200, body: JSON.stringify(body) });

/** DynamoDB, SQS and SES behind one port of 127.0.0.1, as their clients speak to them over HTTP. */
export class HostileCloud {
  readonly dynamo = new MemoryDynamo();
  /** Tags of every request to send a mail, whatever became of it. */
  readonly offers: string[] = [];
  readonly accepted: string[] = [];
  readonly queue: string[] = [];
  /** What happens to which request of a service, counted from 1 since this was set. */
  fault: { readonly service: Service; readonly nth: number; readonly kind: WireFault } | undefined;
  private readonly counts = { ses: 0, dynamo: 0, sqs: 0 };
  private readonly server = createServer((request, response) => void this.serve(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const [target = '', action = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    const service = target.startsWith('DynamoDB') ? 'dynamo' : target.startsWith('AmazonSQS') ? 'sqs' : 'ses';
    this.counts[service] += 1;
    const { fault } = this;
    const kind = fault?.service === service && fault.nth === this.counts[service] ? fault.kind : undefined;
    if (service === 'ses') this.noteOffer(body);
    const reply = kind?.endsWith('before') ? undefined : this.answer(service, action, body);
    if (kind?.startsWith('reset')) {
      request.socket.destroy();
      return;
    }
    const failed = { status: 500, body: '{"__type":"InternalServerError"}' };
    const { status, body: text } = (kind ? failed : reply) ?? failed;
    response.writeHead(status, { 'Content-Type': service === 'ses' ? 'text/xml' : 'application/x-amz-json-1.0' });
    response.end(text);
  }

  private answer(service: Service, action: string, body: string): Reply {
    if (service === 'dynamo') return answerDynamo(this.dynamo, action, JSON.parse(body) as Wire);
    if (service === 'ses') return this.answerSes(new URLSearchParams(body));
    const { Entries } = JSON.parse(body) as { Entries: { Id: string; MessageBody: string }[] };
    this.queue.push(...Entries.map(({ MessageBody }) => MessageBody));
    const Successful = Entries.map(({ Id, MessageBody }) => ({
      Id,
      MessageId: Id,
      MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
    }));
    return ok({ Successful, Failed: [] });
  }

  private answerSes(form: URLSearchParams): Reply {
    const wrap = (action: string, inner: string) => ({
      status: 200,
      body: `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${inner}</${action}Result></${action}Response>`,
    });
    if (form.get('Action') !== 'SendRawEmail') {
      const quota =
        '<Max24HourSend>1000</Max24HourSend><MaxSendRate>1000</MaxSendRate><SentLast24Hours>0</SentLast24Hours>';
      return wrap('GetSendQuota', quota);
    }
    this.accepted.push(tagsIn(form));
    return wrap('SendRawEmail', `<MessageId>mail-${this.accepted.length}</MessageId>`);
  }

  private noteOffer(body: string): void {
    const form = new URLSearchParams(body);
    if (form.get('Action') === 'SendRawEmail') this.offers.push(tagsIn(form));
  }
}

/** What DynamoDB answers over the wire to a request that its action's name and JSON body make. */
export function answerDynamo(dynamo: MemoryDynamo, action: string, wire: Wire): Reply {
  const input: Record<string, unknown> = { ...wire };
  for (const name of ['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey']) {
    if (wire[name]) input[name] = mapFromWire(wire[name]);
  }
  if (wire.RequestItems) {
    const tables = Object.entries(wire.RequestItems as Record<string, { Keys: Wire[] }>);
    input.RequestItems = Object.fromEntries(
      tables.map(([table, asked]) => [table, { ...asked, Keys: asked.Keys.map(mapFromWire) }]),
    );
  }
  try {
    const name = `${action.replace('Item', '')}Command`;
    return ok(wireAnswer(dynamo.carryOut(name, input)));
  } catch (error) {
    return {
      status: 400,
      body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${(error as Error).name}` }),
    };
  }
}

const tagsIn = (form: URLSearchParams) =>
  [...form].flatMap(([name, value]) => (/^Tags\.member\.\d+\.Value$/.test(name) ? [value] : [])).join(' ');

type Row = Record<string, unknown>;

/** What the played commands answer. */
interface Answer {
  readonly Item?: Row;
  readonly Items?: Row[];
  readonly Attributes?: Row;
  readonly LastEvaluatedKey?: Row;
  readonly Responses?: Record<string, Row[]>;
}

function wireAnswer({ Item, Items, Attributes, LastEvaluatedKey, Responses }: Answer) {
  const tables = Object.entries(Responses ?? {}).map(([table, items]) => [table, items.map(mapToWire)]);
  return {
    ...(Item && { Item: mapToWire(Item) }),
    ...(Items && { Items: Items.map(mapToWire) }),
    ...(Attributes && { Attributes: mapToWire(Attributes) }),
    ...(LastEvaluatedKey && { LastEvaluatedKey: mapToWire(LastEvaluatedKey) }),
    ...(Responses && { Responses: Object.fromEntries(tables), UnprocessedKeys: {} }),
  };
}
