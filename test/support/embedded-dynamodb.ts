import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openBatches, papersByActiveDay, subscribersBySlot, tableKeys } from '../../shared/contract/tables.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';

/** An index as `shared/contract/tables.ts` names it. */
interface Index {
  readonly index: string;
  readonly pk: string;
  readonly sk: string;
}

const indexOf = {
  papers: papersByActiveDay,
  editions: undefined,
  subscribers: subscribersBySlot,
  runs: openBatches,
  consents: undefined,
};

/** The kinds of tables there are. */
export type TableKind = keyof typeof indexOf;

/** An empty DynamoDB, its tables in memory, on a port of 127.0.0.1: in this process, or DynamoDB Local. */
export interface EmbeddedDynamo {
  readonly client: DynamoDBDocumentClient;
  readonly endpoint: string;
  /** Makes an empty table of a kind, under a name of its own, and gives the name. */
  createTable(kind: TableKind): Promise<string>;
  dropTable(name: string): Promise<unknown>;
  stop(): Promise<void>;
}

const keySchema = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: 'HASH' as const },
  { AttributeName: sk, KeyType: 'RANGE' as const },
];

function tableOf(name: string, index: Index | undefined) {
  const attributes = new Set([tableKeys.pk, tableKeys.sk, ...(index ? [index.pk, index.sk] : [])]);
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema(tableKeys.pk, tableKeys.sk),
    ...(index && {
      GlobalSecondaryIndexes: [
        {
          IndexName: index.index,
          KeySchema: keySchema(index.pk, index.sk),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  });
}

/** Makes an empty table of a kind. */
export async function makeTable(client: DynamoDBDocumentClient, name: string, kind: TableKind): Promise<void> {
  await client.send(tableOf(name, indexOf[kind]));
  // The answer may come before the table is there to be written to.
  const status = async () => (await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus;
  while ((await status()) !== 'ACTIVE') await new Promise(setImmediate);
}

async function listenHere(): Promise<Pick<EmbeddedDynamo, 'endpoint' | 'stop'>> {
  const dynalite = createRequire(__filename)('dynalite') as (options: object) => Server;
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/**
 * Starts an empty DynamoDB; `stop` must be called. Where PAPERBOY_DYNAMODB names one that runs already, as `npm run test:dynamodb`
 * does, it is that one: DynamoDB Local has a store of its own for each access key.
 */
export async function startEmbeddedDynamo(): Promise<EmbeddedDynamo> {
  const running = process.env.PAPERBOY_DYNAMODB;
  const { endpoint, stop } = running ? { endpoint: running, stop: async () => {} } : await listenHere();
  const credentials = { accessKeyId: randomUUID().replaceAll('-', ''), secretAccessKey: 'embedded' };
  const client = documentClient({ endpoint, region: 'us-east-1', credentials });
  let count = 0;
  return {
    client,
    endpoint,
    async createTable(kind) {
      count += 1;
      const name = `${kind}-${count}`;
      await makeTable(client, name, kind);
      return name;
    },
    dropTable: (TableName) => client.send(new DeleteTableCommand({ TableName })),
    async stop() {
      client.destroy();
      await stop();
    },
  };
}
