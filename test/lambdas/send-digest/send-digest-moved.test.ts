import { describe, expect, it } from '@jest/globals';
import { hourMs } from '../../../shared/domain/calendar-date.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import { aProfile, subscriberId } from '../../support/builders.js';
import { aDigestHouse, due, reader, run } from './digest-house.js';

/** A slot in which the edition falls due 23 hours later. */
const later = slotOf('Europe/Berlin', 6);
const laterDue = due + 23 * hourMs;
const mover = aProfile({ address: 'reader1@example.org', hour: 6 });
const paused: SendAnswer = { kind: 'paused', reason: 'under review' };

describe('the digest of a reader who moves to a later slot', () => {
  it.each([
    ['unclaimed', { quota: { per24Hours: 0 } }],
    ['claimed and unsent', { answers: [paused] }],
  ])('while it is %s does not expire with its batch, and goes out in the later slot', async (_, over) => {
    const house = await aDigestHouse([reader(1), reader(2)], over);
    await house.send();
    await house.store.change(subscriberId(1), mover, due);
    house.time.now = due + 21 * hourMs;
    expect(await house.send()).toMatchObject({ expired: 1, open: 1 });
    expect((await house.stateOf(1)).outcomes).toEqual([]);

    await house.runs.openBatch({ run, slot: later, seq: 0, subscribers: [subscriberId(1)] }, laterDue);
    house.time.now = laterDue;
    const quota = async () => ({ perSecond: 14, per24Hours: 50_000, sentLast24Hours: 0 });
    await house.send({ quota }, undefined, { run, batch: `${later}#0000` });
    expect(house.sent.map(({ to }) => to)).toEqual(['reader1@example.org']);
    expect(await house.send()).toMatchObject({ expired: 1, open: 0 });
    expect(await house.runs.balance(run)).toMatchObject({ candidates: 2, sent: 1, expired: 1, open: 0 });
  });

  it('expires with the later slot if SES takes none till then', async () => {
    const house = await aDigestHouse([reader(1)], { quota: { per24Hours: 0 } });
    await house.send();
    await house.store.change(subscriberId(1), mover, due);
    house.time.now = laterDue + 20 * hourMs - 1;
    expect(await house.send()).toMatchObject({ open: 1, expired: 0 });
    house.time.now = laterDue + 20 * hourMs;
    expect(await house.send()).toMatchObject({ open: 0, expired: 1 });
  });

  it('expires once it has in both slots', async () => {
    const house = await aDigestHouse([reader(1), reader(2)], { quota: { per24Hours: 0 } });
    await house.send();
    await house.store.change(subscriberId(1), { ...mover, timeZone: 'Asia/Kolkata', hour: 12 }, due);
    house.time.now = due + 22 * hourMs;
    expect(await house.send()).toMatchObject({ open: 0, expired: 2 });
  });
});
