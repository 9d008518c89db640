import { describe, expect, it } from '@jest/globals';
import { evenPace, rememberedQuota, sharedPace } from '../../shared/delivery/pacing.js';
import { minuteMs } from '../../shared/domain/calendar-date.js';

/** A time that only moves when it is told to. */
function virtualTime() {
  let now = 0;
  const waiting: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => waiting.push({ at: now + ms, wake })),
    async advance(ms: number) {
      for (const end = now + ms; now < end; now += 1) {
        for (const sleeper of waiting.filter(({ at }) => at === now)) sleeper.wake();
        await new Promise((resume) => setImmediate(resume));
      }
    },
  };
}

describe('an even pace', () => {
  it('spaces turns evenly, however many are asked for at once', async () => {
    const time = virtualTime();
    const next = evenPace(14, time.sleep);
    const turns: number[] = [];
    for (let at = 0; at < 5; at += 1) void next().then(() => turns.push(time.now()));
    await time.advance(400);
    expect(turns).toEqual([0, 72, 144, 216, 288]);
  });

  it('counts the time since the last turn', async () => {
    const time = virtualTime();
    const next = evenPace(10, time.sleep);
    const turns: number[] = [];
    await next();
    await time.advance(60);
    void next().then(() => turns.push(time.now()));
    await time.advance(300);
    void next().then(() => turns.push(time.now()));
    await time.advance(1);
    expect(turns).toEqual([100, 360]);
  });

  it('never passes two turns within one pause', async () => {
    const time = virtualTime();
    const next = evenPace(0.5, time.sleep);
    const turns: number[] = [];
    for (let at = 0; at < 3; at += 1) void next().then(() => turns.push(time.now()));
    await time.advance(3999);
    expect(turns).toEqual([0, 2000]);
  });

  it('refuses a rate that never gives a turn', () => {
    expect(() => evenPace(0, async () => {})).toThrow(RangeError);
    expect(() => evenPace(Number.NaN, async () => {})).toThrow(RangeError);
  });
});

describe('a pace that jobs share', () => {
  it('gives the first turn of the second job after the last of the first, at the same rate', async () => {
    const pauses: number[] = [];
    const paceAt = sharedPace(async (ms) => void pauses.push(ms));
    await paceAt(2)();
    await paceAt(2)();
    expect(pauses[0]).toBe(500);
    expect(paceAt(2)).toBe(paceAt(2));
  });

  it('is another when the rate is', () => {
    const paceAt = sharedPace(async () => {});
    expect(paceAt(2)).not.toBe(paceAt(3));
  });
});

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
