import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readSchedule } from '../../../../cli/local/queues/schedule.js';

const at = (text: string) => Date.parse(text);
const next = (expression: string, after: string) => new Date(readSchedule(expression)(at(after))).toISOString();

describe('schedules', () => {
  it.each([
    ['rate(1 hour)', '2026-03-04T12:00:00Z', '2026-03-04T13:00:00.000Z'],
    ['rate(15 minutes)', '2026-03-04T12:14:59Z', '2026-03-04T12:15:00.000Z'],
    ['cron(0 * * * ? *)', '2026-03-04T12:00:00Z', '2026-03-04T13:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-03-04T23:45:00Z', '2026-03-05T00:00:00.000Z'],
    ['cron(5,35 8-9 ? * MON-FRI *)', '2026-03-06T09:35:00Z', '2026-03-09T08:05:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2026-03-04T12:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['cron(30 6 1 JAN ? *)', '2026-03-04T12:00:00Z', '2027-01-01T06:30:00.000Z'],
  ])('%s is due after %s at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each(['cron(0 0 L * ? *)', 'cron(61 * * * ? *)', 'every hour', 'rate(0 hours)'])('refuses %s', (expression) => {
    expect(() => readSchedule(expression)).toThrow();
  });

  it('is never due twice within one interval, whenever it is asked', () => {
    const due = readSchedule('cron(0/15 * * * ? *)');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: at('2100-01-01T00:00:00Z') }), (after) => {
        const found = due(after);
        expect(found).toBeGreaterThan(after);
        expect(found - after).toBeLessThanOrEqual(15 * 60_000);
        expect(found % (15 * 60_000)).toBe(0);
      }),
    );
  });
});
