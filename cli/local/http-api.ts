import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { LambdaFunction } from './functions/functions.js';
import { readBody } from './gateway.js';
import { type HttpAnswer, httpAnswer, httpEvent } from './http-event.js';
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

/** As much as an HTTP API takes. */
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
    if (!lambda) throw new Error(`route ${id} leads to no function of the template`);
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

/** How well a route fits: a full path before one with a rest, a method before ANY, `$default` last. */
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
