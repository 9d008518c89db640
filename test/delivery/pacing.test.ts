import { describe, expect, it } from '@jest/globals';
import { digestRate, evenPace, lanes, rememberedQuota, sharedPace } from '../../shared/delivery/pacing.js';
import { minuteMs } from '../../shared/domain/calendar-date.js';

/** A time that only moves when it is told to; its timers ring on whole milliseconds, `lagMs` late. */
function virtualTime({ lagMs = 0 } = {}) {
  let now = 0;
  const waiting: { at: number; wake: () => void }[] = [];
  const time = {
    now: () => now,
    elapsed: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => waiting.push({ at: now + Math.floor(ms) + lagMs, wake })),
    async advance(ms: number) {
      for (const end = now + ms; now < end; now += 1) {
        for (const sleeper of waiting.filter(({ at }) => at === now)) sleeper.wake();
        await new Promise((resume) => setImmediate(resume));
      }
    },
  };
  return time;
}

/** When turns are given to so many who ask again at once, after what they do with each has taken them `busyMs`. */
async function turnsOf(perSecond: number, over: { asking: number; busyMs: number; lagMs?: number; forMs: number }) {
  const time = virtualTime(over);
  const next = evenPace(perSecond, time);
  const turns: number[] = [];
  const ask = async () => {
    for (;;) {
      await next();
      turns.push(time.now());
      await time.sleep(over.busyMs);
    }
  };
  for (let at = 0; at < over.asking; at += 1) void ask();
  await time.advance(over.forMs);
  return turns;
}

/** The most turns within any second. */
function mostInASecond(turns: readonly number[]): number {
  return Math.max(...turns.map((from, at) => turns.slice(at).filter((turn) => turn < from + 1000).length));
}

describe('an even pace', () => {
  it('spaces turns evenly, however many are asked for at once', async () => {
    const time = virtualTime();
    const next = evenPace(14, time);
    const turns: number[] = [];
    for (let at = 0; at < 5; at += 1) void next().then(() => turns.push(time.now()));
    await time.advance(400);
    expect(turns).toEqual([0, 72, 143, 215, 286]);
  });

  it('counts the time since the last turn', async () => {
    const time = virtualTime();
    const next = evenPace(10, time);
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
    const next = evenPace(0.5, time);
    const turns: number[] = [];
    for (let at = 0; at < 3; at += 1) void next().then(() => turns.push(time.now()));
    await time.advance(3999);
    expect(turns).toEqual([0, 2000]);
  });

  it.each([250, 300, 49, 6.3])('loses no turn of %f a second, and never gives more in one', async (perSecond) => {
    const turns = await turnsOf(perSecond, { asking: 16, busyMs: 40, lagMs: 1, forMs: 4000 });
    expect(turns.length / 4).toBeGreaterThan(perSecond * 0.985);
    expect(mostInASecond(turns)).toBeLessThanOrEqual(Math.ceil(perSecond));
  });

  it('makes up for the time between two jobs, without more turns in any second', async () => {
    const time = virtualTime();
    const next = evenPace(50, time);
    const turns: number[] = [];
    const work = async () => {
      for (;;) {
        await Promise.all(Array.from({ length: 50 }, () => next().then(() => turns.push(time.now()))));
        // The last reply, and the next job's batch.
        await time.sleep(150);
      }
    };
    void work();
    await time.advance(6000);
    expect(turns.length).toBeGreaterThanOrEqual(6 * 50 - 8);
    expect(mostInASecond(turns)).toBe(50);
  });

  it('makes up for more than that where the account has some rate to spare, without more than that in any second', async () => {
    const time = virtualTime();
    const next = evenPace(49, time, 50);
    const turns: number[] = [];
    const ask = async () => {
      for (let at = 0; ; at += 1) {
        await next();
        turns.push(time.now());
        // A pause that is too long for one second, now and then.
        await time.sleep(at % 30 === 0 ? 250 : 100);
      }
    };
    for (let at = 0; at < 8; at += 1) void ask();
    await time.advance(20_000);
    expect(turns.length).toBeGreaterThanOrEqual(49 * 20 - 5);
    expect(mostInASecond(turns)).toBeLessThanOrEqual(50);
  });

  it('refuses a rate that never gives a turn', () => {
    expect(() => evenPace(0, virtualTime())).toThrow(RangeError);
    expect(() => evenPace(Number.NaN, virtualTime())).toThrow(RangeError);
  });
});

/** A time whose every pause is over at once. */
function stoppedTime(pauses: number[]) {
  let now = 0;
  return {
    elapsed: () => now,
    sleep: async (ms: number) => {
      pauses.push(ms);
      now += ms;
    },
  };
}

describe('lanes', () => {
  it('hold so many at a time, and let the others in as they came, whatever becomes of those before', async () => {
    const lane = lanes(2);
    const begun: number[] = [];
    const ends: ((error?: Error) => void)[] = [];
    const work = (number: number) =>
      lane(() => {
        begun.push(number);
        return new Promise<void>((done, fail) => ends.push((error) => (error ? fail(error) : done())));
      });
    const all = [1, 2, 3, 4].map((number) => work(number).catch((error: Error) => error.message));
    await Promise.resolve();
    expect(begun).toEqual([1, 2]);
    ends[1]?.(new Error('broken'));
    expect(await all[1]).toBe('broken');
    expect(begun).toEqual([1, 2, 3]);
    ends[0]?.();
    await all[0];
    expect(begun).toEqual([1, 2, 3, 4]);
    for (const end of ends) end();
    await Promise.all(all);
  });
});

describe('a pace that jobs share', () => {
  it('gives the first turn of the second job after the last of the first, at the same rate', async () => {
    const pauses: number[] = [];
    const paceAt = sharedPace(stoppedTime(pauses));
    await paceAt(2)();
    await paceAt(2)();
    expect(pauses[0]).toBe(500);
    expect(paceAt(2)).toBe(paceAt(2));
  });

  it('is another when the rate is', () => {
    const paceAt = sharedPace(virtualTime());
    expect(paceAt(2)).not.toBe(paceAt(3));
  });
});

it.each([
  [1, 0.9],
  [14, 12.6],
  [50, 48],
  [100, 98],
  [500, 490],
])('keeps some of %i mails a second for notices', (perSecond, digests) => {
  expect(digestRate(perSecond)).toBeCloseTo(digests);
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

it('asks for the quota once for all jobs that begin together, which count down the same answer', async () => {
  let asked = 0;
  const read = async () => {
    asked += 1;
    return { perSecond: 14, per24Hours: 200, sentLast24Hours: 0 };
  };
  const quota = rememberedQuota(read, () => 0);
  const answers = await Promise.all([quota(), quota(), quota()]);
  expect(asked).toBe(1);
  expect(new Set(answers).size).toBe(1);
});
