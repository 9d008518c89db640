import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import * as z from 'zod/mini';
import { type ApiAnswer, type ApiCall, type ApiService, jsonProtocol } from './api-call.js';
import { arnOf } from './template/physical.js';
import type { Stack } from './template/stack.js';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const projection = z.object({ ProjectionType: z.string(), NonKeyAttributes: z.optional(z.array(z.string())) });
const tableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.optional(
    z.array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection })),
  ),
  LocalSecondaryIndexes: z.optional(
    z.array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection })),
  ),
});

/** The tables of a stack, on an embedded DynamoDB. */
export interface Tables {
  readonly service: ApiService;
  close(): Promise<void>;
}

/** Opens the embedded DynamoDB and creates missing tables; with a path they outlive the process. */
export async function openTables(stack: Stack, path?: string): Promise<Tables> {
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(path === undefined ? {} : { path }),
  });
  for (const { name, properties } of stack.all(['AWS::DynamoDB::Table'], tableProperties)) {
    await makeTable(server, { TableName: name, BillingMode: 'PAY_PER_REQUEST', ...properties });
  }
  return {
    service: {
      protocol: jsonProtocol('1.0'),
      permission: (action) => `dynamodb:${action}`,
      resources: ({ input }) => touched(input),
      answer: (call) => ask(server, call),
    },
    // Dynalite closes its store only once a listening server closes, and this one has never listened.
    close: () => new Promise((closed) => server.listen(0, '127.0.0.1', () => server.close(() => closed()))),
  };
}

/** An index is a resource of its own: whoever may query it need not be allowed to read the table. */
function touched(input: ApiCall['input']): readonly string[] {
  const arnOfTable = (table: string) => (table.startsWith('arn:') ? table : arnOf('dynamodb', `table/${table}`));
  const { RequestItems, TableName, IndexName } = input;
  if (typeof RequestItems === 'object' && RequestItems !== null) return Object.keys(RequestItems).map(arnOfTable);
  if (typeof TableName !== 'string') return ['*'];
  return [typeof IndexName === 'string' ? `${arnOfTable(TableName)}/index/${IndexName}` : arnOfTable(TableName)];
}

async function makeTable(
  server: Server,
  description: { readonly TableName: string; readonly BillingMode: string },
): Promise<void> {
  const run = (action: string, input: object) =>
    ask(server, {
      body: Buffer.from(JSON.stringify(input)),
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${action}`,
        'x-amz-date': '20260101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=house, SignedHeaders=host, Signature=none',
      },
    });
  const made = await run('CreateTable', description);
  if (made.status !== 200 && !made.body.includes('ResourceInUseException')) {
    throw new Error(`table ${description.TableName}: ${made.body}`);
  }
  for (let tries = 0; tries < 100; tries += 1) {
    const { body } = await run('DescribeTable', { TableName: description.TableName });
    if (body.includes('"TableStatus":"ACTIVE"')) return;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error(`table ${description.TableName} has not become active`);
}

/** Hands a call to dynalite's listener without a socket in between. */
function ask(server: Server, call: Pick<ApiCall, 'body' | 'headers'>): Promise<ApiAnswer> {
  return new Promise((answered) => {
    const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers: call.headers });
    const headers: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        headers[name.toLowerCase()] = String(value);
      },
      end: (body: string) => answered({ status: response.statusCode, headers, body }),
    };
    server.emit('request', request, response);
    request.emit('data', call.body);
    request.emit('end');
  });
}
