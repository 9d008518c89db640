import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Command, MemoryDynamo } from '../cloud/dynamo/memory-dynamo.js';
import type { MemorySes } from '../cloud/ses.js';
import type { Container } from './container.js';
import type { Fate } from './faults.js';

/** The services that every process shares. */
export interface Cloud {
  readonly dynamo: MemoryDynamo;
  readonly ses: MemorySes;
  /** The text of the one secret. */
  readonly secret: string;
  /** Puts a message on a queue. */
  readonly enqueue: (queueUrl: string, body: string, delaySeconds: number) => void;
}

const named = (name: string) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode: 500 } });

/** What one command is about, without anything personal. */
function subjectOf(command: Command): string {
  const { Key, Item, TableName = '' } = command.input as { Key?: Row; Item?: Row; TableName?: string };
  const row = Key ?? Item;
  return `${command.constructor.name.replace('Command', '')} ${TableName} ${row ? `${row.pk} ${row.sk}` : ''}`.trim();
}
interface Row {
  readonly pk?: unknown;
  readonly sk?: unknown;
}

/** The SDK repeats a request whose reply was lost: then it takes effect twice, and the second answer counts. */
function sendToDynamo(dynamo: MemoryDynamo, command: Command, fate: Fate): object {
  const attempt = () => {
    try {
      dynamo.execute(command);
    } catch {
      // This reply was lost, whatever it said.
    }
  };
  if (fate === 'refused') throw named('ProvisionedThroughputExceededException');
  if (fate === 'failed-before') throw named('InternalServerError');
  if (fate === 'lost-after' || fate === 'failed-after') attempt();
  if (fate === 'failed-after') throw named('InternalServerError');
  return dynamo.execute(command);
}

interface SendBatchInput {
  readonly QueueUrl: string;
  readonly Entries: { readonly Id: string; readonly MessageBody: string; readonly DelaySeconds?: number }[];
}

function sendToQueue({ enqueue }: Cloud, { QueueUrl, Entries }: SendBatchInput, fate: Fate): object {
  const put = (entries: SendBatchInput['Entries']) => {
    for (const { MessageBody, DelaySeconds = 0 } of entries) enqueue(QueueUrl, MessageBody, DelaySeconds);
  };
  if (fate === 'failed-before') {
    // The queue takes a part of a batch and refuses the rest.
    put(Entries.slice(0, -1));
    return { Successful: [], Failed: [{ Id: Entries.at(-1)?.Id, Code: 'InternalError' }] };
  }
  put(Entries);
  if (fate === 'lost-after') put(Entries);
  if (fate === 'failed-after') throw named('ServiceUnavailable');
  return { Successful: [], Failed: [] };
}

const client = <Client>(send: (command: Command) => Promise<object>) => ({ send }) as unknown as Client;

/** The clients, the time and the chance of one process. */
export function surroundingsOf(container: Container, cloud: Cloud, random: (what: string) => number) {
  const { scheduler } = container.world;
  let drawn = 0;
  const chance = () => {
    drawn += 1;
    return random(`${container.current?.name} ${drawn}`);
  };
  const token = () => Array.from({ length: 43 }, () => letters[Math.floor(chance() * letters.length)]).join('');
  return {
    dynamo: client<DynamoDBDocumentClient>((command) =>
      container.call('dynamo', subjectOf(command), (fate) => sendToDynamo(cloud.dynamo, command, fate)),
    ),
    ses: client<SESClient>((command) =>
      container.call('ses', command.constructor.name, (fate) => cloud.ses.execute(command, fate)),
    ),
    sqs: client<SQSClient>(({ input }) =>
      container.call('sqs', 'SendMessageBatch', (fate) => sendToQueue(cloud, input as SendBatchInput, fate)),
    ),
    secrets: client<SecretsManagerClient>(() =>
      container.call('secrets', 'GetSecretValue', (fate) => {
        if (fate !== 'well') throw named('InternalServiceError');
        return { SecretString: cloud.secret };
      }),
    ),
    now: () => Math.round(scheduler.now + container.skewMs),
    elapsed: () => scheduler.now,
    sleep: (ms: number) => container.sleep(ms),
    random: chance,
    randomToken: token,
  };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
