import './incidents/quiet.js';
import { describe, expect, it } from '@jest/globals';
import { Queue } from './cloud/queue.js';
import { Chance } from './engine/chance.js';
import type { RunOptions } from './engine/draw-profile.js';
import { Faults } from './engine/faults.js';
import { Scheduler } from './engine/scheduler.js';
import { simulate } from './run.js';

const options: RunOptions = { lostEvents: 0.01, outageHours: undefined };

describe('a simulated run', () => {
  it('tells the same story for the same seed, to the last call', async () => {
    for (const seed of [3, 8]) {
      const [one, other] = [
        await simulate(seed, options, { isTraced: true }),
        await simulate(seed, options, { isTraced: true }),
      ];
      expect(one.lines.length).toBeGreaterThan(200);
      expect(other).toEqual(one);
    }
  });

  it('is repeated from the names of what happened in it', async () => {
    const run = await simulate(5, options, { isTraced: true });
    const again = await simulate(5, options, { allowed: new Set(run.events), isTraced: true });
    expect(again.lines).toEqual(run.lines);
  });

  it('is a calm one when nothing may happen', async () => {
    for (const seed of [1, 2, 3]) {
      const { crashes, findings, mails, events } = await simulate(seed, options, { allowed: new Set() });
      expect({ crashes, findings, events }).toEqual({ crashes: 0, findings: [], events: [] });
      expect(mails).toBeGreaterThan(0);
    }
  });
});

describe('chance by name', () => {
  it('is spread evenly, and differs from seed to seed and from name to name', () => {
    const drawn = Array.from({ length: 10_000 }, (_, index) => new Chance(7).of(`call ${index}`));
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => drawn.filter((value) => Math.floor(value * 10) === tenth).length,
    );
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(new Set(drawn).size).toBeGreaterThan(9_990);
    expect(new Chance(8).of('call 1')).not.toBe(drawn[1]);
  });
});

describe('the queue', () => {
  const shape = { name: 'jobs', timeoutMs: 1_000, maxConcurrency: 2 };

  async function deliveries(duplicated: number, work: (body: string, time: number) => 'done' | 'failed') {
    const scheduler = new Scheduler(0, () => new Promise((resolve) => setImmediate(resolve)));
    const seen: string[] = [];
    const queue = new Queue(
      shape,
      scheduler,
      new Faults(new Chance(1), undefined),
      { duplicated, delayed: 0 },
      async ({ body }) => {
        seen.push(body);
        return work(body, seen.filter((other) => other === body).length);
      },
    );
    for (const body of ['a', 'b', 'c']) queue.send(body, body);
    await scheduler.runUntil(3_600_000);
    return { seen: seen.sort().join(''), dead: queue.deadLetters.map(({ body }) => body), depth: queue.depth };
  }

  it('delivers what is done once, or more often where it doubles', async () => {
    expect(await deliveries(0, () => 'done')).toEqual({ seen: 'abc', dead: [], depth: 0 });
    expect((await deliveries(1, () => 'done')).seen.length).toBeGreaterThan(5);
  });

  it('gives up on a message after five attempts, and on no other', async () => {
    const { seen, dead, depth } = await deliveries(0, (body, time) =>
      body === 'b' || (body === 'c' && time < 3) ? 'failed' : 'done',
    );
    expect([seen, dead, depth]).toEqual(['abbbbbccc', ['b'], 0]);
  });
});
