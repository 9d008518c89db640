import type { Instant } from '../../../shared/domain/calendar-date.js';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** How CloudWatch judges what it reads. */
export interface AlarmRule {
  readonly periodMs: number;
  readonly periods: number;
  /** How many of the periods must breach. */
  readonly breachesToAlarm: number;
  readonly comparison: keyof typeof comparisons;
  readonly threshold: number;
  readonly missing: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

/** The value of one period, from an instant up to another; `undefined` when nothing was measured. */
export type Reading = (from: Instant, until: Instant) => number | undefined;

export const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

/**
 * The state of an alarm at an instant, given the one before: the last periods are judged, counted back from now.
 * CloudWatch looks at a few periods more before it counts one as missing, so it may say so a little later. Rules:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function evaluate(rule: AlarmRule, read: Reading, at: Instant, before: AlarmState): AlarmState {
  const { periodMs, periods, missing, comparison, threshold } = rule;
  const values = Array.from({ length: periods }, (_, index) => {
    const until = at - index * periodMs;
    return read(until - periodMs, until);
  });
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 && missing === 'missing') return 'INSUFFICIENT_DATA';
  if (known.length < periods && missing === 'ignore') return before;
  const silent = missing === 'breaching' ? periods - known.length : 0;
  const breaching = known.filter((value) => comparisons[comparison](value, threshold)).length + silent;
  return breaching >= rule.breachesToAlarm ? 'ALARM' : 'OK';
}
