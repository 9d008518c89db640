import { describe, expect, it } from '@jest/globals';
import { planDigests } from '../../../lambdas/plan-digests/plan-digests.js';
import type { SendDigest } from '../../../shared/contract/messages.js';
import { type CalendarDate, dayMs, hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { noOutcomes } from '../../../shared/domain/subscriber/outcome.js';
import type { DeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { type Slot, slotOf } from '../../../shared/domain/subscriber/slot.js';
import { anEdition, aProfile, aState, aSubscriber, day, instant, subscriberId } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeRunRepository } from '../../support/fake-run-repository.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';

const run = day('2026-08-07');
const berlin = slotOf('Europe/Berlin', 7);
const saturday = day('2026-08-08');
const due = instant('2026-08-07T05:00');

function aHouse(count: number, editions = fakeEditionRepository(anEdition())) {
  const subscribers = fakeSubscriberRepository(
    ...Array.from({ length: count }, (_, index) =>
      aSubscriber({ id: subscriberId(index), state: aState({ slot: berlin }) }),
    ),
  );
  const runs = fakeRunRepository();
  const queue: SendDigest[] = [];
  const skipped: number[] = [];
  const warnings: string[] = [];
  const ages: number[] = [];
  const deps = {
    editions,
    subscribers,
    runs,
    enqueue: async (jobs: readonly SendDigest[], _delaySeconds?: number) => {
      queue.push(...jobs);
    },
    isOwnTable: async () => true,
    batchSize: 50,
    quota: async () => ({ perSecond: 14, per24Hours: 50_000, sentLast24Hours: 0 }),
    publishHour: 5,
    countSkipped: (count: number) => void skipped.push(count),
    warn: (message: string, what: object) => void warnings.push(`${message} ${JSON.stringify(what)}`),
    countEditionAge: (hours: number) => void ages.push(hours),
  };
  const tick = (now: number, over: Partial<typeof deps> = {}) => planDigests({ ...deps, ...over, now: () => now });
  return { subscribers, runs, queue, skipped, warnings, ages, tick };
}

describe('planning a run', () => {
  it('cuts a due slot into batches of fifty that hold every subscriber once', async () => {
    const { tick, queue, runs } = aHouse(120);
    expect(await tick(due)).toMatchObject({ slots: 1, batches: 3 });
    const batches = await runs.batchesOfSlot(run, berlin);
    expect(queue.map(({ batch }) => batch)).toEqual(batches.map(({ id }) => id));
    const planned = batches.flatMap(({ subscribers }) => subscribers);
    expect(new Set(planned).size).toBe(120);
    expect(planned).toHaveLength(120);
  });

  it('plans nothing from a table that waits for its replay, and fails in one line that says what to do', async () => {
    const { tick, queue, runs } = aHouse(1);
    await expect(tick(due, { isOwnTable: async () => false })).rejects.toThrow(
      /nothing is sent before .*restore replay/,
    );
    expect([queue, await runs.batchesOf(run)]).toEqual([[], []]);
    expect(await tick(due)).toMatchObject({ batches: 1 });
  });

  it('plans nothing before the local hour, nor before the edition is published', async () => {
    const early = aHouse(1);
    expect(await early.tick(due - minuteMs)).toMatchObject({ slots: 0 });
    const unpublished = aHouse(1, fakeEditionRepository());
    expect(await unpublished.tick(due)).toMatchObject({ slots: 0 });
    expect([...early.queue, ...unpublished.queue]).toEqual([]);
  });

  it('plans both slots of a zone that was renamed, the one that older rows are in too', async () => {
    const { tick, runs, subscribers } = aHouse(0);
    const kyiv = { former: slotOf('Europe/Kiev', 8), today: slotOf('Europe/Kyiv', 8) };
    await subscribers.put(subscriberId(1), aProfile({ timeZone: 'Europe/Kiev', hour: 8 }), due);
    await subscribers.put(subscriberId(2), aProfile({ timeZone: 'Europe/Kyiv', hour: 8 }), due);
    expect(await tick(due)).toMatchObject({ slots: 2, batches: 2 });
    for (const [slot, number] of [[kyiv.former, 1] as const, [kyiv.today, 2] as const]) {
      expect(await runs.batchesOfSlot(run, slot)).toMatchObject([{ subscribers: [subscriberId(number)] }]);
    }
  });

  it('plans on each day those whose day it is, and counts nobody else', async () => {
    const { tick, runs, subscribers } = aHouse(1, fakeEditionRepository(anEdition(), anEdition({ date: saturday })));
    const choices = { 2: '12345', 3: 'w5', 4: 'w6', 5: '67', 6: '14' };
    for (const [number, days] of Object.entries(choices)) {
      await subscribers.put(subscriberId(Number(number)), aProfile({ days: days as DeliveryDays }), due);
    }
    expect(await tick(due)).toMatchObject({ slots: 3, batches: 3 });
    expect(await tick(due + dayMs)).toMatchObject({ slots: 3, batches: 3 });
    const plannedIn = async (of: CalendarDate) =>
      (await runs.batchesOf(of)).flatMap(({ subscribers: ids }) => ids).sort();
    expect(await plannedIn(run)).toEqual([0, 2, 3].map(subscriberId));
    expect(await plannedIn(saturday)).toEqual([0, 4, 5].map(subscriberId));
    expect(await runs.balance(run)).toMatchObject({ candidates: 3, open: 3 });
  });

  it('does not take the batches of one hour’s other days for its own', async () => {
    const { tick, runs, subscribers } = aHouse(60);
    for (let number = 60; number < 120; number += 1) {
      await subscribers.put(subscriberId(number), aProfile({ days: 'w5' as DeliveryDays }), due);
    }
    expect(await tick(due)).toMatchObject({ slots: 2, batches: 4 });
    for (const slot of [berlin, slotOf('Europe/Berlin', 7, 'w5' as DeliveryDays)]) {
      expect((await runs.batchesOfSlot(run, slot)).map(({ subscribers: { length } }) => length)).toEqual([50, 10]);
    }
  });

  it('moves somebody to other days without a day twice and without one that is missed', async () => {
    const { tick, runs, subscribers } = aHouse(1, fakeEditionRepository(anEdition(), anEdition({ date: saturday })));
    await tick(due);
    await subscribers.change(subscriberId(0), aProfile({ days: '67' as DeliveryDays }), due + 1);
    expect(await tick(due + 15 * minuteMs)).toMatchObject({ slots: 0 });
    await tick(due + dayMs);
    const planned = async (of: CalendarDate) => (await runs.batchesOf(of)).flatMap(({ subscribers: ids }) => ids);
    expect(await planned(run)).toEqual([subscriberId(0)]);
    expect(await planned(saturday)).toEqual([subscriberId(0)]);
  });

  it('plans a slot once', async () => {
    const { tick, queue } = aHouse(3);
    await tick(due);
    expect(await tick(due + 1)).toEqual({ slots: 0, batches: 0, repeated: 0, skipped: 0 });
    expect(queue).toHaveLength(1);
  });

  it('plans a late edition at the first tick after it was published, until its deadline', async () => {
    const late = due + 20 * 60 * minuteMs;
    expect(await aHouse(1).tick(late - 1)).toMatchObject({ batches: 1 });
    expect(await aHouse(1).tick(late)).toMatchObject({ batches: 0 });
  });

  it('goes on where a killed planner stopped, loses nobody and keeps the batches that were asked for', async () => {
    const { tick, queue, runs } = aHouse(1200);
    let calls = 0;
    const dying = async (jobs: readonly SendDigest[]) => {
      calls += 1;
      if (calls === 3) throw new Error('killed');
      queue.push(...jobs);
    };
    await expect(tick(due, { enqueue: dying })).rejects.toThrow('killed');
    await tick(due + 15 * minuteMs);
    const batches = await runs.batchesOfSlot(run, berlin);
    expect(new Set(batches.flatMap(({ subscribers }) => subscribers)).size).toBe(1200);
    expect(batches).toHaveLength(24);
    expect(new Set(queue.map(({ batch }) => batch))).toEqual(new Set(batches.map(({ id }) => id)));
    expect(await runs.plannedSlots(run)).toEqual(new Set([berlin]));
  });

  it('makes the same batches when two ticks plan at once', async () => {
    const { tick, runs } = aHouse(130);
    await Promise.all([tick(due), tick(due)]);
    const planned = (await runs.batchesOfSlot(run, berlin)).flatMap(({ subscribers }) => subscribers);
    expect(planned).toHaveLength(130);
    expect(new Set(planned).size).toBe(130);
  });

  it('keeps to the cuts of a planner that was faster and died, though somebody came in between', async () => {
    const { tick, runs, subscribers } = aHouse(0);
    for (const number of Array.from({ length: 130 }, (_, index) => 2 * index)) {
      await subscribers.put(subscriberId(number), aProfile({ timeZone: 'UTC', hour: 5 }), due);
    }
    let isFirst = true;
    const openBatch: typeof runs.openBatch = async (...given) => {
      if (isFirst) {
        isFirst = false;
        for (const number of [31, 131]) {
          await subscribers.put(subscriberId(number), aProfile({ timeZone: 'UTC', hour: 5 }), due);
        }
        const dying: typeof runs.openBatch = (batch, at) =>
          batch.seq === 0 ? runs.openBatch(batch, at) : Promise.reject(new Error('killed'));
        await expect(tick(due, { runs: { ...runs, openBatch: dying } })).rejects.toThrow('killed');
      }
      return runs.openBatch(...given);
    };
    await tick(due, { runs: { ...runs, openBatch } });
    const planned = (await runs.batchesOf(run)).map(({ subscribers: ids }) => ids);
    expect(planned.map(({ length }) => length)).toEqual([50, 50, 32]);
    expect(new Set(planned.flat()).size).toBe(132);
  });

  it('asks SES for the quota once a tick, and each job carries it', async () => {
    const { tick, queue } = aHouse(1200);
    const answers = [
      { perSecond: 500, per24Hours: 1_000_000, sentLast24Hours: 1000 },
      { perSecond: 14, per24Hours: Number.POSITIVE_INFINITY, sentLast24Hours: 9 },
    ];
    const quota = async () => answers.shift() ?? Promise.reject(new Error('asked too often'));
    await tick(due, { quota });
    expect(queue).toHaveLength(24);
    expect(new Set(queue.map((job) => JSON.stringify(job.quota)))).toEqual(
      new Set(['{"perSecond":500,"left":999000}']),
    );
    await tick(due + minuteMs, { quota });
    expect(answers).toHaveLength(1);
    queue.length = 0;
    await tick(due + 8 * hourMs, { quota });
    expect(new Set(queue.map((job) => JSON.stringify(job.quota)))).toEqual(new Set(['{"perSecond":14,"left":null}']));
  });

  it('lets the jobs go without a quota where SES does not tell it, or no rate', async () => {
    const unknown = { perSecond: 0, per24Hours: 200, sentLast24Hours: 0 };
    for (const quota of [async () => unknown, () => Promise.reject(new Error('not now'))]) {
      const { tick, queue } = aHouse(60);
      await tick(due, { quota });
      expect(queue.map((job) => Object.keys(job))).toEqual([
        ['run', 'batch'],
        ['run', 'batch'],
      ]);
    }
  });

  it('does not read again what it has just planned', async () => {
    const { tick, runs } = aHouse(120);
    const left: unknown[] = [];
    const openBatches: typeof runs.openBatches = (of, without) => {
      left.push(...(without ?? []));
      return runs.openBatches(of, without);
    };
    const findBatch: typeof runs.findBatch = () => Promise.reject(new Error('read back'));
    await tick(due, { runs: { ...runs, openBatches, findBatch } });
    expect(left).toEqual((await runs.batchesOfSlot(run, berlin)).map(({ id }) => id));
  });

  it('asks again for a batch that a job left open a quarter of an hour ago, and for no other', async () => {
    const { tick, queue, runs } = aHouse(120);
    await tick(due);
    const [settled, left] = await runs.batchesOfSlot(run, berlin);
    const counted = (open: number) => ({ ...noOutcomes, candidates: 50, open, sent: 50 - open });
    for (const [id, open] of [
      [settled!.id, 0],
      [left!.id, 1],
    ] as const) {
      await runs.replaceBalance(run, id, { balance: counted(open), uncertain: [], broken: 0, quotaStops: 0 }, due);
    }
    queue.length = 0;
    expect(await tick(due + 14 * minuteMs)).toMatchObject({ repeated: 0 });
    expect(await tick(due + 15 * minuteMs)).toMatchObject({ repeated: 1 });
    expect(queue.map(({ batch }) => batch)).toEqual([left!.id]);
  });

  it('tells at every tick how long ago the newest edition was due, and nothing where there is none', async () => {
    const { tick, ages } = aHouse(0);
    for (const hours of [0, 1.25, 26]) await tick(due + hours * 60 * minuteMs);
    expect(ages).toEqual([0, 1.25, 26]);
    const without = aHouse(0, fakeEditionRepository());
    await without.tick(due);
    expect(without.ages).toEqual([]);
  });

  it('asks again at each tick for what the job of the tick before left open within its minute', async () => {
    const { tick, runs } = aHouse(1);
    await tick(due);
    const [batch] = await runs.batchesOfSlot(run, berlin);
    const open = { balance: { ...noOutcomes, candidates: 1, open: 1 }, uncertain: [], broken: 0, quotaStops: 0 };
    await runs.replaceBalance(run, batch!.id, open, due + 40_000);
    expect(await tick(due + 15 * minuteMs)).toMatchObject({ repeated: 1 });
  });

  it('asks again for a batch that was never counted once the queue has given it up, days later too, and not at every tick', async () => {
    const { tick, queue } = aHouse(1);
    await tick(due);
    queue.length = 0;
    expect(await tick(due + 2 * hourMs - 1)).toMatchObject({ repeated: 0 });
    expect(await tick(due + 2 * hourMs)).toMatchObject({ repeated: 1 });
    expect(await tick(due + 2 * hourMs + 15 * minuteMs)).toMatchObject({ repeated: 0 });
    expect(await tick(due + 16 * hourMs)).toMatchObject({ repeated: 1 });
    expect(await tick(due + 6 * 24 * hourMs)).toMatchObject({ repeated: 1 });
    expect(queue).toHaveLength(3);
  });
});

describe('a run that will be large', () => {
  const yesterday = day('2026-08-06');
  const delaysOf = async (candidates: number, count: number, before = yesterday) => {
    const { tick, runs } = aHouse(count);
    await runs.openBatch({ run: before, slot: berlin, seq: 0, subscribers: [subscriberId(1)] }, due);
    const balance = { ...noOutcomes, candidates, open: 0, sent: candidates };
    const accounting = { balance, uncertain: [], broken: 0, quotaStops: 0 };
    await runs.replaceBalance(before, `${berlin}#0000`, accounting, due);
    const delays: number[] = [];
    await tick(due, { enqueue: async (jobs, delay = 0) => void delays.push(...jobs.map(() => delay)) });
    return delays;
  };

  it('begins with one in a hundred, and waits ten minutes with the others of its first slots', async () => {
    expect(await delaysOf(10_000, 240)).toEqual([0, 0, 600, 600, 600]);
    expect(await delaysOf(15_001, 240)).toEqual([0, 0, 0, 0, 600]);
  });

  it('is known by the run of a week before too, since weekly readers have one day', async () => {
    expect(await delaysOf(10_000, 240, day('2026-07-31'))).toEqual([0, 0, 600, 600, 600]);
    expect(await delaysOf(10_000, 240, day('2026-08-01'))).toEqual([0, 0, 0, 0, 0]);
  });

  it('is one of 10,000 or more', async () => {
    expect(await delaysOf(9999, 240)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('a row that cannot be planned', () => {
  it.each(['Mars/Olympus@07', 'Europe/Berlin@77', 'Europe', ''])(
    'as the slot “%s” is skipped, counted and named; the others are planned',
    async (slot) => {
      const house = aHouse(2);
      const slots = async () => [slot as Slot, berlin];
      const subscribers = { ...house.subscribers, slots };
      expect(await house.tick(due, { subscribers })).toEqual({ slots: 1, batches: 1, repeated: 0, skipped: 1 });
      expect(house.queue).toHaveLength(1);
      expect(house.skipped).toEqual([1]);
      expect(house.warnings.join()).toContain(JSON.stringify(slot));
    },
  );

  it('holds up no other slot, and fails the tick once those are planned', async () => {
    const house = aHouse(2);
    await house.subscribers.put(subscriberId(9), aProfile({ timeZone: 'UTC', hour: 5 }), due);
    const inSlot: typeof house.subscribers.inSlot = (slot, ...rest) =>
      slot === berlin ? Promise.reject(new Error('a bad page')) : house.subscribers.inSlot(slot, ...rest);
    await expect(house.tick(due, { subscribers: { ...house.subscribers, inSlot } })).rejects.toThrow('a bad page');
    expect(house.queue.map(({ batch }) => batch)).toEqual(['UTC@05#0000']);
    expect(house.warnings.join()).toContain(berlin);
  });

  it('as an open batch holds up no other that waits', async () => {
    const house = aHouse(120);
    await house.tick(due);
    const batches = await house.runs.batchesOfSlot(run, berlin);
    const open = { balance: { ...noOutcomes, candidates: 1, open: 1 }, uncertain: [], broken: 0, quotaStops: 0 };
    for (const { id } of batches) await house.runs.replaceBalance(run, id, open, due);
    const findBatch: typeof house.runs.findBatch = (of, id) =>
      id === batches[0]!.id ? Promise.reject(new Error('of a newer version')) : house.runs.findBatch(of, id);
    const openBatches: typeof house.runs.openBatches = () => Promise.reject(new Error('of a newer version'));
    const runs = { ...house.runs, openBatchIds: async () => batches.map(({ id }) => id), findBatch, openBatches };
    house.queue.length = 0;
    const ofRun = { ...runs, openBatchIds: async (of: string) => (of === run ? batches.map(({ id }) => id) : []) };
    expect(await house.tick(due + 15 * minuteMs, { runs: ofRun })).toMatchObject({ repeated: 2, skipped: 1 });
    expect(house.warnings.join()).toContain(batches[0]!.id);
  });
});
