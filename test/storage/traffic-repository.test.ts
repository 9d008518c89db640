import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { trafficTally } from '../../shared/delivery/traffic-tally.js';
import { dayMs, minuteMs } from '../../shared/domain/calendar-date.js';
import { type TrafficRepository, trafficRepository } from '../../shared/storage/traffic-repository.js';
import { day, instant } from '../support/builders.js';
import { fakeTrafficRepository } from '../support/fake-traffic-repository.js';
import { embeddedForTests, onSmallPages, repeatingClient } from './embedded.js';

const at = instant('2026-08-07T05:15');
const run = day('2026-08-07');

/** What every store of traffic does. */
function trafficContract(make: () => Promise<TrafficRepository>): void {
  let traffic: TrafficRepository;
  beforeEach(async () => {
    traffic = await make();
  });

  it('adds counts up, minute by minute, also those of many at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => traffic.add(at, { accepted: 2, seen: 1 })));
    await traffic.add(at + minuteMs, { probesSeen: 1 });
    await traffic.add(at + 2 * minuteMs, { bounced: 0 });
    expect(await traffic.between(at, at + 9 * minuteMs)).toEqual([
      { minute: at, accepted: 40, seen: 20 },
      { minute: at + minuteMs, probesSeen: 1 },
    ]);
  });

  it('adds once for each key, however often that is repeated and whatever comes in between', async () => {
    for (const key of ['one', 'two', 'one', undefined, undefined])
      await traffic.add(at, { accepted: 3 }, undefined, key);
    await traffic.add(at + minuteMs, { accepted: 1 }, undefined, 'one');
    expect(await traffic.between(at, at + minuteMs)).toEqual([
      { minute: at, accepted: 12 },
      { minute: at + minuteMs, accepted: 1 },
    ]);
  });

  it('takes what has a key for all that was counted under it, and never for less than it was', async () => {
    for (const accepted of [3, 5, 4, 5]) await traffic.add(at, { accepted, seen: 1 }, at + accepted, 'one');
    await traffic.add(at, { accepted: 1, bounced: 2 }, at, 'two');
    await traffic.add(at, { accepted: 1 });
    expect(await traffic.between(at, at)).toEqual([
      { minute: at, accepted: 7, seen: 1, bounced: 2, changedAt: at + 5 },
    ]);
  });

  it('gives one entry a minute, however many keys it has, and leaves none of the last minute out', async () => {
    for (const key of [undefined, 'a', 'b', 'z9']) await traffic.add(at + minuteMs, { seen: 1 }, at, key);
    for (const to of [at + minuteMs, at + 2 * minuteMs - 1]) {
      expect(await traffic.between(at + minuteMs, to)).toEqual([{ minute: at + minuteMs, seen: 4, changedAt: at }]);
    }
    expect(await traffic.between(at, at + minuteMs - 1)).toEqual([]);
    expect(await traffic.between(at + 2 * minuteMs, at + 3 * minuteMs)).toEqual([]);
  });

  it('notes when the counts of a minute changed last', async () => {
    await traffic.add(at, { seen: 1 }, at + 1);
    await traffic.add(at, { seen: 1 }, at + 2);
    expect(await traffic.between(at, at)).toEqual([{ minute: at, seen: 2, changedAt: at + 2 }]);
  });

  it('gives the minutes from that of an instant on, oldest first, and no older or later ones', async () => {
    for (const minutes of [3, -1, 0, 2]) await traffic.add(at + minutes * minuteMs, { seen: 1 });
    const found = await traffic.between(at + 59_999, at + 2 * minuteMs);
    expect(found.map(({ minute }) => (minute - at) / minuteMs)).toEqual([0, 2]);
  });

  it('halts a sort of mails, each by itself, until it may go on', async () => {
    expect(await traffic.sending('digests')).toEqual({});
    expect(await traffic.resume('digests', at)).toBe('not-halted');
    expect(await traffic.halt('digests', at)).toBe('halted');
    expect(await traffic.halt('digests', at + 5, 'admin')).toBe('already-halted');
    expect(await traffic.sending('digests')).toEqual({ haltedAt: at });
    expect(await traffic.sending('notices')).toEqual({});
    expect(await traffic.resume('digests', at + 9)).toBe('resumed');
    expect(await traffic.resume('digests', at + 10)).toBe('not-halted');
    expect(await traffic.sending('digests')).toEqual({ resumedAt: at + 9 });
  });

  it('keeps what was said at the last resumption when only the admin’s own pause ends', async () => {
    await traffic.halt('digests', at);
    await traffic.resume('digests', at + 1);
    expect(await traffic.halt('digests', at + 2, 'admin')).toBe('halted');
    expect(await traffic.sending('digests')).toEqual({ haltedAt: at + 2, haltedBy: 'admin', resumedAt: at + 1 });
    expect(await traffic.halt('digests', at + 3)).toBe('already-halted');
    expect(await traffic.resume('digests', at + 4)).toBe('resumed');
    expect(await traffic.sending('digests')).toEqual({ resumedAt: at + 1 });
    expect(await traffic.resume('digests', at + 5)).toBe('not-halted');
  });

  it('gives the right to one probe in 15 minutes, for each run', async () => {
    const rights = await Promise.all(Array.from({ length: 10 }, () => traffic.takeProbe(run, at)));
    expect(rights.filter((right) => right === 'taken')).toHaveLength(1);
    expect(await traffic.takeProbe(run, at + 15 * minuteMs - 1)).toBe('up');
    expect(await traffic.takeProbe(day('2026-08-06'), at)).toBe('taken');
    expect(await traffic.takeProbe(run, at + 15 * minuteMs)).toBe('taken');
  });

  it('remembers that SES did not take the last probe, until the next', async () => {
    await traffic.takeProbe(run, at);
    await traffic.noteProbeRefused(run, at - 1);
    expect(await traffic.takeProbe(run, at + 1)).toBe('up');
    await traffic.noteProbeRefused(run, at);
    expect(await traffic.takeProbe(run, at + 1)).toBe('down');
    expect(await traffic.takeProbe(run, at + 15 * minuteMs)).toBe('taken');
    expect(await traffic.takeProbe(run, at + 16 * minuteMs)).toBe('up');
  });
}

