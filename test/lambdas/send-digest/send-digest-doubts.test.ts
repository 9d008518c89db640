import { describe, expect, it } from '@jest/globals';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import { subscriberId } from '../../support/builders.js';
import { aDigestHouse, due, reader, run } from './digest-house.js';

const lost: SendAnswer = { kind: 'lost', reason: 'reset' };
const simulator = 'success@simulator.amazonses.com';
const readers = (count: number) => Array.from({ length: count }, (_, index) => reader(index + 1));

type House = Awaited<ReturnType<typeof aDigestHouse>>;

/** Lets five mails of others be accepted at this instant, and their events come. */
const eventsCome = ({ traffic }: House, at: number) => traffic.add(at, { accepted: 5, seen: 5 });
const digestsIn = ({ sent }: House) => sent.filter(({ to }) => to !== simulator);
const probesIn = ({ sent }: House) => sent.filter(({ to }) => to === simulator);

/** Goes on to the job of a later tick. */
const later = (house: House, minutes = 15) => {
  house.time.now += minutes * minuteMs;
  return house.send();
};

describe('a lost reply', () => {
  it('leaves the claim in doubt: nothing is sent again before 30 minutes', async () => {
    const house = await aDigestHouse([reader(1)], { answers: [lost] });
    expect(await house.send()).toMatchObject({ open: 1 });
    await eventsCome(house, due + 12 * minuteMs);
    expect(await later(house, 29)).toMatchObject({ open: 1 });
    expect(digestsIn(house)).toHaveLength(1);
  });

  it('is repeated once when events of mails accepted after it came through', async () => {
    const house = await aDigestHouse([reader(1)], { answers: [lost] });
    await house.send();
    await eventsCome(house, due + 12 * minuteMs);
    expect(await later(house, 30)).toMatchObject({ sent: 1, open: 0 });
    expect(house.sent.map(({ tags }) => tags.attempt)).toEqual(['1', '2']);
  });

  it('is not repeated on the word of older events, and its claim stays open until the digest expires', async () => {
    const house = await aDigestHouse([reader(1)], { answers: [lost] });
    await eventsCome(house, due);
    await house.send();
    await eventsCome(house, due);
    for (let hour = 1; hour < 20; hour += 1) expect(await later(house, 60)).toMatchObject({ open: 1, uncertain: 0 });
    expect(await later(house, 60)).toMatchObject({ uncertain: 1, open: 0 });
    expect(digestsIn(house)).toHaveLength(1);
    expect((await house.runs.balance(run)).uncertainSubscribers).toEqual([subscriberId(1)]);
  });

  it('ends as uncertain, and is listed, when the second reply is lost too and events come through', async () => {
    const house = await aDigestHouse([reader(1)], { answers: [lost, lost] });
    await house.send();
    for (let round = 1; round <= 3; round += 1) {
      await eventsCome(house, house.time.now + 12 * minuteMs);
      await later(house, 30);
    }
    expect(digestsIn(house)).toHaveLength(2);
    expect(await house.runs.balance(run)).toMatchObject({ uncertain: 1, open: 0 });
  });

  it('is not repeated to one who left meanwhile', async () => {
    const house = await aDigestHouse([reader(1)], { answers: [lost] });
    await house.send();
    await house.store.stop(subscriberId(1), 'suppressed', due);
    await eventsCome(house, due + 12 * minuteMs);
    expect(await later(house, 30)).toMatchObject({ suppressed: 1, uncertain: 0, open: 0 });
    expect(digestsIn(house)).toHaveLength(1);
  });
});

describe('a probe', () => {
  it('is sent where no neighbour’s event settles a doubt, and once its own event has come the digest is repeated', async () => {
    const house = await aDigestHouse(readers(3), { answers: [lost] });
    expect(await house.send()).toMatchObject({ sent: 2, open: 1 });
    expect(probesIn(house)).toEqual([]);
    await later(house);
    const claimed = String(due + 15 * minuteMs);
    expect(probesIn(house)).toMatchObject([{ tags: { probe: 'events', claimed } }]);
    expect(await later(house)).toMatchObject({ open: 1 });
    await house.traffic.add(due + 30 * minuteMs, { probesSeen: 1 });
    expect(await later(house)).toMatchObject({ sent: 3, open: 0 });
    expect(digestsIn(house).map(({ tags }) => tags.attempt)).toEqual(['1', '1', '1', '2']);
  });

  it('is sent at most once in 15 minutes for a run, and not where the doubt is settled or the digest expired', async () => {
    const house = await aDigestHouse([reader(1)], { answers: [lost] });
    await house.send();
    for (const minutes of [15, 5, 5, 4]) await later(house, minutes);
    expect(probesIn(house)).toHaveLength(1);
    house.time.now = due + 20 * hourMs;
    await house.send();
    expect(probesIn(house)).toHaveLength(1);
    const settled = await aDigestHouse([reader(1)], { answers: [lost] });
    await settled.send();
    await eventsCome(settled, due + 12 * minuteMs);
    await later(settled, 30);
    expect(probesIn(settled)).toEqual([]);
  });

  it('that SES does not take keeps the batch from claiming more', async () => {
    const house = await aDigestHouse(readers(8), { answers: [lost, lost, lost, lost, lost, lost] });
    await house.send();
    expect(await later(house)).toMatchObject({ open: 8, stopped: 'in-doubt' });
    expect(await later(house, 5)).toMatchObject({ open: 8, stopped: 'in-doubt' });
    expect(digestsIn(house)).toHaveLength(5);
    expect(house.warnings.join()).toContain('SES did not take a probe');
  });
});

