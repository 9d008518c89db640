import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { House } from '../../cli/local/house.js';

/** Outputs that every stack of Paperboy has. */
export const stackOutputs = [
  ...['PagesUrl', 'PapersTable', 'EditionsTable', 'SubscribersTable', 'RunsTable', 'ConsentsTable'],
  ...['KeysSecret', 'EventBus', 'IngestQueue', 'DigestQueue', 'NoticeQueue', 'MailEventsQueue'],
];

/** An account on loopback that has one stack; each call that is not CloudFormation's goes on to the house it is of. */
export interface PlayedStack {
  /** The environment in which the SDK finds the account, with credentials of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was asked, as `service:Action`. */
  readonly asked: readonly string[];
  /** Functions that were invoked, by their physical names, and with what. */
  readonly invoked: readonly { readonly name: string; readonly event: unknown }[];
  readonly close: () => Promise<void>;
}

interface Played {
  readonly name: string;
  readonly house?: House;
  /** Overrides outputs of the house; without a house these are all. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Physical names of functions by their logical ids. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Answers every call with this error. */
  readonly refusal?: { readonly status: number; readonly code: string; readonly message: string };
}

export async function playStack({ name, house, outputs, functions, refusal }: Played): Promise<PlayedStack> {
  const asked: string[] = [];
  const invoked: { name: string; event: unknown }[] = [];
  const values = {
    ...(house && Object.fromEntries(stackOutputs.map((each) => [each, house.output(each)]))),
    ...outputs,
  };
  const answer = async (request: IncomingMessage, body: string) => {
    const { service, action } = callOf(request, body);
    asked.push(`${service}:${action}`);
    if (refusal) return failure(refusal.status, refusal.code, refusal.message);
    const [, lambda] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '') ?? [];
    if (lambda !== undefined) {
      invoked.push({ name: lambda, event: JSON.parse(body) });
      return { status: 202, headers: {}, text: '' };
    }
    if (service !== 'cloudformation') return house ? handOn(house, request, body) : failure(500, 'NotPlayed', service);
    const wanted = new URLSearchParams(body).get('StackName');
    if (wanted === name && action === 'ListStackResources')
      return listed([
        ...(house?.queues() ?? []).map(({ name: id, url }) => ['AWS::SQS::Queue', id, url] as const),
        ...Object.entries(functions ?? {}).map(([id, physical]) => ['AWS::Lambda::Function', id, physical] as const),
      ]);
    if (wanted === name) return described(name, values);
    return failure(400, 'ValidationError', `Stack with id ${wanted} does not exist`);
  };
  const server = createServer((request, response) => {
    void read(request)
      .then((body) => answer(request, body))
      .then(({ status, headers, text }) => response.writeHead(status, headers).end(text));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: house?.credentials.accessKeyId ?? 'AKIAPLAYED',
      AWS_SECRET_ACCESS_KEY: 'not checked',
    },
    asked,
    invoked,
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function callOf({ headers }: IncomingMessage, body: string) {
  const [, service = ''] = /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target'];
  const action = typeof target === 'string' ? target.split('.').at(-1) : new URLSearchParams(body).get('Action');
  return { service, action };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const xml = { 'content-type': 'text/xml' };

function described(name: string, outputs: Readonly<Record<string, string>>): Answer {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value.replaceAll('&', '&amp;')}</OutputValue></member>`,
  );
  const stack = `<StackName>${name}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-03-04T12:00:00Z</CreationTime>`;
  const text = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>${stack}<Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  return { status: 200, headers: xml, text };
}

function listed(resources: readonly (readonly [type: string, logicalId: string, name: string])[]): Answer {
  const members = resources.map(
    ([type, logicalId, name]) =>
      `<member><ResourceType>${type}</ResourceType><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${name}</PhysicalResourceId><ResourceStatus>UPDATE_COMPLETE</ResourceStatus></member>`,
  );
  const text = `<ListStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStackResourcesResult><StackResourceSummaries>${members.join('')}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`;
  return { status: 200, headers: xml, text };
}

function failure(status: number, code: string, message: string): Answer {
  const text = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status, headers: { ...xml, 'x-amzn-errortype': code }, text };
}

async function handOn(house: House, { method = 'POST', url = '/', headers }: IncomingMessage, body: string) {
  const { host: _host, connection: _connection, 'content-length': _length, expect: _expect, ...sent } = headers;
  const answered = await fetch(house.endpoint + url, { method, headers: sent as Record<string, string>, body });
  return { status: answered.status, headers: Object.fromEntries(answered.headers), text: await answered.text() };
}
