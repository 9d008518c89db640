import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planDigests } from '../../../lambdas/plan-digests/plan-digests.js';
import type { SendDigest } from '../../../shared/contract/messages.js';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import { noOutcomes } from '../../../shared/domain/subscriber/outcome.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { batchKey, newBatchRow, seqOf } from '../../../shared/storage/run-rows.js';
import { runRepository } from '../../../shared/storage/runs-repository.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { type Command, MemoryDynamo } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { anEdition, day, instant, subscriberId } from '../../support/builders.js';

const run = day('2026-08-07');
const berlin = slotOf('Europe/Berlin', 7);
const due = instant('2026-08-07T05:00');
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

/** A planner in pages of thirty, which dies at its so manieth request. */
interface PlannerOptions {
  readonly diesAt?: number;
  /** How long each of its requests takes, in turns of the event loop, one after the other and from the start again. */
  readonly turns?: readonly number[];
  readonly batchSize?: number;
}

/** Tables with an edition and a slot, and planners that work on them. */
async function aHouse() {
  const dynamo = new MemoryDynamo();
  const tables = ['editions', 'subscribers', 'runs'].map((kind) => dynamo.createTable(kind));
  const [editions = '', subscribers = '', runsTable = ''] = tables;
  await editionRepository(dynamo.client(), editions).publish(anEdition());
  dynamo.table(subscribers).write({ pk: 'slots', sk: berlin }, { pk: 'slots', sk: berlin, v: 1 }, due);
  const runs = runRepository(dynamo.client(), runsTable);
  const asked: string[] = [];

  /** Lets somebody into the slot, or out of it. */
  const put = (number: number, isThere = true) => {
    const key = { pk: subscriberId(number), sk: 'state' };
    dynamo.table(subscribers).write(key, isThere ? { ...key, v: 1, status: 'active', slot: berlin } : undefined, due);
  };

  /** Records a batch as earlier versions did, which wrote longer numbers without a letter. */
  const putEarlier = (seq: number, members: readonly number[]) => {
    const id = `${berlin}#${String(seq).padStart(4, '0')}`;
    const batch = { run, id, slot: berlin, subscribers: members.map(subscriberId), openedAt: due };
    dynamo.table(runsTable).write(batchKey(run, id), newBatchRow(batch), due);
  };

  async function tick(at: number, { diesAt = Number.POSITIVE_INFINITY, turns = [0], batchSize = 3 }: PlannerOptions) {
    let requests = 0;
    const request = async <Answer>(effect: () => Answer): Promise<Answer> => {
      requests += 1;
      const wait = turns[requests % turns.length] ?? 0;
      for (let turn = 0; turn < wait; turn += 1) await new Promise(setImmediate);
      // What is under way when it dies is not done either, so that of several requests any may be missing.
      if (requests >= diesAt) throw new Error('killed');
      return effect();
    };
    const client = { send: (command: Command) => request(() => dynamo.execute(command)) };
    const over = client as unknown as ReturnType<MemoryDynamo['client']>;
    return planDigests({
      editions: editionRepository(over, editions),
      subscribers: subscriberRepository(over, subscribers),
      runs: runRepository(over, runsTable),
      enqueue: (jobs: readonly SendDigest[]) => request(() => void asked.push(...jobs.map(({ batch }) => batch))),
      quota: async () => ({ perSecond: 500, per24Hours: Number.POSITIVE_INFINITY, sentLast24Hours: 0 }),
      isOwnTable: async () => true,
      batchSize,
      publishHour: 5,
      countSkipped: () => {},
      countEditionAge: () => {},
      warn: () => {},
      now: () => at,
    });
  }

  /** Everybody in a batch, as often as they are in one, and whether every batch was asked for. */
  async function planned() {
    const batches = await runs.batchesOfSlot(run, berlin);
    const ids = new Set(asked);
    return {
      members: batches.flatMap(({ subscribers: members }) => members),
      isAsked: batches.every(({ id }) => ids.has(id)),
      isComplete: (await runs.plannedSlots(run)).has(berlin),
    };
  }
  return { put, putEarlier, tick, planned, runs, asked };
}

type House = Awaited<ReturnType<typeof aHouse>>;

/** Nobody is in two batches, and of those who were there all along nobody is in none. */
async function expectEverybodyOnce(house: House, stayed: readonly number[]) {
  const { members, isAsked, isComplete } = await house.planned();
  expect(new Set(members).size).toBe(members.length);
  expect(stayed.map(subscriberId).filter((id) => !members.includes(id))).toEqual([]);
  expect({ isAsked, isComplete }).toEqual({ isAsked: true, isComplete: true });
}

