import * as z from 'zod/mini';
import { dayMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';

/** A metric by its name and every dimension that it was given. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** One value of a metric. */
export type Measurement = MetricId & { readonly value: number; readonly at: Instant };

/** What functions and services measured within the last days, as CloudWatch keeps it. */
export interface Metrics {
  put(measurement: Measurement): void;
  /** Takes what a function's line carries in the embedded metric format; other lines carry nothing. */
  readLine(line: string): void;
  /** Finds a metric's values, present and future. */
  series(id: MetricId): Series;
}

/** The values of one metric. */
export interface Series {
  put(at: Instant, value: number): void;
  /** Those from one instant up to another, that one not included. */
  between(from: Instant, until: Instant): readonly number[];
}

const dimensionSets = z.array(z.array(z.string()));
const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: dimensionSets,
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});
const values = z.union([
  z.pipe(
    z.number(),
    z.transform((value) => [value]),
  ),
  z.array(z.number()),
]);

/** Longer than any alarm looks back. */
const keptMs = 8 * dayMs;

export function openMetrics(): Metrics {
  const known = new Map<string, Series>();
  function series(id: MetricId): Series {
    const key = keyOf(id);
    const found = known.get(key) ?? openSeries();
    known.set(key, found);
    return found;
  }
  const put = ({ value, at, ...id }: Measurement) => series(id).put(at, value);
  return {
    put,
    series,
    readLine(line) {
      for (const measurement of measurementsIn(line)) put(measurement);
    },
  };
}

function openSeries(): Series {
  let kept: { readonly at: Instant; readonly value: number }[] = [];
  return {
    put(at, value) {
      kept.push({ at, value });
      if (kept.length % 5000 === 0) kept = kept.filter((one) => one.at > at - keptMs);
    },
    between(from, until) {
      const found: number[] = [];
      for (let index = kept.length - 1; index >= 0; index -= 1) {
        const one = kept[index];
        // Functions that run side by side may report a little out of order.
        if (!one || one.at < from - minuteMs) break;
        if (one.at >= from && one.at < until) found.push(one.value);
      }
      return found;
    },
  };
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}

/**
 * Reads the embedded metric format.
 * Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
function measurementsIn(line: string): readonly Measurement[] {
  if (!line.startsWith('{') || !line.includes('"_aws"')) return [];
  const { success, data } = embedded.safeParse(parsed(line));
  if (!success) return [];
  const { _aws, ...fields } = data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name }) => {
        const dimensions = Object.fromEntries(names.map((name) => [name, String(fields[name])]));
        const given = values.safeParse(fields[Name]).data ?? [];
        return given.map((value) => ({ namespace: Namespace, name: Name, dimensions, value, at: _aws.Timestamp }));
      }),
    ),
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