describe('too many bounces or complaints', () => {
  it('halt sending, which goes on only by the admin’s word, and then count no more', async () => {
    const house = await aDigestHouse(readers(2));
    await house.traffic.add(due - hourMs, { accepted: 1000, bounced: 40 });
    expect(await house.send()).toMatchObject({ open: 2, stopped: 'halted' });
    expect(await later(house)).toMatchObject({ open: 2, stopped: 'halted' });
    expect([house.sent, house.halts, house.stops]).toEqual([[], [1, 1], [0, 0]]);
    expect(house.warnings.join()).toContain('until the admin says so');
    await house.traffic.resume('digests', house.time.now);
    expect(await house.send()).toMatchObject({ sent: 2, open: 0 });
    expect(house.halts).toEqual([1, 1, 0]);
  });

  it('before the admin’s pause still count after it', async () => {
    const house = await aDigestHouse(readers(2));
    await house.traffic.halt('digests', due - 2 * hourMs, 'admin');
    await house.traffic.add(due - hourMs, { accepted: 1000, bounced: 40 });
    await house.traffic.resume('digests', due - minuteMs);
    expect(await house.send()).toMatchObject({ open: 2, stopped: 'halted' });
    expect(house.warnings.join()).toContain('until the admin says so');
  });

  it('of confirmations halt no digest', async () => {
    const house = await aDigestHouse(readers(2));
    await house.traffic.add(due - hourMs, { noticesAccepted: 60, noticesBounced: 60, noticesComplained: 9 });
    expect(await house.send()).toMatchObject({ sent: 2 });
  });
});

describe('a spell of 503', () => {
  it('costs a batch five claims in doubt, after which it waits, and is counted', async () => {
    const house = await aDigestHouse(readers(50), { answers: Array(50).fill(lost) });
    expect(await house.send()).toMatchObject({ open: 50, uncertain: 0, stopped: 'in-doubt' });
    expect(house.sent).toHaveLength(5);
    expect((await house.stateOf(6)).claim).toBeUndefined();
    expect(house.stops).toEqual([1]);
  });

  it.each([1, 24, 36])('of %i quarters of an hour loses no digest', async (ticks) => {
    const spell = Array(5 + ticks).fill(lost);
    const house = await aDigestHouse(readers(12), { answers: spell });
    await house.send();
    for (let tick = 0; tick < ticks; tick += 1) expect(await later(house)).toMatchObject({ uncertain: 0 });
    // SES is back: the mails it takes, and the probe, have their events.
    for (let tick = 0; tick < 3; tick += 1) {
      const accepted = house.sent.length;
      const claimedAt = house.time.now + 15 * minuteMs;
      await later(house);
      await house.traffic.add(claimedAt, { seen: house.sent.length - accepted, probesSeen: 1 });
    }
    expect(await house.runs.balance(run)).toMatchObject({ candidates: 12, sent: 12, open: 0, uncertain: 0 });
  });

  it('here and there stops nothing', async () => {
    const taken: SendAnswer = { kind: 'accepted', messageId: 'm' };
    const house = await aDigestHouse(readers(12), { answers: Array(12).fill([lost, lost, lost, lost, taken]).flat() });
    const report = await house.send();
    expect(report).toMatchObject({ sent: 2, open: 10 });
    expect(report).not.toHaveProperty('stopped');
  });
});

describe('the admin’s pause', () => {
  it('keeps the digests waiting until the admin’s word, and is no halt after bounces', async () => {
    const house = await aDigestHouse(readers(2));
    await house.traffic.halt('digests', due, 'admin');
    expect(await house.send()).toMatchObject({ open: 2, stopped: 'halted' });
    expect([house.sent, house.halts, house.pauses, house.stops]).toEqual([[], [0], [1], [0]]);
    expect(house.warnings).toEqual([]);
    await house.traffic.resume('digests', house.time.now);
    expect(await later(house)).toMatchObject({ sent: 2, open: 0 });
    expect([house.halts, house.pauses]).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it('stops a batch before its next claim, ten seconds later at most', async () => {
    const house = await aDigestHouse(readers(5));
    const pausing = async () => {
      house.time.now += 6000;
      if (house.sent.length === 1) await house.traffic.halt('digests', house.time.now, 'admin');
    };
    expect(await house.send({ paceFor: () => pausing })).toMatchObject({ sent: 2, open: 3, stopped: 'halted' });
    expect(house.sent).toHaveLength(2);
    for (const number of [3, 4, 5]) expect(await house.stateOf(number)).not.toHaveProperty('claim');
  });
});
