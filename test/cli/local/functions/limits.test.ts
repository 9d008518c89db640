import { describe, expect, it } from '@jest/globals';
import {
  messagesIn,
  noon,
  noteOf,
  openTestHouse,
  passTime,
  publish,
  sendJobs,
  templateWith,
} from '../house-fixture.js';

const hourMs = 3_600_000;

describe('the account’s concurrency', () => {
  it('is that of a new account unless said: the eleventh request at a time is turned away', async () => {
    const { house } = await openTestHouse({ template: templateWith({ PagesFn: { Properties: { Timeout: 20 } } }) });
    const answers = await Promise.all(Array.from({ length: 11 }, () => fetch(`${house.pagesUrl}/hold`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(201), 503]);
    const refused = answers.find(({ status }) => status === 503);
    expect(await refused?.json()).toEqual({ message: 'Service Unavailable' });
    expect(house.failures()).toEqual([]);
  });

  it('makes a queue wait for room, without a failed attempt', async () => {
    const template = templateWith({ WorkerJobs: { Properties: { BatchSize: 1 } } });
    const { house, logged } = await openTestHouse({ template, accountConcurrency: 1 });
    await sendJobs(house, ...Array.from({ length: 4 }, () => ({ act: 'hold' })));
    await house.settle();
    expect(logged).toEqual(Array(4).fill(['WorkerFn: begin', 'WorkerFn: end']).flat());
    expect(house.failures()).toEqual([]);
  });

  it('puts an event off, from a second on', async () => {
    const { house, clock } = await openTestHouse({ accountConcurrency: 0 });
    await publish(house, { kind: 'note', note: 'late' });
    await house.settle();
    expect(house.nextScheduled(noon)).toBe(noon + 1000);
    clock.set(noon + 1000);
    await house.settle();
    expect(house.nextScheduled(noon + 1000)).toBe(noon + 3000);
  });

  it('gives an event up after six hours without room', async () => {
    const { house, clock } = await openTestHouse({ accountConcurrency: 0 });
    await publish(house, { kind: 'note', note: 'lost' });
    await passTime({ house, clock }, noon + 6 * hourMs);
    expect(await noteOf(house, 'lost')).toBeUndefined();
    expect(await messagesIn(house, 'DeadLettersUrl')).toHaveLength(1);
    expect(house.failures()).toEqual(['an event of RecorderFn found no room for six hours and went to DeadLetters']);
  });
});

describe('what AWS refuses of a function', () => {
  it('fails an answer of more than 6 MB', async () => {
    const { house } = await openTestHouse();
    expect((await fetch(`${house.pagesUrl}/big?bytes=6200000`)).status).toBe(201);
    expect((await fetch(`${house.pagesUrl}/big?bytes=6400000`)).status).toBe(500);
    expect(house.failures()).toEqual([
      'PagesFn failed: Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    ]);
  });

  it('does not open with an environment of more than 4 KB', async () => {
    const variables = (bytes: number) => ({
      Environment: { Variables: { NOTES: { Ref: 'Notes' }, LONG: 'x'.repeat(bytes) } },
    });
    await openTestHouse({ template: templateWith({ WorkerFn: { Properties: variables(4000) } }) });
    const opening = openTestHouse({ template: templateWith({ WorkerFn: { Properties: variables(4090) } }) });
    await expect(opening).rejects.toThrow('the environment of WorkerFn has 4104 bytes; AWS takes 4096');
  });

  it('does not open with reserved concurrency, which a new account cannot give', async () => {
    const template = templateWith({ WorkerFn: { Properties: { ReservedConcurrentExecutions: 1 } } });
    await expect(openTestHouse({ template })).rejects.toThrow('plays no reserved concurrency');
  });
});

it('tries a failed event after a minute, and after two more', async () => {
  const { house, clock } = await openTestHouse();
  await publish(house, { kind: 'note', fails: true });
  const failures = async (at: number) => {
    await passTime({ house, clock }, noon + at);
    return house.failures().length;
  };
  expect(await failures(59_999)).toBe(1);
  expect(await failures(60_000)).toBe(2);
  expect(await failures(179_999)).toBe(2);
  expect(await failures(180_000)).toBe(4);
});
