import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { LambdaFunction } from './functions/functions.js';
import { readBody } from './servers.js';
import { place } from './template/physical.js';
import type { Stack } from './template/stack.js';

const integrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const routeProperties = z.object({ ApiId: z.string(), RouteKey: z.string(), Target: z.string() });

interface Route {
  readonly apiId: string;
  readonly routeKey: string;
  readonly lambda: LambdaFunction;
}

/** The largest body that an HTTP API takes. */
const bodyLimitBytes = 10 * 1024 * 1024;

/** Serves the stack's HTTP API; the stack has at most one. */
export function httpApiListener(
  stack: Stack,
  functions: ReadonlyMap<string, LambdaFunction>,
  now: () => number,
): (request: IncomingMessage, response: ServerResponse) => void {
  const apis = stack.all(['AWS::ApiGatewayV2::Api'], z.object({ ProtocolType: z.literal('HTTP') }));
  if (apis.length > 1) throw new Error('the template has several HTTP APIs; the local runner plays one');
  const integrations = stack.all(['AWS::ApiGatewayV2::Integration'], integrationProperties);
  const routes = stack.all(['AWS::ApiGatewayV2::Route'], routeProperties).map(({ id, properties }): Route => {
    const integration = integrations.find(({ ref }) => properties.Target === `integrations/${ref}`);
    const lambda = functions.get(integration?.properties.IntegrationUri ?? '');
    if (!lambda) throw new Error(`route ${id} does not lead to a function of the template`);
    return { apiId: properties.ApiId, routeKey: properties.RouteKey, lambda };
  });
  return (request, response) => {
    answerRequest(request, routes, now)
      .catch(() => failure(500, 'Internal Server Error'))
      .then(({ status, headers, body }) => {
        const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
        response.writeHead(status, { ...headers, ...length } as Record<string, string | string[]>).end(body);
      })
      .catch(() => response.destroy());
  };
}

async function answerRequest(
  request: IncomingMessage,
  routes: readonly Route[],
  now: () => number,
): Promise<HttpAnswer> {
  const body = await readBody(request, bodyLimitBytes).catch(() => undefined);
  if (!body) return failure(413, 'Request Entity Too Large');
  const path = new URL(request.url ?? '/', 'http://house').pathname;
  const taken = routes
    .map((route) => ({ ...route, ...matchRoute(route.routeKey, request.method ?? 'GET', path) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => (other.rank ?? 0) - (one.rank ?? 0))[0];
  if (!taken) return failure(404, 'Not Found');
  const route = { apiId: taken.apiId, routeKey: taken.routeKey, pathParameters: taken.pathParameters ?? {} };
  return httpAnswer(await taken.lambda.invoke(httpEvent(request, body, route, now())));
}

function failure(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ message })) };
}

/** How well a route fits: a full path beats one with a rest, a method beats ANY, `$default` comes last. */
function matchRoute(
  routeKey: string,
  method: string,
  path: string,
): { readonly rank?: number; readonly pathParameters?: Readonly<Record<string, string>> } {
  if (routeKey === '$default') return { rank: 0, pathParameters: {} };
  const [routeMethod = '', template = ''] = routeKey.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return {};
  const pattern = template
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{(\w+)(?:\\\+)\}/g, '(?<$1>.+)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (!found) return {};
  const rank = (template.includes('+}') ? 1 : 1000 - 10 * template.split('{').length) + (routeMethod === 'ANY' ? 0 : 1);
  return { rank: rank + 1, pathParameters: { ...found.groups } };
}

/** The route of an HTTP API that a request took. */
interface TakenRoute {
  readonly apiId: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Content types that an HTTP API passes on as text; every other body is sent in base64, forms included. */
const textual = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml))\b)/i;

/**
 * A request in payload format 2.0.
 * Format: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function httpEvent(request: IncomingMessage, body: Buffer, route: TakenRoute, now: number): object {
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
interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** Reads a function's answer to a request; a value without a status code becomes JSON. */
function httpAnswer(answer: unknown): HttpAnswer {
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
