import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import { place } from './template/physical.js';

/** The route of an HTTP API that a request came by. */
export interface TakenRoute {
  readonly apiId: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Content types that an HTTP API hands on as text; every other body goes in base64, forms too. */
const textual = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml))\b)/i;

/** A request in payload format 2.0. Format: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function httpEvent(request: IncomingMessage, body: Buffer, route: TakenRoute, now: number): object {
  const url = new URL(request.url ?? '/', 'http://house');
  const { cookie, ...headers } = request.headers;
  const isText = body.length === 0 || textual.test(headers['content-type'] ?? '');
  const query = joinValues([...url.searchParams]);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: decodeURI(url.pathname),
    rawQueryString: url.search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(route.pathParameters).length > 0 && { pathParameters: route.pathParameters }),
    requestContext: contextOf(request, url, route, now),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: !isText,
  };
}

function contextOf(request: IncomingMessage, url: URL, { apiId, routeKey }: TakenRoute, now: number): object {
  return {
    accountId: place.account,
    apiId,
    domainName: request.headers.host ?? '',
    domainPrefix: apiId,
    http: {
      method: request.method,
      path: decodeURI(url.pathname),
      protocol: 'HTTP/1.1',
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey,
    stage: '$default',
    time: new Date(now).toUTCString(),
    timeEpoch: now,
  };
}

function joinValues(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of pairs) joined[name] = name in joined ? `${joined[name]},${value}` : value;
  return joined;
}

const lambdaAnswer = z.object({
  statusCode: z.number(),
  headers: z._default(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), {}),
  cookies: z._default(z.array(z.string()), []),
  body: z._default(z.string(), ''),
  isBase64Encoded: z._default(z.boolean(), false),
});

/** A response for the browser. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** Reads what a function answered to a request; a value without status code is answered as JSON. */
export function httpAnswer(answer: unknown): HttpAnswer {
  const { success, data } = lambdaAnswer.safeParse(answer);
  if (!success) {
    const headers = { 'content-type': 'application/json' };
    return {
      status: 200,
      headers,
      body: Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer ?? null)),
    };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = data;
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain',
      ...Object.fromEntries(named),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