describe('traffic in memory', () => trafficContract(async () => fakeTrafficRepository()));

describe('traffic in DynamoDB', () => {
  const dynamo = embeddedForTests();
  trafficContract(async () => trafficRepository(dynamo().client, await dynamo().createTable('runs')));

  it('heeds a halt of notices that an earlier version wrote', async () => {
    const TableName = await dynamo().createTable('runs');
    const Item = { pk: 'sending', sk: 'confirmations', v: 1, haltedAt: at, haltedBy: 'admin' };
    await dynamo().client.send(new PutCommand({ TableName, Item }));
    expect(await trafficRepository(dynamo().client, TableName).sending('notices')).toMatchObject({ haltedAt: at });
  });

  it('is kept for three days', async () => {
    const TableName = await dynamo().createTable('runs');
    await trafficRepository(dynamo().client, TableName).add(at, { seen: 1 });
    const Key = { pk: 'mail-traffic', sk: '2026-08-07T05:15:00.000Z' };
    const { Item } = await dynamo().client.send(new GetCommand({ TableName, Key }));
    expect(Item?.expiresAt).toBe((at + 3 * dayMs) / 1000);
  });
});

describe('traffic in DynamoDB whose replies are lost', () => {
  const dynamo = embeddedForTests();

  it('counts each accepted mail once, whether the SDK repeats the write or the next flush', async () => {
    const traffic = trafficRepository(repeatingClient(dynamo().client), await dynamo().createTable('runs'));
    let isLost = true;
    const tally = trafficTally(
      {
        add: async (...given) => {
          await traffic.add(...given);
          if (isLost) throw new Error('no reply');
        },
      },
      () => at,
    );
    for (const name of ['accepted', 'accepted', 'seen'] as const) tally.note(at, name);
    await expect(tally.flush()).rejects.toThrow('no reply');
    isLost = false;
    tally.note(at, 'accepted');
    await tally.flush();
    expect(await traffic.between(at, at)).toEqual([{ minute: at, changedAt: at, accepted: 3, seen: 1 }]);
  });
});

describe('traffic in DynamoDB, one item a page', () => {
  const dynamo = embeddedForTests();
  trafficContract(async () => trafficRepository(onSmallPages(dynamo().client), await dynamo().createTable('runs')));
});

