import * as z from 'zod/mini';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { Reading } from './evaluate.js';
import { readExpression } from './expression.js';
import type { MetricId, Metrics } from './metrics.js';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const statistics = {
  Sum: sum,
  Minimum: (values: readonly number[]) => Math.min(...values),
  Maximum: (values: readonly number[]) => Math.max(...values),
  Average: (values: readonly number[]) => sum(values) / values.length,
  SampleCount: (values: readonly number[]) => values.length,
} as const;
const statistic = z.enum(Object.keys(statistics) as (keyof typeof statistics)[]);

const dimensions = z._default(z.array(z.object({ Name: z.string(), Value: z.string() })), []);
/** An alarm on one metric. */
const plain = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: dimensions,
  Statistic: statistic,
  Period: z.number(),
});
/** An alarm on an expression over several. */
const math = z.object({
  Metrics: z.array(
    z.object({
      Id: z.string(),
      Expression: z.optional(z.string()),
      MetricStat: z.optional(
        z.object({
          Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }),
          Period: z.number(),
          Stat: statistic,
        }),
      ),
    }),
  ),
});
export const watchedProperties = z.union([plain, math]);

/** What an alarm watches, and how its value within a period is read. */
export interface Watched {
  readonly metrics: readonly MetricId[];
  readonly periodMs: number;
  readonly read: Reading;
}

/** Reads what an alarm watches; throws for an expression that is not played. */
export function watchedBy(properties: z.output<typeof watchedProperties>, metrics: Metrics): Watched {
  if (!('Metrics' in properties)) {
    const { Statistic, Period } = properties;
    const id = idOf(properties);
    return { metrics: [id], periodMs: Period * 1000, read: readingOf(id, Statistic, metrics) };
  }
  const text = properties.Metrics.find(({ Expression }) => Expression !== undefined)?.Expression ?? '';
  const parts = properties.Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [{ Id, MetricStat }] : []));
  const [period = 0, ...others] = new Set(parts.map(({ MetricStat }) => MetricStat.Period));
  if (others.length > 0) throw new Error(`the local runner plays ${text} over metrics of one period only`);
  const expression = readExpression(text);
  const readings = parts.map(({ Id, MetricStat: { Metric, Stat } }) => ({
    Id,
    read: readingOf(idOf(Metric), Stat, metrics),
  }));
  return {
    metrics: parts.map(({ MetricStat }) => idOf(MetricStat.Metric)),
    periodMs: period * 1000,
    read: (from, until) => expression(Object.fromEntries(readings.map(({ Id, read }) => [Id, read(from, until)]))),
  };
}

function readingOf(id: MetricId, name: keyof typeof statistics, metrics: Metrics): Reading {
  const series = metrics.series(id);
  return (from: Instant, until: Instant) => {
    const values = series.between(from, until);
    return values.length === 0 ? undefined : statistics[name](values);
  };
}

function idOf({ Namespace, MetricName, Dimensions }: Omit<z.output<typeof plain>, 'Statistic' | 'Period'>): MetricId {
  const named = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  return { namespace: Namespace, name: MetricName, dimensions: named };
}
