import * as z from 'zod/mini';
import type { Surroundings } from '../functions/activity.js';
import type { Stack } from '../template/stack.js';

/** What the stage's access log knows of a request. */
export interface AnsweredRequest {
  readonly apiId: string;
  readonly routeKey: string;
  readonly status: number;
  readonly tookMs: number;
  /** What the API itself said, where it refused or could not reach the function. */
  readonly error?: string;
}

const variables: Readonly<Record<string, (request: AnsweredRequest, now: number) => string>> = {
  'error.message': ({ error = '-' }) => error,
  integrationLatency: ({ tookMs }) => String(Math.round(tookMs)),
  requestTime: (_request, now) => new Date(now).toISOString(),
  responseLatency: ({ tookMs }) => String(Math.round(tookMs)),
  routeKey: ({ routeKey }) => routeKey,
  status: ({ status }) => String(status),
};

const stageProperties = z.object({
  AccessLogSettings: z.optional(z.object({ DestinationArn: z.string(), Format: z.string() })),
});
const filterProperties = z.object({
  FilterPattern: z.string(),
  LogGroupName: z.string(),
  MetricTransformations: z.array(
    z.object({
      MetricNamespace: z.string(),
      MetricName: z.string(),
      MetricValue: z.pipe(z.string(), z.transform(Number)),
      Dimensions: z._default(z.array(z.object({ Key: z.string(), Value: z.string() })), []),
    }),
  ),
});

/**
 * Opens the access log of the stage, and counts its lines by the metric filters on it; returns how to write one. Throws
 * for a variable, a pattern or a log group that is not played.
 */
export function openAccessLog(stack: Stack, { metrics, now }: Surroundings): (request: AnsweredRequest) => void {
  const settings = stack.all(['AWS::ApiGatewayV2::Stage'], stageProperties)[0]?.properties.AccessLogSettings;
  const filters = stack.all(['AWS::Logs::MetricFilter'], filterProperties).map(({ id, properties }) => {
    if (!settings?.DestinationArn.includes(`:${properties.LogGroupName}:`)) {
      throw new Error(`the metric filter ${id} is not on the access log, which alone the local runner plays`);
    }
    return { fits: readPattern(properties.FilterPattern), transformations: properties.MetricTransformations };
  });
  const format = settings?.Format ?? '{}';
  lineOf(format, { apiId: '', routeKey: '', status: 0, tookMs: 0 }, 0);
  return (request) => {
    const fields = JSON.parse(lineOf(format, request, now())) as Readonly<Record<string, string>>;
    for (const { transformations } of filters.filter(({ fits }) => fits(fields))) {
      for (const { MetricNamespace, MetricName, MetricValue, Dimensions } of transformations) {
        const dimensions = Object.fromEntries(
          Dimensions.map(({ Key, Value }) => [Key, fields[Value.replace(/^\$\./, '')] ?? '']),
        );
        metrics.put({ namespace: MetricNamespace, name: MetricName, dimensions, value: MetricValue, at: now() });
      }
    }
  };
}

function lineOf(format: string, request: AnsweredRequest, now: number): string {
  return format.replace(/\$context\.([\w.]+)/g, (_whole, name: string) => {
    const value = variables[name];
    if (!value) throw new Error(`the access log has $context.${name}, which the local runner does not play`);
    return value(request, now);
  });
}

/** Reads a pattern such as `{ ($.route = "*\/unsubscribe") && ($.status = "4*") }`. */
function readPattern(pattern: string): (fields: Readonly<Record<string, string>>) => boolean {
  const parts = /^\{(.*)\}$/.exec(pattern.trim())?.[1]?.split('&&') ?? [];
  const conditions = parts.map((part) => {
    const [, field = '', wanted] = /^\(?\s*\$\.(\w+)\s*=\s*"([^"]*)"\s*\)?$/.exec(part.trim()) ?? [];
    if (wanted === undefined) throw new Error(`the local runner does not play the filter pattern ${pattern}`);
    const escaped = wanted.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return { field, fits: new RegExp(`^${escaped}$`) };
  });
  return (fields) => conditions.every(({ field, fits }) => fits.test(fields[field] ?? ''));
}
