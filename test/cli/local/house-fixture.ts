import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach } from '@jest/globals';
import { type VirtualClock, virtualClock } from '../../../cli/local/clock.js';
import { type House, openHouse } from '../../../cli/local/house.js';
import type { HouseOptions } from '../../../cli/local/house-parts.js';
import type { CloudFormationTemplate, TemplateResource } from '../../../cli/local/template/template.js';

const fixtures = join(__dirname, '..', '..', 'fixtures', 'local');

export const template: CloudFormationTemplate = JSON.parse(readFileSync(join(fixtures, 'template.json'), 'utf8'));

/** Noon of an ordinary day. */
export const noon = Date.parse('2026-03-04T12:00:00Z');

const open = new Set<House>();

afterEach(async () => {
  for (const house of open) await house.close();
  open.clear();
});

/** Opens a house on the test's template; it is closed after the test. */
export async function openTestHouse(
  options: Partial<HouseOptions> = {},
): Promise<{ house: House; clock: VirtualClock; logged: string[] }> {
  const clock = virtualClock(noon);
  const logged: string[] = [];
  const assembly = join(fixtures, 'assembly');
  const house = await openHouse({ template, assembly, clock, log: (line) => logged.push(line), ...options });
  open.add(house);
  return { house, clock, logged };
}

/** The test's template with these resources added or replaced; their properties are joined to those that are there. */
export function templateWith(resources: Readonly<Record<string, Partial<TemplateResource>>>): CloudFormationTemplate {
  const changed = Object.entries(resources).map(([id, { Type, Properties }]) => {
    const known = template.Resources[id];
    return [id, { Type: Type ?? known?.Type ?? '', Properties: { ...known?.Properties, ...Properties } }];
  });
  return { ...template, Resources: { ...template.Resources, ...Object.fromEntries(changed) } };
}

/** Lets time pass, stopping at each instant at which the house has something to do. */
export async function passTime({ house, clock }: { house: House; clock: VirtualClock }, until: number): Promise<void> {
  await house.settle();
  for (;;) {
    const next = house.nextScheduled(clock.now());
    if (next > until) break;
    clock.set(next);
    await house.settle();
  }
  clock.set(until);
  await house.settle();
}

/** The SDK's clients with the operator's key. */
export function clientsOf({ endpoint, credentials }: Pick<House, 'endpoint' | 'credentials'>) {
  const config = { endpoint, credentials, region: 'us-east-1', maxAttempts: 1 };
  return {
    dynamo: new DynamoDBClient(config),
    events: new EventBridgeClient(config),
    sqs: new SQSClient(config),
    ses: new SESClient(config),
  };
}

export async function noteOf(house: House, note: string): Promise<Record<string, { S?: string }> | undefined> {
  const Key = { pk: { S: note } };
  const found = await clientsOf(house).dynamo.send(new GetItemCommand({ TableName: house.output('NotesTable'), Key }));
  return found.Item as Record<string, { S?: string }> | undefined;
}

export async function writeNote(house: House, note: string): Promise<void> {
  const Item = { pk: { S: note } };
  await clientsOf(house).dynamo.send(new PutItemCommand({ TableName: house.output('NotesTable'), Item }));
}

export async function sendJobs(house: House, ...jobs: readonly object[]): Promise<void> {
  const Entries = jobs.map((job, index) => ({ Id: String(index), MessageBody: JSON.stringify(job) }));
  await clientsOf(house).sqs.send(new SendMessageBatchCommand({ QueueUrl: house.output('JobsUrl'), Entries }));
}

export async function publish(house: House, detail: object, source = 'house'): Promise<void> {
  const entry = {
    EventBusName: house.output('BusName'),
    Source: source,
    DetailType: 'x',
    Detail: JSON.stringify(detail),
  };
  await clientsOf(house).events.send(new PutEventsCommand({ Entries: [entry] }));
}

/** Every message body that a queue shows now. */
export async function messagesIn(house: House, output: string): Promise<string[]> {
  const QueueUrl = house.output(output);
  const { Messages = [] } = await clientsOf(house).sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  return Messages.map(({ Body }) => Body ?? '');
}

export interface TestMail {
  readonly to?: string;
  readonly from?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly text?: string;
}

export async function sendMail(house: House, mail: TestMail = {}): Promise<string> {
  const {
    to = 'reader@mail.example',
    from = 'Papers <digest@papers.example>',
    tags = {},
    text = 'Good morning.',
  } = mail;
  const raw = `From: ${from}\r\nTo: ${to}\r\nSubject: Papers of the day\r\n\r\n${text}\r\n`;
  const sent = await clientsOf(house).ses.send(
    new SendRawEmailCommand({
      Source: from,
      Destinations: [to],
      RawMessage: { Data: Buffer.from(raw) },
      ConfigurationSetName: house.output('MailsSet'),
      Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  return sent.MessageId ?? '';
}
