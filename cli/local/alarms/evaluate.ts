import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { Series } from './metrics.js';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** How CloudWatch judges a metric. */
export interface AlarmRule {
  readonly statistic: keyof typeof statistics;
  readonly periodMs: number;
  readonly periods: number;
  /** How many of the periods must breach. */
  readonly breachesToAlarm: number;
  readonly comparison: keyof typeof comparisons;
  readonly threshold: number;
  readonly missing: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export const statistics = {
  Sum: sum,
  Minimum: (values: readonly number[]) => Math.min(...values),
  Maximum: (values: readonly number[]) => Math.max(...values),
  Average: (values: readonly number[]) => sum(values) / values.length,
  SampleCount: (values: readonly number[]) => values.length,
} as const;

export const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

/**
 * The state of an alarm at an instant, given the one before: the last periods are judged, each its own length back from
 * now. CloudWatch looks at a few periods more before it counts one as missing, so it may say so a little later. Rules:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function evaluate(rule: AlarmRule, series: Series, at: Instant, before: AlarmState): AlarmState {
  const { periodMs, periods, missing } = rule;
  const judged = Array.from({ length: periods }, (_, index) => {
    const until = at - index * periodMs;
    return breaches(rule, series.between(until - periodMs, until));
  });
  const known = judged.filter((one) => one !== undefined);
  if (known.length === 0 && missing === 'missing') return 'INSUFFICIENT_DATA';
  if (known.length < periods && missing === 'ignore') return before;
  const unknown = missing === 'breaching' ? judged.length - known.length : 0;
  return known.filter(Boolean).length + unknown >= rule.breachesToAlarm ? 'ALARM' : 'OK';
}

function breaches({ statistic, comparison, threshold }: AlarmRule, values: readonly number[]): boolean | undefined {
  if (values.length === 0) return undefined;
  return comparisons[comparison](statistics[statistic](values), threshold);
}
