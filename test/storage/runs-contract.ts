import { beforeEach, expect, it } from '@jest/globals';
import { slotOf } from '../../shared/domain/subscriber/slot.js';
import type { RunRepository } from '../../shared/storage/runs-repository.js';
import { aBalance, day, instant, subscriberId } from '../support/builders.js';

const run = day('2026-08-07');
const berlin = slotOf('Europe/Berlin', 7);
const at = instant('2026-08-07T05:15');
const people = (count: number, from = 1) => Array.from({ length: count }, (_, index) => subscriberId(from + index));

/** What every store of runs does. */
export function runsContract(make: () => Promise<RunRepository>): void {
  let runs: RunRepository;
  beforeEach(async () => {
    runs = await make();
  });
  const open = (seq: number, subscribers = people(2), slot = berlin) =>
    runs.openBatch({ run, slot, seq, subscribers }, at);

  it('opens a batch in which everybody is open', async () => {
    expect(await open(3, people(2))).toBe('opened');
    expect(await runs.findBatch(run, 'Europe/Berlin@07#0003')).toEqual({
      run,
      id: 'Europe/Berlin@07#0003',
      slot: berlin,
      subscribers: people(2),
      balance: aBalance(2),
      uncertain: [],
      broken: 0,
      quotaStops: 0,
      openedAt: at,
    });
    expect(await runs.findBatch(run, 'Europe/Berlin@07#0004')).toBeUndefined();
    expect(await runs.findBatch(day('2026-08-08'), 'Europe/Berlin@07#0003')).toBeUndefined();
  });

  it('adopts the digest of a welcome as a batch of its own that waits, once, and outside the batches of the slot', async () => {
    await open(0);
    for (const late of [0, 5]) await runs.adoptWelcome(run, berlin, subscriberId(7), at + late);
    const id = `welcome#${subscriberId(7)}`;
    expect(await runs.findBatch(run, id)).toEqual({
      run,
      id,
      slot: berlin,
      subscribers: [subscriberId(7)],
      balance: aBalance(1),
      uncertain: [],
      broken: 0,
      quotaStops: 0,
      openedAt: at,
      countedAt: at,
    });
    expect((await runs.openBatches(run)).map((batch) => batch.id)).toEqual(['Europe/Berlin@07#0000', id]);
    expect(await runs.batchesOfSlot(run, berlin)).toHaveLength(1);
  });

  it('says how far a run has come: nobody due, open, or ended, whichever batch is open', async () => {
    expect(await runs.progress(run)).toBe('nobody-due');
    await runs.completePlan(run, berlin, at);
    expect(await runs.progress(run)).toBe('nobody-due');
    await open(0, people(2));
    await open(1, people(1, 3));
    const counts = { uncertain: [], broken: 0, quotaStops: 0 };
    const settle = (seq: number, candidates: number) =>
      runs.replaceBalance(
        run,
        `Europe/Berlin@07#000${seq}`,
        { ...counts, balance: aBalance(candidates, { open: 0, sent: candidates }) },
        at,
      );
    await settle(0, 2);
    expect(await runs.progress(run)).toBe('open');
    await settle(1, 1);
    expect(await runs.progress(run)).toBe('ended');
    expect(await runs.progress(day('2026-08-08'))).toBe('nobody-due');
  });

  it('leaves a batch that exists as it is', async () => {
    await open(0, people(2));
    await runs.replaceBalance(
      run,
      'Europe/Berlin@07#0000',
      { balance: aBalance(2, { open: 1, sent: 1 }), uncertain: [], broken: 0, quotaStops: 0 },
      at,
    );
    expect(await open(0, people(9))).toBe('exists');
    const batch = await runs.findBatch(run, 'Europe/Berlin@07#0000');
    expect(batch?.subscribers).toEqual(people(2));
    expect(batch?.balance.sent).toBe(1);
  });

  it('lets one of many planners open a batch', async () => {
    const results = await Promise.all(Array.from({ length: 30 }, (_, index) => open(0, people(1, index))));
    expect(results.filter((result) => result === 'opened')).toHaveLength(1);
  });

  it('gives the batches of one slot in the order of their numbers', async () => {
    for (const seq of [10, 2, 0, 9]) await open(seq, people(1, seq));
    await open(1, people(1), slotOf('Europe/Berlin', 8));
    await runs.openBatch({ run: day('2026-08-06'), slot: berlin, seq: 1, subscribers: people(1) }, at);
    const ids = (await runs.batchesOfSlot(run, berlin)).map(({ id }) => id);
    expect(ids).toEqual(['0000', '0002', '0009', '0010'].map((seq) => `Europe/Berlin@07#${seq}`));
  });

  it('gives all batches of a slot with tens of thousands of subscribers', async () => {
    const batches = Array.from({ length: 50 }, (_, seq) => seq);
    await Promise.all(batches.map((seq) => open(seq, people(1000, seq * 1000))));
    const found = await runs.batchesOfSlot(run, berlin);
    expect(found.flatMap(({ subscribers }) => subscribers)).toEqual(people(50_000, 0));
    expect((await runs.balance(run)).candidates).toBe(50_000);
  });

  it('knows the slots whose plan is complete, for each run', async () => {
    await runs.completePlan(run, berlin, at);
    await runs.completePlan(run, berlin, at);
    await runs.completePlan(run, slotOf('UTC', 5), at);
    expect(await runs.plannedSlots(run)).toEqual(new Set([berlin, slotOf('UTC', 5)]));
    expect(await runs.plannedSlots(day('2026-08-08'))).toEqual(new Set());
  });

  it('replaces a balance, and never adds to it', async () => {
    await open(0, people(3));
    const accounting = {
      balance: aBalance(3, { open: 0, sent: 2, uncertain: 1 }),
      uncertain: people(1),
      broken: 2,
      quotaStops: 1,
    };
    await runs.replaceBalance(run, 'Europe/Berlin@07#0000', accounting, at);
    await runs.replaceBalance(run, 'Europe/Berlin@07#0000', accounting, at + 1);
    expect(await runs.findBatch(run, 'Europe/Berlin@07#0000')).toMatchObject({
      ...accounting,
      openedAt: at,
      countedAt: at + 1,
    });
  });

  it('throws on a balance for a batch that nobody opened', async () => {
    const accounting = { balance: aBalance(1), uncertain: [], broken: 0, quotaStops: 0 };
    await expect(runs.replaceBalance(run, 'UTC@05#0000', accounting, at)).rejects.toThrow('no batch UTC@05#0000');
    expect(await runs.findBatch(run, 'UTC@05#0000')).toBeUndefined();
  });

  it('lists the batches of a run that have open candidates', async () => {
    for (const seq of [0, 1, 2]) await open(seq, people(2, seq));
    await runs.openBatch({ run: day('2026-08-08'), slot: berlin, seq: 0, subscribers: people(1) }, at);
    const openIds = async () => (await runs.openBatches(run)).map(({ id }) => id.slice(-4));
    const close = (openCount: number) =>
      runs.replaceBalance(
        run,
        'Europe/Berlin@07#0001',
        { balance: aBalance(2, { open: openCount, sent: 2 - openCount }), uncertain: [], broken: 0, quotaStops: 0 },
        at,
      );

    expect(await openIds()).toEqual(['0000', '0001', '0002']);
    await close(0);
    expect(await openIds()).toEqual(['0000', '0002']);
    await close(1);
    expect(await openIds()).toEqual(['0000', '0001', '0002']);
    expect(await runs.openBatches(day('2026-08-09'))).toEqual([]);
  });

  it('leaves out those batches that need not be listed', async () => {
    for (const seq of [0, 1, 2]) await open(seq, people(2, seq));
    const without = new Set(['Europe/Berlin@07#0000', 'Europe/Berlin@07#0002']);
    expect((await runs.openBatches(run, without)).map(({ id }) => id)).toEqual(['Europe/Berlin@07#0001']);
  });

  it('keeps up to which ids the batches of a page go, with its first', async () => {
    const pageEnds = [2, 4].map(subscriberId);
    await runs.openBatch({ run, slot: berlin, seq: 0, subscribers: people(2), pageEnds }, at);
    await open(1, people(2, 3));
    expect((await runs.batchesOfSlot(run, berlin)).map((batch) => batch.pageEnds)).toEqual([pageEnds, undefined]);
  });

  it('gives the batches of a slot in the order of their numbers with more than four digits, too', async () => {
    for (const seq of [100_000, 9999, 10_000, 1000, 99_999]) await open(seq, people(1, seq));
    const found = (await runs.batchesOfSlot(run, berlin)).flatMap(({ subscribers }) => subscribers);
    expect(found).toEqual([1000, 9999, 10_000, 99_999, 100_000].map(subscriberId));
  });

  it('lists every batch of a run', async () => {
    await open(0, []);
    await open(1);
    await runs.openBatch({ run: day('2026-08-08'), slot: berlin, seq: 0, subscribers: people(1) }, at);
    expect((await runs.batchesOf(run)).map(({ id }) => id.slice(-4))).toEqual(['0000', '0001']);
  });

  it('lists their ids alone, too', async () => {
    for (const seq of [1, 0]) await open(seq, people(2, seq));
    await open(2, []);
    expect(await runs.openBatchIds(run)).toEqual(['Europe/Berlin@07#0000', 'Europe/Berlin@07#0001']);
  });

  it('notes when a batch was asked for again, and makes none for that', async () => {
    await open(0);
    await runs.noteAsked(run, 'Europe/Berlin@07#0000', at + 1);
    await runs.noteAsked(run, 'Europe/Berlin@07#0001', at + 1);
    expect((await runs.findBatch(run, 'Europe/Berlin@07#0000'))?.askedAt).toBe(at + 1);
    expect(await runs.findBatch(run, 'Europe/Berlin@07#0001')).toBeUndefined();
  });

  it('never lists a batch without candidates as open', async () => {
    await open(0, []);
    expect(await runs.openBatches(run)).toEqual([]);
  });

  it('adds the batches of a run up', async () => {
    await open(0, people(3));
    await open(0, people(2, 10), slotOf('UTC', 5));
    await open(1, people(1, 20));
    const first = {
      balance: aBalance(3, { open: 0, sent: 2, uncertain: 1 }),
      uncertain: people(1),
      broken: 1,
      quotaStops: 2,
    };
    await runs.replaceBalance(run, 'Europe/Berlin@07#0000', first, at);
    const second = {
      balance: aBalance(2, { open: 0, failed: 1, uncertain: 1 }),
      uncertain: people(1, 10),
      broken: 2,
      quotaStops: 1,
    };
    await runs.replaceBalance(run, 'UTC@05#0000', second, at);
    expect(await runs.balance(run)).toEqual({
      ...aBalance(6, { open: 1, sent: 2, failed: 1, uncertain: 2 }),
      uncertainSubscribers: [...people(1), ...people(1, 10)],
      broken: 3,
      quotaStops: 3,
    });
    expect(await runs.balance(day('2026-08-08'))).toEqual({
      ...aBalance(0),
      uncertainSubscribers: [],
      broken: 0,
      quotaStops: 0,
    });
  });
}
