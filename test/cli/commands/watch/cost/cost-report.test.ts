import { describe, expect, it } from '@jest/globals';
import { costReport, describeCost, type MonthSoFar } from '../../../../../cli/commands/watch/cost/cost-report.js';
import { monthUntil } from '../../../../../cli/commands/watch/cost/month.js';
import { readPrices } from '../../../../../cli/prices/prices.js';
import { instant } from '../../../../support/builders.js';

const prices = readPrices();
const soFar: MonthSoFar = {
  month: '2026-08',
  until: instant('2026-08-07T10:41'),
  digests: 2000,
  use: [
    { kind: 'dynamoWriteUnits', units: 4_000_000, isEstimated: false },
    { kind: 'dynamoWriteUnits', units: 400_000, isEstimated: false },
    { kind: 'sqsRequests', units: 1_000_000, isEstimated: true },
    { kind: 'alarmMetrics', units: 12.5, isEstimated: false },
  ],
  unknown: [],
};

describe('what a month costs', () => {
  it('is priced by kind, with what moves by the thousand digests and SES apart', () => {
    const report = costReport(soFar, prices);
    expect(report.items).toEqual([
      { what: 'DynamoDB write units', units: 4_400_000, usd: 2.75, estimated: false },
      { what: 'SQS requests', units: 1_000_000, usd: 0.4, estimated: true },
      { what: 'metrics in alarms, for a month', units: 12.5, usd: 1.25, estimated: false },
    ]);
    expect(report).toMatchObject({ usd: 4.4, perThousand: 1.575, ses: { mails: 2000, usd: 0.2 } });
    expect(report.prices).toEqual({ region: 'us-east-1', asOf: prices.asOf });
  });

  it('foresees a month with 1,000, 100,000 and a million subscribers, SES apart', () => {
    const { forecast } = costReport(soFar, prices);
    expect(Object.keys(forecast)).toEqual(['1k', '100k', '1M']);
    expect(forecast['1k'].usd).toBeLessThan(forecast['100k'].usd);
    expect(forecast['1M'].sesUsd).toBe(3000);
  });

  it('has no price of a thousand digests before the first one', () => {
    const report = costReport({ ...soFar, digests: 0 }, prices);
    expect(report.perThousand).toBeNull();
    expect(describeCost(report)).toContain('No mail was sent yet this month.');
  });

  it('says in words what is estimated, whose prices they are, and what could not be read', () => {
    const text = describeCost(costReport({ ...soFar, unknown: ['alarms: AccessDenied'] }, prices));
    expect(text).toMatch(/^2026-08, until 2026-08-07 10:41 UTC: 2,000 digests sent, by the ledger\n/);
    expect(text).toMatch(/SQS requests +1,000,000 +0\.40 \$ {2}estimated\n/);
    expect(text).toMatch(/DynamoDB write units +4,400,000 +2\.75 \$\n/);
    expect(text).toContain(`Prices are those of us-east-1 on ${prices.asOf}, free tiers apart.`);
    expect(text).toContain('? could not be read: alarms: AccessDenied\n');
  });
});

describe('the month so far', () => {
  it('begins on its first day, also on that day and at the end of a long year', () => {
    const { name, days, from, share } = monthUntil(instant('2026-12-31T12:00'));
    expect([name, days[0], days.at(-1), days.length]).toEqual(['2026-12', '2026-12-01', '2026-12-31', 31]);
    expect(from).toBe(instant('2026-12-01T00:00'));
    expect(share).toBeCloseTo(30.5 / 31, 10);
    expect(monthUntil(instant('2026-02-01T00:00'))).toMatchObject({ days: ['2026-02-01'], share: 0 });
  });
});
