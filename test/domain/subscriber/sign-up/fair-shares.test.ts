import { describe, expect, it } from '@jest/globals';
import { isOneOfMany, sharesOf } from '../../../../shared/domain/subscriber/sign-up/fair-shares.js';

const alone = { networkToday: 1, networkLately: 1, domainLately: 1 };

describe('a request', () => {
  it('is no part of a crowd when it is the first of its network lately, the third today, the second for its domain', () => {
    expect(isOneOfMany(alone)).toBe(false);
    expect(isOneOfMany({ networkToday: 3, networkLately: 1, domainLately: 2 })).toBe(false);
    expect(isOneOfMany({ ...alone, domainLately: 0 })).toBe(false);
  });

  it.each([{ networkToday: 4 }, { networkLately: 2 }, { domainLately: 3 }])('is one of many with %j', (more) => {
    expect(isOneOfMany({ ...alone, ...more })).toBe(true);
  });
});

describe('the shares of an hour’s budget', () => {
  it('leave at least two thirds to newcomers with a proof', () => {
    const { total, ofMany, unproven } = sharesOf(520);
    expect([ofMany, unproven]).toEqual([78, 78]);
    expect(total - ofMany - unproven).toBeGreaterThan((2 / 3) * 520);
  });

  it('are at least one each, however small the budget, and none without one', () => {
    expect(new Set(Object.values(sharesOf(1)))).toEqual(new Set([1]));
    expect(new Set(Object.values(sharesOf(0)))).toEqual(new Set([0]));
    for (const share of Object.values(sharesOf(Number.MAX_SAFE_INTEGER)))
      expect(Number.isSafeInteger(share)).toBe(true);
  });
});
