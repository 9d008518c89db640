import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { House } from '../../cli/local/house.js';

/** A call of AWS as it was asked; the input is a form's fields or a JSON body. */
interface PlayedCall {
  readonly input: Readonly<Record<string, unknown>>;
  readonly path: string;
}

/** JSON, the text of an XML answer, or the name of an error. */
export type PlayedAnswer = object | string | { readonly refused: string; readonly message?: string };

export interface PlayedServices {
  readonly endpoint: string;
  /** The environment in which the SDK finds them, with credentials that they take. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was asked, as `service:Action` or, of an API by paths, `service:/first/second`. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Plays services of AWS on loopback, by the answers to `service:Action`, or of an API by paths to the beginning of
 * `service:/path`. With a house, whatever has no answer here goes on to it; else it is refused as `NotPlayed`.
 */
export async function playServices(
  answers: Readonly<Record<string, (call: PlayedCall) => PlayedAnswer>>,
  house?: House,
): Promise<PlayedServices> {
  const asked: string[] = [];
  const answer = (request: IncomingMessage, body: string) => {
    const { name, call } = callOf(request, body);
    asked.push(name);
    const key = Object.keys(answers).find((each) => each === name || (each.includes('/') && name.startsWith(each)));
    const made = key === undefined ? undefined : answers[key]?.(call);
    if (made === undefined && house) return handOn(house, request, body);
    return Promise.resolve(written(made ?? { refused: 'NotPlayed' }, name.split(':')[0] ?? ''));
  };
  const server = createServer((request, response) => {
    void read(request)
      .then((body) => answer(request, body))
      .then(({ status, headers, text }) => response.writeHead(status, headers).end(text));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: house?.credentials.accessKeyId ?? 'AKIAPLAYED',
      AWS_SECRET_ACCESS_KEY: 'not checked',
      AWS_MAX_ATTEMPTS: '1',
    },
    asked,
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** CloudFormation's list of a stack's resources. */
export function resourceList(
  resources: readonly { readonly type: string; readonly logicalId: string; readonly name: string }[],
): string {
  const members = resources.map(
    ({ type, logicalId, name }) =>
      `<member><ResourceType>${type}</ResourceType><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${name}</PhysicalResourceId><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-08-01T00:00:00Z</LastUpdatedTimestamp></member>`,
  );
  return `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>${members.join('')}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`;
}

/** CloudFormation's description of a stack with these outputs. */
export function describedStack(name: string, outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const stack = `<StackName>${name}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-03-04T12:00:00Z</CreationTime>`;
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>${stack}<Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function callOf({ headers, url = '/' }: IncomingMessage, body: string): { name: string; call: PlayedCall } {
  const [, service = ''] = /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target']?.toString().split('.').at(-1);
  const isJson = /json/.test(headers['content-type'] ?? '');
  const input = isJson && body !== '' ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  const path = decodeURIComponent(url.split('?')[0] ?? '/');
  return { name: `${service}:${target ?? (input as { Action?: string }).Action ?? path}`, call: { input, path } };
}

interface Written {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What speaks XML; the others speak JSON. */
const xmlServices = ['cloudformation', 'sts', 'sns'];

function written(answer: PlayedAnswer, service: string): Written {
  if (typeof answer === 'string') return { status: 200, headers: { 'content-type': 'text/xml' }, text: answer };
  if (!('refused' in answer)) {
    return { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify(answer) };
  }
  const { refused, message = 'no' } = answer as { refused: string; message?: string };
  const isXml = xmlServices.includes(service);
  const text = isXml
    ? `<ErrorResponse><Error><Type>Sender</Type><Code>${refused}</Code><Message>${message}</Message></Error></ErrorResponse>`
    : JSON.stringify({ __type: refused, message });
  const headers = { 'content-type': isXml ? 'text/xml' : 'application/json', 'x-amzn-errortype': refused };
  return { status: 400, headers, text };
}

async function handOn(house: House, { method = 'POST', url = '/', headers }: IncomingMessage, body: string) {
  const { host: _host, connection: _connection, 'content-length': _length, expect: _expect, ...sent } = headers;
  const answered = await fetch(house.endpoint + url, { method, headers: sent as Record<string, string>, body });
  return { status: answered.status, headers: Object.fromEntries(answered.headers), text: await answered.text() };
}
