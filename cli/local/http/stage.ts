import * as z from 'zod/mini';
import type { Surroundings } from '../functions/activity.js';
import type { Stack } from '../template/stack.js';
import { type AnsweredRequest, openAccessLog } from './access-log.js';

const routeSettings = z.strictObject(
  {
    ThrottlingBurstLimit: z.optional(z.number()),
    ThrottlingRateLimit: z.optional(z.number()),
    DetailedMetricsEnabled: z.optional(z.boolean()),
  },
  'a route has ThrottlingBurstLimit, ThrottlingRateLimit and DetailedMetricsEnabled, spelt like this',
);
type RouteSettings = z.output<typeof routeSettings>;
const stageProperties = z.object({
  StageName: z.literal('$default'),
  DefaultRouteSettings: z._default(routeSettings, {}),
  RouteSettings: z._default(z.record(z.string(), routeSettings), {}),
});

/** What the HTTP API's stage does with requests before and after the function. */
export interface Stage {
  /** Whether a route takes one more request now; counts it if so. */
  takes(routeKey: string): boolean;
  /** Logs an answered request, and counts it as CloudWatch does: for the API, its stage and, if asked for, its route. */
  measure(request: AnsweredRequest): void;
}

/**
 * Reads the stage of the stack. A route with settings of its own has its own bucket of requests, all others share the
 * stage's; buckets fill by the machine's seconds, since requests come in real time. Throws for a route that is not there.
 */
export function openStage(stack: Stack, routeKeys: readonly string[], surroundings: Surroundings): Stage {
  const { metrics, now } = surroundings;
  const writeLog = openAccessLog(stack, surroundings);
  const stage = stack.all(['AWS::ApiGatewayV2::Stage'], stageProperties)[0];
  const { DefaultRouteSettings: ordinary = {}, RouteSettings: special = {} } = stage?.properties ?? {};
  const stranger = Object.keys(special).find((key) => !routeKeys.includes(key));
  if (stranger !== undefined)
    throw new Error(`the stage has settings for ${stranger}, which is no route of the template`);
  const shared = tokenBucket(ordinary);
  const own = new Map(Object.entries(special).map(([key, one]) => [key, tokenBucket({ ...ordinary, ...one })]));
  return {
    takes: (routeKey) => (own.get(routeKey) ?? shared)(performance.now()),
    measure(request) {
      writeLog(request);
      const { apiId, routeKey, status, tookMs } = request;
      const [Method = '', Resource = routeKey] = routeKey.split(' ');
      const ofApi = { ApiId: apiId };
      const ofStage = { ...ofApi, Stage: '$default' };
      const isDetailed = { ...ordinary, ...special[routeKey] }.DetailedMetricsEnabled ?? false;
      const dimensionSets = [ofApi, ofStage, ...(isDetailed ? [{ ...ofStage, Method, Resource }] : [])];
      const isError = (hundreds: number) => (Math.floor(status / 100) === hundreds ? 1 : 0);
      const values = { Count: 1, '4xx': isError(4), '5xx': isError(5), Latency: tookMs };
      for (const dimensions of dimensionSets) {
        for (const [name, value] of Object.entries(values)) {
          metrics.put({ namespace: 'AWS/ApiGateway', name, dimensions, value, at: now() });
        }
      }
    },
  };
}

/** Holds `ThrottlingBurstLimit` requests and gains `ThrottlingRateLimit` a second; each that passes takes one. */
export function tokenBucket({ ThrottlingBurstLimit, ThrottlingRateLimit }: RouteSettings): (nowMs: number) => boolean {
  if (ThrottlingRateLimit === undefined) return () => true;
  const burst = ThrottlingBurstLimit ?? ThrottlingRateLimit;
  let tokens = burst;
  let filledAt: number | undefined;
  return (nowMs) => {
    tokens = Math.min(burst, tokens + ((nowMs - (filledAt ?? nowMs)) / 1000) * ThrottlingRateLimit);
    filledAt = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
