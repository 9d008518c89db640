import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type EmbeddedDynamo, startEmbeddedDynamo } from '../../support/embedded-dynamodb.js';

/** What DynamoDB says that requests consumed: a write unit for each KB begun, a read unit for each 4 KB. */
export interface Units {
  readonly writeUnits: number;
  readonly readUnits: number;
}

/** Tables in a process of their own, whose CPU time is not ours, and a client that notes what its requests consume. */
export interface MeteredTables {
  readonly client: DynamoDBDocumentClient;
  readonly createTable: EmbeddedDynamo['createTable'];
  /** What was consumed since it was asked for last. */
  consumed(): Units;
  stop(): Promise<void>;
}

interface Consumed {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
}

interface Capacity {
  readonly CapacityUnits?: number;
}

const serverScript = `
const server = require('dynalite')({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

async function startServer(): Promise<{ readonly server: ChildProcess; readonly endpoint: string }> {
  const server = spawn(process.execPath, ['-e', serverScript], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(server.stdout, 'data')) as [Buffer];
  return { server, endpoint: `http://127.0.0.1:${port.toString().trim()}` };
}

/** Starts an empty DynamoDB; `stop` must be called. */
export async function startMeteredTables(): Promise<MeteredTables> {
  const { server, endpoint } = await startServer();
  process.env.PAPERBOY_DYNAMODB = endpoint;
  const dynamo = await startEmbeddedDynamo();
  let units: Units = { writeUnits: 0, readUnits: 0 };
  const send = async (command: { readonly input: object; readonly constructor: { readonly name: string } }) => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
    const answer = (await dynamo.client.send(command as never)) as Consumed;
    const sum = [answer.ConsumedCapacity ?? []]
      .flat()
      .reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0);
    const kind = /^(?:Put|Update|Delete|BatchWrite)/.test(command.constructor.name) ? 'writeUnits' : 'readUnits';
    units = { ...units, [kind]: units[kind] + sum };
    return answer;
  };
  return {
    client: { send } as unknown as DynamoDBDocumentClient,
    createTable: (kind) => dynamo.createTable(kind),
    consumed() {
      const since = units;
      units = { writeUnits: 0, readUnits: 0 };
      return since;
    },
    async stop() {
      await dynamo.stop();
      server.kill();
    },
  };
}
