import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { trafficTally } from '../../shared/delivery/traffic-tally.js';
import { dayMs, minuteMs } from '../../shared/domain/calendar-date.js';
import { type TrafficRepository, trafficRepository } from '../../shared/storage/traffic-repository.js';
import { day, instant } from '../support/builders.js';
import { fakeTrafficRepository } from '../support/fake-traffic-repository.js';
import { embeddedForTests, onSmallPages } from './embedded.js';

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
    for (const later of [0, 5]) await traffic.halt('digests', at + later);
    expect(await traffic.sending('digests')).toEqual({ haltedAt: at });
    expect(await traffic.sending('confirmations')).toEqual({});
    expect(await traffic.resume('digests', at + 9)).toBe('resumed');
    expect(await traffic.resume('digests', at + 10)).toBe('not-halted');
    expect(await traffic.sending('digests')).toEqual({ resumedAt: at + 9 });
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

  it('is kept for three days', async () => {
    const TableName = await dynamo().createTable('runs');
    await trafficRepository(dynamo().client, TableName).add(at, { seen: 1 });
    const Key = { pk: 'mail-traffic', sk: '2026-08-07T05:15:00.000Z' };
    const { Item } = await dynamo().client.send(new GetCommand({ TableName, Key }));
    expect(Item?.expiresAt).toBe((at + 3 * dayMs) / 1000);
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
});