/** People with even numbers are there from the start; some of them leave and others come, while planning. */
const comings = fc.record({
  count: fc.nat(100),
  leaving: fc.array(fc.nat(99), { maxLength: 10 }),
  coming: fc.array(fc.nat(199), { maxLength: 10 }),
});
const death = fc.integer({ min: 1, max: 80 });
const slowness = fc.array(fc.nat(4), { minLength: 1, maxLength: 30 });

function gather(house: House, { count, leaving, coming }: { count: number; leaving: number[]; coming: number[] }) {
  const there = numbers(count).map((number) => 2 * number);
  for (const number of there) house.put(number);
  const change = () => {
    for (const place of leaving) if (place < count) house.put(2 * place, false);
    for (const number of coming) house.put(2 * number + 1);
  };
  return { change, stayed: there.filter((number) => !leaving.includes(number / 2)) };
}

describe('a plan that is interrupted at any request', () => {
  it('is continued so that nobody is in two batches and nobody in none, whoever comes and goes meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(comings, fc.array(death, { maxLength: 3 }), slowness, async (given, deaths, turns) => {
        const house = await aHouse();
        const { change, stayed } = gather(house, given);
        for (const diesAt of deaths) {
          await house.tick(due, { diesAt, turns }).catch(() => {});
          change();
        }
        await house.tick(due + 15 * minuteMs, {});
        await expectEverybodyOnce(house, stayed);
      }),
    );
  });

  it('goes on from the batches that an earlier version recorded one by one', async () => {
    await fc.assert(
      fc.asyncProperty(comings, fc.nat(33), death, async (given, before, diesAt) => {
        const house = await aHouse();
        const { change, stayed } = gather(house, given);
        const ids = numbers(given.count).map((number) => 2 * number);
        for (const seq of numbers(before)) {
          const members = ids.slice(3 * seq, 3 * seq + 3);
          if (members.length > 0) house.putEarlier(seq, members);
        }
        change();
        await house.tick(due, { diesAt }).catch(() => {});
        await house.tick(due + 15 * minuteMs, {});
        await expectEverybodyOnce(house, stayed);
      }),
      { numRuns: 50 },
    );
  });

  it('plans nobody a third time whom an earlier version planned twice', async () => {
    const house = await aHouse();
    for (const number of numbers(20)) house.put(number);
    for (const [seq, from] of [0, 3, 6, 0, 3].entries()) house.putEarlier(seq, numbers(3, from));
    await house.tick(due, {});
    const { members } = await house.planned();
    expect(members).toEqual([...numbers(9), ...numbers(6), ...numbers(11, 9)].map(subscriberId));
  });

  it('and two at once make the same batches, whoever comes and goes meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(comings, slowness, slowness, fc.nat(40), async (given, one, other, later) => {
        const house = await aHouse();
        const { change, stayed } = gather(house, given);
        const changing = async () => {
          for (let turn = 0; turn < later; turn += 1) await new Promise(setImmediate);
          change();
        };
        await Promise.all([house.tick(due, { turns: one }), house.tick(due, { turns: other }), changing()]);
        await expectEverybodyOnce(house, stayed);
      }),
    );
  });

  it.each([9_995, 10_005])(
    'goes on rightly after batch %i of an earlier version, where numbers get longer',
    async (first) => {
      const house = await aHouse();
      const people = numbers(10_100);
      for (const number of people) house.put(number);
      for (const number of numbers(first)) house.putEarlier(number, [number]);
      for (const diesAt of [28, 60]) await house.tick(due, { diesAt, batchSize: 1 }).catch(() => {});
      await house.tick(due + 15 * minuteMs, { batchSize: 1 });
      await expectEverybodyOnce(house, people);
      expect((await house.runs.batchesOfSlot(run, berlin)).map(({ id }) => seqOf(id))).toEqual(people);
    },
  );

  it('does not ask again for a batch that a job has counted', async () => {
    const house = await aHouse();
    for (const number of numbers(100)) house.put(number);
    await expect(house.tick(due, { diesAt: 40 })).rejects.toThrow('killed');
    const before = await house.runs.batchesOfSlot(run, berlin);
    const counted = before.slice(0, 7).map(({ id }) => id);
    for (const id of counted) {
      const balance = { ...noOutcomes, candidates: 3, open: 0, sent: 3 };
      await house.runs.replaceBalance(run, id, { balance, uncertain: [], broken: 0, quotaStops: 0 }, due + 1);
    }
    house.asked.length = 0;
    await house.tick(due + minuteMs, {});
    const all = (await house.runs.batchesOfSlot(run, berlin)).map(({ id }) => id);
    expect(counted).toHaveLength(7);
    expect(new Set(house.asked)).toEqual(new Set(all.filter((id) => !counted.includes(id))));
  });
});
