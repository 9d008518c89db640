import { describe, expect, it } from '@jest/globals';
import { planDigests } from '../../../lambdas/plan-digests/plan-digests.js';
import type { DeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { runRepository } from '../../../shared/storage/runs-repository.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import type { Command } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { MemoryDynamo } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { anEdition, aProfile, instant, subscriberId } from '../../support/builders.js';

/** A Friday, at seven in Berlin. */
const due = instant('2026-08-07T05:00');
const reading = ['GetCommand', 'QueryCommand', 'BatchGetCommand'];

/** Tables with subscribers on these days, one in each of so many slots, and a planner that counts what it reads. */
async function aCountedHouse() {
  const dynamo = new MemoryDynamo();
  const plain = dynamo.client();
  const tables = { subscribers: dynamo.createTable('subscribers'), runs: dynamo.createTable('runs') };
  const editionsTable = dynamo.createTable('editions');
  await editionRepository(plain, editionsTable).publish(anEdition());
  const reads = { requests: 0, rows: 0 };
  const send = async (command: Command) => {
    const answer = dynamo.execute(command) as { Items?: unknown[]; Responses?: Record<string, unknown[]> };
    if (!reading.includes(command.constructor.name)) return answer;
    reads.requests += 1;
    reads.rows += answer.Items?.length ?? Object.values(answer.Responses ?? {}).flat().length;
    return answer;
  };
  const client = { send } as unknown as typeof plain;
  let number = 0;

  /** Somebody in each of the hours of a zone, with these days. */
  async function people(zone: string, hours: readonly number[], days?: string): Promise<void> {
    const subscribers = subscriberRepository(plain, tables.subscribers);
    for (const hour of hours) {
      number += 1;
      const on = days === undefined ? {} : { days: days as DeliveryDays };
      await subscribers.put(subscriberId(number), aProfile({ timeZone: zone, hour, ...on }), due);
    }
  }

  const tick = async () => {
    Object.assign(reads, { requests: 0, rows: 0 });
    const report = await planDigests({
      editions: editionRepository(client, editionsTable),
      subscribers: subscriberRepository(client, tables.subscribers),
      runs: runRepository(client, tables.runs),
      enqueue: async () => {},
      isOwnTable: async () => true,
      batchSize: 50,
      quota: async () => ({ perSecond: 14, per24Hours: 50_000, sentLast24Hours: 0 }),
      publishHour: 5,
      countSkipped: () => {},
      countEditionAge: () => {},
      warn: () => {},
      now: () => due,
    });
    return { ...report, reads: { ...reads } };
  };
  return { people, tick };
}

const zones = ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Rome', 'Europe/Vienna', 'Europe/Oslo'];

/** What one tick reads where so many slots of these days are due. */
async function readsOf(count: number, days?: string) {
  const house = await aCountedHouse();
  for (const zone of zones.slice(0, count)) await house.people(zone, [7], days);
  const { slots, reads } = await house.tick();
  expect(slots).toBe(count);
  return reads;
}

describe('what a planning tick reads', () => {
  it('is the same for a slot that is due, whatever its days are', async () => {
    for (const count of [1, 3, 6]) {
      const daily = await readsOf(count);
      for (const days of ['5', 'w5']) expect(await readsOf(count, days)).toEqual(daily);
    }
  });

  it('grows by the same few requests with each slot that is due', async () => {
    for (const days of [undefined, '12345', 'w5']) {
      const [one, three, six] = [await readsOf(1, days), await readsOf(3, days), await readsOf(6, days)];
      const each = (six.requests - one.requests) / 5;
      expect(three.requests - one.requests).toBe(2 * each);
      expect(each).toBeLessThanOrEqual(4);
    }
  });

  it('does not grow with the slots that have other days, however many there are', async () => {
    const house = await aCountedHouse();
    await house.people('Europe/Berlin', [7]);
    await house.people('Europe/Berlin', [7], 'w5');
    const alone = await aCountedHouse();
    await alone.people('Europe/Berlin', [7]);
    await alone.people('Europe/Berlin', [7], 'w5');
    const hours = Array.from({ length: 8 }, (_, index) => 3 * index);
    for (const days of ['w1', 'w2', 'w6', 'w7', '7', '1', '12', '67']) {
      for (const zone of zones) await house.people(zone, hours, days);
    }
    const before = await alone.tick();
    expect(before).toMatchObject({ slots: 2, batches: 2 });
    expect(await house.tick()).toEqual(before);
  });

  it('lists the slots of the days round the tick in the same requests, and asks nothing more of those not due', async () => {
    const house = await aCountedHouse();
    await house.people('Europe/Berlin', [7], 'w5');
    const alone = await aCountedHouse();
    await alone.people('Europe/Berlin', [7], 'w5');
    for (const zone of zones) await house.people(zone, [8, 9, 10, 11, 12], 'w5');
    for (const zone of zones) await house.people(zone, [1, 2, 3, 4, 5], 'w4');
    const [many, one] = [await house.tick(), await alone.tick()];
    expect(many.slots).toBe(one.slots);
    expect(many.reads.requests).toBe(one.reads.requests);
    expect(many.reads.rows).toBe(one.reads.rows + 60);
  });
});
