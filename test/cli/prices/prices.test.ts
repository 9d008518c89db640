import { describe, expect, it } from '@jest/globals';
import { costOf, type PricedUse, readPrices } from '../../../cli/prices/prices.js';

const nothing: Readonly<Record<PricedUse, number>> = {
  dynamoWriteUnits: 0,
  dynamoReadUnits: 0,
  sqsRequests: 0,
  lambdaGbSeconds: 0,
  lambdaRequests: 0,
  logGigabytes: 0,
  serviceEvents: 0,
  secretReads: 0,
};

describe('the list of prices', () => {
  it('has a price for every use, with the day and the page on which it was read', () => {
    const { asOf, prices, region } = readPrices();
    expect(region).toBe('us-east-1');
    expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(Object.keys(prices).sort()).toEqual(Object.keys(nothing).sort());
    for (const { source } of Object.values(prices)) expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
  });

  it('refuses a list that lacks a price, a date or a page', () => {
    const { prices, ...rest } = readPrices();
    const { sqsRequests: _, ...others } = prices;
    expect(() => readPrices({ ...rest, prices: others })).toThrow();
    expect(() => readPrices({ ...rest, prices, asOf: 'today' })).toThrow();
    expect(() => readPrices({ ...rest, prices: { ...prices, sqsRequests: { usd: 1, per: 1, unit: 'x' } } })).toThrow();
  });

  it('prices what was used by the million, the thousand or the piece', () => {
    const list = readPrices();
    const cost = costOf({ ...nothing, dynamoWriteUnits: 2_000_000, secretReads: 10_000, logGigabytes: 3 }, list);
    expect(cost).toMatchObject({ dynamoWriteUnits: 1.25, secretReads: 0.05, logGigabytes: 1.5, sqsRequests: 0 });
  });
});