describe('the tally of a process', () => {
  it('writes once for each minute, and what could not be written the next time', async () => {
    const traffic = fakeTrafficRepository();
    const writes: number[] = [];
    let isDown = true;
    const tally = trafficTally(
      {
        add: async (minute, counts) => {
          writes.push(minute);
          if (isDown) throw new Error('throttled');
          await traffic.add(minute, counts);
        },
      },
      () => at,
    );
    for (let mail = 0; mail < 50; mail += 1) tally.note(at + mail * 1000, mail % 2 ? 'seen' : 'accepted');
    tally.note(at + minuteMs, 'seen');
    await expect(tally.flush()).rejects.toThrow('throttled');
    isDown = false;
    await tally.flush();
    await tally.flush();
    expect(writes).toEqual([at, at, at + minuteMs]);
    expect(await traffic.between(at, at + dayMs)).toEqual([
      { minute: at, accepted: 25, seen: 25 },
      { minute: at + minuteMs, seen: 1 },
    ]);
  });

  /** A process whose clock is set by hand, with the rows that it writes. */
  function aProcess() {
    const traffic = fakeTrafficRepository();
    const writes: { at: number; row: string }[] = [];
    const time = { now: at };
    const add: typeof traffic.add = async (minute, counts, changedAt, key) => {
      writes.push({ at: time.now, row: `${minute} ${key}` });
      await traffic.add(minute, counts, changedAt, key);
    };
    const tally = trafficTally({ add }, () => time.now);
    return { tally, writes, time, counted: () => traffic.between(at - dayMs, at + dayMs) };
  }

  it('writes at every end of an invocation, and no row more than once a second', async () => {
    const { tally, writes, time, counted } = aProcess();
    for (let invocation = 0; invocation < 200; invocation += 1) {
      for (let mail = 0; mail < 10; mail += 1) tally.note(at, 'seen');
      await tally.flush();
      expect(await counted()).toMatchObject([{ seen: 10 * (invocation + 1) }]);
      time.now += 150;
    }
    const rows = new Map<string, number>();
    for (const write of writes) {
      expect(write.at - (rows.get(write.row) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(1000);
      rows.set(write.row, write.at);
    }
    expect(writes).toHaveLength(200);
    expect(rows.size).toBeLessThanOrEqual(7);
  });

  it('shares no row with another process', async () => {
    const traffic = fakeTrafficRepository();
    const tallies = Array.from({ length: 8 }, () => trafficTally(traffic, () => at));
    for (const tally of tallies) {
      tally.note(at, 'accepted');
      await tally.flush();
    }
    expect(await traffic.between(at, at)).toMatchObject([{ accepted: 8 }]);
  });

  it('begins another row for what comes long after, and loses nothing of the first', async () => {
    const { tally, writes, time, counted } = aProcess();
    for (const minutes of [0, 1, 30, 31]) {
      time.now = at + minutes * minuteMs;
      tally.note(at, 'seen');
      await tally.flush();
    }
    expect(new Set(writes.map(({ row }) => row)).size).toBe(2);
    expect(await counted()).toMatchObject([{ minute: at, seen: 4 }]);
  });

  it.each([true, false])('forgets events that will come again (the write surely failed: %s)', async (isSure) => {
    const traffic = fakeTrafficRepository();
    let isDown = true;
    const time = { now: at };
    const add: typeof traffic.add = async (...given) => {
      if (!isDown || !isSure) await traffic.add(...given);
      if (isDown) throw new Error('no reply');
    };
    const tally = trafficTally({ add }, () => time.now);
    const noteAll = () => {
      for (const name of ['seen', 'seen', 'probesSeen'] as const) tally.note(at, name);
    };
    noteAll();
    tally.note(at, 'bounced');
    await expect(tally.flush()).rejects.toThrow('no reply');
    tally.forgetEvents();
    isDown = false;
    time.now += 60_000;
    if (isSure) noteAll();
    await tally.flush();
    expect(await traffic.between(at, at)).toMatchObject([{ seen: 2, probesSeen: 1, bounced: 1 }]);
  });
});

it('writes no row twice for jobs that end together', async () => {
  const written: unknown[] = [];
  const add = async (...given: unknown[]) => {
    await Promise.resolve();
    written.push(given);
  };
  const tally = trafficTally({ add }, () => at);
  tally.note(at, 'accepted');
  await Promise.all([tally.flush(), tally.flush(), tally.flush()]);
  expect(written).toEqual([[at, { accepted: 1 }, at, expect.any(String)]]);
});
