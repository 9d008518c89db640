import { describe, expect, it } from '@jest/globals';
import { messagesIn, noon, noteOf, openTestHouse, passTime, sendJobs, templateWith } from '../house-fixture.js';

const minuteMs = 60_000;
const one = { BatchSize: 1 };

describe('queues that feed a function', () => {
  it('are worked by several workers of it at the same time', async () => {
    const { house } = await openTestHouse({ template: templateWith({ WorkerJobs: { Properties: one } }) });
    await sendJobs(house, { act: 'meet', note: 'a', other: 'b' }, { act: 'meet', note: 'b', other: 'a' });
    await house.settle();
    expect(house.failures()).toEqual([]);
    expect(await messagesIn(house, 'JobsUrl')).toEqual([]);
  });

  it('are worked by as many at a time as their mapping allows, and no more', async () => {
    const properties = { ...one, ScalingConfig: { MaximumConcurrency: 2 } };
    const template = templateWith({ WorkerJobs: { Properties: properties } });
    const { house, logged } = await openTestHouse({ template });
    await sendJobs(house, { act: 'meet', note: 'a', other: 'b' }, { act: 'meet', note: 'b', other: 'a' });
    await sendJobs(house, ...Array.from({ length: 6 }, () => ({ act: 'hold' })));
    await house.settle();
    let running = 0;
    const most = Math.max(...logged.map((line) => (running += line.endsWith('begin') ? 1 : -1)));
    expect(logged).toHaveLength(12);
    expect(most).toBeLessThanOrEqual(2);
    expect(house.failures()).toEqual([]);
  });

  it('are worked at once, though their mapping would gather messages for a while', async () => {
    const template = templateWith({
      WorkerJobs: { Properties: { BatchSize: 100, MaximumBatchingWindowInSeconds: 5 } },
    });
    const { house } = await openTestHouse({ template });
    await sendJobs(house, { act: 'note', note: 'now' });
    await house.settle();
    expect(await noteOf(house, 'now')).toBeDefined();
    expect(await messagesIn(house, 'JobsUrl')).toEqual([]);
  });

  it('keep a message that failed hidden until its visibility timeout is over', async () => {
    const { house, clock, logged } = await openTestHouse();
    await sendJobs(house, { act: 'fail' });
    await house.settle();
    expect(house.nextScheduled(noon)).toBe(noon + minuteMs);
    clock.set(noon + minuteMs - 1);
    await house.settle();
    expect(logged).toEqual(['WorkerFn: fail: Error']);
    clock.set(noon + minuteMs);
    await house.settle();
    expect(logged).toHaveLength(2);
  });

  it('drop a message when its retention is over', async () => {
    const template = templateWith({
      Jobs: { Properties: { MessageRetentionPeriod: 120 } },
      WorkerJobs: { Properties: { Enabled: false } },
    });
    const { house, clock } = await openTestHouse({ template });
    await sendJobs(house, { act: 'note', note: 'late' });
    clock.set(noon + 2 * minuteMs);
    expect(await messagesIn(house, 'JobsUrl')).toEqual([]);
  });

  it('feed nothing through a mapping that is switched off', async () => {
    const { house } = await openTestHouse({
      template: templateWith({ WorkerJobs: { Properties: { Enabled: false } } }),
    });
    await sendJobs(house, { act: 'note', note: 'never' });
    await house.settle();
    expect(await noteOf(house, 'never')).toBeUndefined();
  });

  it('are refused where a message would come back while it is still worked', async () => {
    const opening = openTestHouse({ template: templateWith({ Jobs: { Properties: { VisibilityTimeout: 19 } } }) });
    await expect(opening).rejects.toThrow("the queue's visibility timeout is shorter than the function's timeout");
  });
});

describe('a chain of messages that a function sends to itself', () => {
  const begin = async (properties: object) => {
    const opened = await openTestHouse({ template: templateWith({ WorkerFn: { Properties: { ...properties } } }) });
    await sendJobs(opened.house, { act: 'again', queue: opened.house.output('JobsUrl'), round: 1 });
    return opened;
  };

  it('is cut after sixteen invocations, and the last message goes to the dead-letter queue', async () => {
    const opened = await begin({});
    await passTime(opened, noon + 3 * minuteMs);
    expect(opened.logged).toHaveLength(16);
    const [last = '{}'] = await messagesIn(opened.house, 'DeadLettersUrl');
    expect(JSON.parse(last)).toMatchObject({ round: 17 });
    expect(opened.house.failures()[0]).toMatch(/^WorkerFn was not invoked: a message of its own making came back/);
  });

  it('goes on where the template allows it', async () => {
    const { house, logged } = await begin({ RecursiveLoop: 'Allow' });
    while (logged.length < 20) await new Promise(setImmediate);
    expect(house.failures()).toEqual([]);
    await house.close();
  });
});
