import { describe, expect, it } from '@jest/globals';
import { forecastMonth, measuredUse } from '../../../cli/prices/forecast.js';
import { readPrices } from '../../../cli/prices/prices.js';
import { synthesized } from '../../infra/synthesized.js';

const prices = readPrices();

describe('the forecast of a month', () => {
  it('costs what stands where nobody subscribes, and nothing to SES', () => {
    const { usd, sesUsd } = forecastMonth(0, prices);
    expect(usd).toBeGreaterThan(5);
    expect(usd).toBeLessThan(15);
    expect(sesUsd).toBe(0);
  });

  it('grows with the mails alone, thirty for each subscriber', () => {
    const [none, some, more] = [0, 1000, 2000].map((subscribers) => forecastMonth(subscribers, prices));
    expect(more!.usd - some!.usd).toBeCloseTo(some!.usd - none!.usd, 8);
    expect(some!.sesUsd).toBeCloseTo(3, 8);
    const ofMillion = forecastMonth(1e6, prices);
    // A million mails are measured to cost at most 2.8 $, and a gigabyte is kept for 0.45 $.
    expect(ofMillion.usd - none!.usd).toBeLessThan(30 * 2.8 + 15 * 0.45);
    expect(ofMillion.usd - none!.usd).toBeGreaterThan(30 * 2);
  });

  it('says on which day and how its figures were measured', () => {
    expect(measuredUse.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(measuredUse.how).toContain('npm run bench -- fanout');
  });

  it('counts the metrics of the alarms as the template has them, but for a few', () => {
    const alarms = Object.values(synthesized().Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    const metrics = alarms.map(({ Properties }) => {
      const several = (Properties?.Metrics ?? []) as readonly { MetricStat?: object }[];
      return several.filter(({ MetricStat }) => MetricStat).length || 1;
    });
    const inTemplate = metrics.reduce((sum, each) => sum + each, 0);
    expect(Math.abs(inTemplate - measuredUse.standingAMonth.others.alarmMetrics)).toBeLessThanOrEqual(5);
  });
});
