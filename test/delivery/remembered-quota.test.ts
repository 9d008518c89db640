import { expect, it } from '@jest/globals';
import { rememberedQuota } from '../../shared/delivery/remembered-quota.js';
import { minuteMs } from '../../shared/domain/calendar-date.js';

it('asks for the quota once a minute, and again after a question that failed', async () => {
  let asked = 0;
  let now = 0;
  const read = async () => {
    asked += 1;
    if (asked === 1) throw new Error('throttled');
    return { perSecond: 14, per24Hours: 50_000, sentLast24Hours: asked };
  };
  const quota = rememberedQuota(read, () => now);
  await expect(quota()).rejects.toThrow('throttled');
  expect((await quota()).sentLast24Hours).toBe(2);
  now = minuteMs - 1;
  expect((await quota()).sentLast24Hours).toBe(2);
  now = minuteMs;
  expect((await quota()).sentLast24Hours).toBe(3);
});
