import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { Surroundings } from '../functions/activity.js';
import { InvocationError } from '../functions/function-worker.js';
import type { LambdaFunction } from '../functions/functions.js';
import { readBody, readUrl } from '../servers.js';
import type { Stack } from '../template/stack.js';
import { httpEvent } from './http-event.js';
import { openStage, type Stage } from './stage.js';

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

interface Api {
  readonly routes: readonly Route[];
  readonly stage: Stage;
  readonly now: () => number;
}

/** The largest body that an HTTP API takes. */
const bodyLimitBytes = 10 * 1024 * 1024;
/** The largest event that a function takes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const eventLimitBytes = 6 * 1024 * 1024;

/** Serves the stack's HTTP API; the stack has at most one. */
export function httpApiListener(
  stack: Stack,
  functions: ReadonlyMap<string, LambdaFunction>,
  surroundings: Surroundings,
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
  const routeKeys = routes.map(({ routeKey }) => routeKey);
  const api: Api = { routes, stage: openStage(stack, routeKeys, surroundings), now: surroundings.now };
  return (request, response) => {
    answerRequest(request, api)
      .catch(() => failure(500, 'Internal Server Error'))
      .then(({ status, headers, body }) => {
        const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
        response.writeHead(status, { ...headers, ...length } as Record<string, string | string[]>).end(body);
      })
      .catch(() => response.destroy());
  };
}

async function answerRequest(request: IncomingMessage, api: Api): Promise<HttpAnswer> {
  const body = await readBody(request, bodyLimitBytes).catch(() => undefined);
  if (!body) return failure(413, 'Request Entity Too Large');
  const url = readUrl(request);
  if (!url) return failure(400, 'Bad Request');
  const taken = api.routes
    .map((route) => ({ ...route, ...matchRoute(route.routeKey, request.method ?? 'GET', url.pathname) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => (other.rank ?? 0) - (one.rank ?? 0))[0];
  if (!taken) return failure(404, 'Not Found');
  const begun = performance.now();
  const answer = await askRoute(request, { url, body }, taken, api);
  const { apiId, routeKey } = taken;
  const { status, error } = answer;
  api.stage.measure({ apiId, routeKey, status, tookMs: performance.now() - begun, ...(error && { error }) });
  return answer;
}

async function askRoute(
  request: IncomingMessage,
  { url, body }: { readonly url: URL; readonly body: Buffer },
  { apiId, routeKey, lambda, pathParameters = {} }: Route & ReturnType<typeof matchRoute>,
  { stage, now }: Api,
): Promise<HttpAnswer> {
  if (!stage.takes(routeKey)) return failure(429, 'Too Many Requests');
  const event = httpEvent(request, { url, body }, { apiId, routeKey, pathParameters }, now());
  if (Buffer.byteLength(JSON.stringify(event)) > eventLimitBytes) return failure(413, 'Request Entity Too Large');
  try {
    return httpAnswer(await lambda.invoke(event));
  } catch (error) {
    const isThrottled = error instanceof InvocationError && error.isThrottle;
    return isThrottled ? failure(503, 'Service Unavailable') : failure(500, 'Internal Server Error');
  }
}

function failure(status: number, error: string): HttpAnswer {
  const body = Buffer.from(JSON.stringify({ message: error }));
  return { status, headers: { 'content-type': 'application/json' }, body, error };
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
  /** What the API itself says, without the function. */
  readonly error?: string;
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
