import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { place } from '../template/physical.js';

/** The route of an HTTP API that a request took. */
export interface TakenRoute {
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
export function httpEvent(
  request: IncomingMessage,
  { url, body }: { readonly url: URL; readonly body: Buffer },
  route: TakenRoute,
  now: number,
): object {
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
