import { describe, expect, it } from '@jest/globals';
import { type AlarmRule, type AlarmState, evaluate } from '../../../../cli/local/alarms/evaluate.js';

const minuteMs = 60_000;
const rule: AlarmRule = {
  periodMs: minuteMs,
  periods: 3,
  breachesToAlarm: 2,
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 5,
  missing: 'missing',
};
/** Judges one value a minute, the newest last; a dash is a minute without one. */
const judge = (values: string, over: Partial<AlarmRule> = {}, before: AlarmState = 'OK') => {
  const minutes = values.split(' ').map((value) => (value === '-' ? undefined : Number(value)));
  return evaluate({ ...rule, ...over }, (from) => minutes[from / minuteMs], minutes.length * minuteMs, before);
};

describe('an alarm', () => {
  it.each([
    ['1 5 5', 'ALARM'],
    ['5 1 5', 'ALARM'],
    ['5 5 1 1', 'OK'],
    ['1 1 9', 'OK'],
  ])('over %s is %s', (values, state) => {
    expect(judge(values)).toBe(state);
  });

  it.each([
    ['breaching', '1 - -', 'ALARM'],
    ['breaching', '1 1 -', 'OK'],
    ['notBreaching', '- - -', 'OK'],
    ['notBreaching', '9 - 9', 'ALARM'],
    ['missing', '- - -', 'INSUFFICIENT_DATA'],
    ['missing', '- 9 9', 'ALARM'],
    ['ignore', '- 9 9', 'OK'],
  ] as const)('that takes missing values as %s is, over %s, %s', (missing, values, state) => {
    expect(judge(values, { missing })).toBe(state);
  });

  it('keeps its state over missing values that it ignores', () => {
    expect(judge('- - -', { missing: 'ignore' }, 'ALARM')).toBe('ALARM');
  });

  it.each([
    ['GreaterThanThreshold', 'OK'],
    ['LessThanOrEqualToThreshold', 'ALARM'],
    ['LessThanThreshold', 'OK'],
  ] as const)('compares by %s', (comparison, state) => {
    expect(judge('5 5 5', { comparison })).toBe(state);
  });
});
