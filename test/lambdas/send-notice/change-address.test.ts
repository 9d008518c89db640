import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SendNotice } from '../../../shared/contract/messages.js';
import { dayMs, hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { standingAfter } from '../../../shared/domain/subscriber/lifecycle.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { SubscriberState } from '../../../shared/domain/subscriber/subscriber.js';
import type { SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import { aClaim, aProfile, aState, aSubscriber, day } from '../../support/builders.js';
import { aNoticeHouse, aRequest, canary, canaryId, idOf, noon } from './notice-house.js';

const newAddress = 'new.nest@example.org';
const newId = idOf(newAddress);
const had = { edition: day('2026-08-06'), places: [0, 2] };

const aReader = (state: Partial<SubscriberState> = {}) =>
  aSubscriber({
    id: canaryId,
    state: aState({ edition: day('2026-08-07'), seen: [had], ...state }),
    profile: aProfile({ address: canary, topics: [{ name: 'Secretword', filter: 'tables' }] }),
  });

const aChange = (address = newAddress, requestedAt = noon): SendNotice => ({
  kind: 'change-address',
  subscriber: canaryId,
  address,
  page: '2026-11',
  requestedAt,
});

/** The message that follows when the link in the newest mail is pressed. */
function pressed(raw: string, to = newId, confirmedAt = noon + minuteMs): SendNotice {
  const [, random = ''] = /confirm\?token=[\w-]{22}\.([\w-]{43})\s/.exec(raw) ?? [];
  const tokenHash = createHash('sha256').update(random).digest('hex');
  return { kind: 'move-subscription', from: canaryId, to, tokenHash, confirmedAt };
}

/** A house in which the new address has confirmed. */
async function confirmed(state: Partial<SubscriberState> = {}) {
  const answers: SendAnswer[] = [];
  const house = aNoticeHouse({ subscribers: [aReader(state)], answers });
  await house.deliver(aChange());
  const message = pressed(house.sent[0]!.raw);
  house.time.now += minuteMs;
  await house.consents.append({
    subscriber: newId,
    event: 'confirmed',
    at: noon + minuteMs,
    cause: 'change of address',
  });
  const statuses = () => Promise.all([canaryId, newId].map((id) => house.store.statusOf(id, house.time.now)));
  return { ...house, answers, message, statuses };
}

it('takes from the hourly budget, for one subscriber, no more than one of many may', async () => {
  const { deliver, requests, sent } = aNoticeHouse({ subscribers: [aReader()] });
  const outcomes: unknown[] = [];
  for (let time = 0; time < 40; time += 1) {
    const origin = { lane: 'proven', network: 'this subscriber', domain: `domain ${time}` } as const;
    await requests.count(origin, noon);
    const report = await deliver({ ...aChange(`nest${time}@example${time}.org`), origin } as SendNotice);
    outcomes.push(report.outcome);
  }
  // One as a newcomer, and the share of one network of an hour's 520.
  expect([sent.length, outcomes.filter((outcome) => outcome === 'put-back').length]).toEqual([27, 13]);
});

describe('the link that begins a change of address', () => {
  it('goes to the present address, works for that mailbox alone, and is mailed once in 24 hours', async () => {
    const { deliver, sent, time } = aNoticeHouse({ subscribers: [aReader()] });
    const ask = { kind: 'address-link', subscriber: canaryId } as const;
    expect(await deliver(ask)).toMatchObject({ outcome: 'mailed' });
    expect(sent[0]!.to).toBe(canary);
    expect(sent[0]!.raw).toMatch(/https:\/\/pages\.example\.org\/address\?token=k1\./);
    expect(sent[0]!.raw).not.toContain('/preferences');
    time.now += dayMs - 1;
    expect(await deliver(ask)).toMatchObject({ outcome: 'too-soon' });
    time.now += 1;
    expect(await deliver(ask)).toMatchObject({ outcome: 'mailed' });
    expect(sent).toHaveLength(2);
  });

  it('is mailed to nobody who is not subscribed', async () => {
    for (const status of ['pending', 'unsubscribed', 'suppressed', 'moving'] as const) {
      const { deliver, sent } = aNoticeHouse({ subscribers: [aReader({ status })] });
      expect(await deliver({ kind: 'address-link', subscriber: canaryId })).toMatchObject({
        outcome: 'not-subscribed',
      });
      expect(sent).toEqual([]);
    }
  });
});

describe('a request for another address', () => {
  it('is mailed to the new one without a word of the subscription, and changes nothing yet', async () => {
    const { deliver, sent, store, consents, stateOf } = aNoticeHouse({ subscribers: [aReader()] });
    expect(await deliver(aChange())).toMatchObject({ notice: 'confirmation', outcome: 'mailed', subscriber: newId });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: newAddress, tags: { subscriber: newId } });
    const body = sent[0]!.raw.slice(sent[0]!.raw.indexOf('\r\n\r\n'));
    for (const word of ['Secretword', 'Berlin', 'canary', '@example.org']) expect(body).not.toContain(word);
    expect(await stateOf()).toEqual(aReader().state);
    const expiresAt = noon + 48 * hourMs;
    expect(await stateOf(newId)).toMatchObject({ status: 'pending', confirmation: { expiresAt, movesFrom: canaryId } });
    expect((await consents.of(newId)).map(({ event, cause }) => [event, cause])).toEqual([
      ['requested', 'change of address'],
    ]);
    expect(await store.confirm(newId, (await stateOf(newId))!.confirmation!.tokenHash, noon)).toBe('refused');
  });

  it('shares the limits of sign-ups: whoever was asked today is not asked again, however it came about', async () => {
    const { deliver, sent, time } = aNoticeHouse({ subscribers: [aReader()] });
    await deliver(aRequest({ address: newAddress }));
    expect(await deliver(aChange())).toMatchObject({ outcome: 'too-soon' });
    for (let more = 1; more <= 4; more += 1) {
      time.now += dayMs;
      await deliver(aChange(newAddress, time.now));
      await deliver(aRequest({ address: newAddress, requestedAt: time.now }));
    }
    expect(sent).toHaveLength(3);
  });

  it('shares their hourly budget', async () => {
    const { deliver, sent, putBack } = aNoticeHouse({ subscribers: [aReader()], per24Hours: 96 });
    for (const name of ['a', 'b', 'c']) await deliver(aChange(`${name}@example.org`));
    expect(sent).toHaveLength(1);
    expect(putBack.map(({ message }) => message.kind)).toEqual(['change-address', 'change-address']);
  });

  it('tells a subscribed address that nothing has changed, and a suppressed one nothing', async () => {
    for (const [status, mails] of [
      ['active', 1],
      ['suppressed', 0],
    ] as const) {
      const other = aSubscriber({ id: newId, state: aState({ status }), profile: aProfile({ address: newAddress }) });
      const { deliver, sent, stateOf } = aNoticeHouse({ subscribers: [aReader(), other] });
      await deliver(aChange());
      expect(sent).toHaveLength(mails);
      if (mails) expect(sent[0]!.raw).toContain('nothing has changed');
      expect(await stateOf(newId)).toEqual(other.state);
      expect(await stateOf()).toEqual(aReader().state);
    }
  });

  it('is nothing once its subscriber has left', async () => {
    const { deliver, sent } = aNoticeHouse({ subscribers: [aReader({ status: 'unsubscribed' })] });
    expect(await deliver(aChange())).toEqual({ kind: 'change-address', outcome: 'not-subscribed' });
    expect(sent).toEqual([]);
  });
});

describe('a confirmed change of address', () => {
  it('takes claim and seen papers along, tells the old address, erases it, and is journalled', async () => {
    const { deliver, message, sent, store, consents, statuses, stateOf } = await confirmed({ quietEditions: 3 });
    expect(await deliver(message)).toMatchObject({ outcome: 'moved', subscriber: newId });
    expect(await statuses()).toEqual(['none', 'active']);
    expect(await stateOf(newId)).toEqual(aState({ edition: day('2026-08-07'), seen: [had], quietEditions: 3 }));
    const [moved] = await store.load([newId]);
    expect(moved?.profile).toEqual({ ...aReader().profile, address: newAddress });
    expect(sent[1]!.to).toBe(canary);
    expect(sent[1]!.raw).not.toContain(newAddress);
    const eventsOf = async (id: typeof newId) => (await consents.of(id)).map(({ event }) => event);
    expect(await eventsOf(newId)).toEqual(['requested', 'confirmed']);
    expect(await eventsOf(canaryId)).toEqual(['erased']);
    expect(await deliver(message)).toMatchObject({ outcome: 'not-moving' });
    expect(sent).toHaveLength(2);
  });

  it('never says in a log which addresses they were', async () => {
    const { deliver, message, log } = await confirmed();
    await deliver(message);
    for (const line of log) for (const word of [canary, newAddress]) expect(line).not.toContain(word);
  });

  it('waits for a digest on its way to the old address, and moves when that has ended', async () => {
    const claim = aClaim({ at: noon, edition: day('2026-08-07') });
    const { deliver, message, putBack, statuses, store, time, stateOf } = await confirmed({ claim });
    expect(await deliver(message)).toMatchObject({ outcome: 'waits' });
    expect(putBack).toEqual([{ message, delaySeconds: 900 }]);
    expect(await statuses()).toEqual(['active', 'moving']);
    await store.record((await store.load([canaryId]))[0]!, 'sent', claim);
    time.now += 15 * minuteMs;
    expect(await deliver(message)).toMatchObject({ outcome: 'moved' });
    expect((await stateOf(newId))?.outcomes).toMatchObject([{ edition: '2026-08-07', outcome: 'sent' }]);
  });

  it('gives the edition to the new address when the run had asked for the old one and not come to it', async () => {
    for (const isPlanned of [true, false]) {
      const { deliver, message, runs } = await confirmed({ edition: day('2026-08-06') });
      const slot = slotOf('Europe/Berlin', 7);
      if (isPlanned) await runs.completePlan(day('2026-08-07'), slot, noon);
      await deliver(message);
      const batches = await runs.batchesOf(day('2026-08-07'));
      expect(batches.flatMap(({ subscribers }) => subscribers)).toEqual(isPlanned ? [newId] : []);
    }
  });

  it('waits with the note, and with erasing, while SES takes no mail, but for no longer than a day', async () => {
    const away = { kind: 'paused', reason: 'quota' } as const;
    for (const hours of [1, 25]) {
      const { deliver, message, sent, putBack, statuses, time, answers } = await confirmed();
      answers.push(away, away);
      expect(await deliver(message)).toMatchObject({ outcome: 'waits' });
      expect(putBack).toEqual([{ message, delaySeconds: 900 }]);
      expect(await statuses()).toEqual(['moving', 'active']);
      time.now += hours * hourMs;
      if (hours === 1) answers.length = 0;
      expect(await deliver(message)).toMatchObject({ outcome: 'moved' });
      expect(await statuses()).toEqual(['none', 'active']);
      expect(sent).toHaveLength(hours === 1 ? 2 : 1);
    }
  });

  it('keeps a pause', async () => {
    const { deliver, message, stateOf, consents } = await confirmed({ status: 'paused' });
    await deliver(message);
    expect(await stateOf(newId)).toMatchObject({ status: 'paused' });
    expect(standingAfter(await consents.of(newId))).toBe('paused');
  });

  it('is won by the first of two, and nothing is kept of the other', async () => {
    const { deliver, message, sent, store, time, consents } = await confirmed();
    const third = 'third.nest@example.org';
    const thirdId = idOf(third);
    await deliver(aChange(third, time.now));
    const other = pressed(sent[1]!.raw, thirdId, time.now);
    expect(await store.beginMove(thirdId, (other as { tokenHash: string }).tokenHash, time.now)).toBe('moving');
    time.now += minuteMs;
    expect(await deliver(message)).toMatchObject({ outcome: 'moved' });
    expect(await deliver(other)).toMatchObject({ outcome: 'called-off' });
    expect(await store.load([thirdId])).toEqual([]);
    expect(standingAfter(await consents.of(thirdId))).toBe('none');
    expect(await store.statusOf(newId, time.now)).toBe('active');
  });

  it('ends with the subscription when its reader leaves in between, at whichever address', async () => {
    for (const [leaver, outcome] of [
      [canaryId, 'called-off'],
      [newId, 'not-moving'],
    ] as const) {
      const { deliver, message, store, statuses, time } = await confirmed();
      await store.beginMove(newId, (message as { tokenHash: string }).tokenHash, time.now);
      await store.stop(leaver, 'unsubscribed', time.now);
      expect(await deliver(message)).toMatchObject({ outcome });
      expect(await statuses()).toEqual(leaver === canaryId ? ['unsubscribed', 'none'] : ['active', 'unsubscribed']);
    }
  });

  it('ends at both when the old address unsubscribes between the last two steps', async () => {
    const { deliver, message, store, statuses, time, consents } = await confirmed();
    const { tokenHash } = message as { tokenHash: string };
    const move = { from: canaryId, to: newId };
    await store.beginMove(newId, tokenHash, time.now);
    await store.leave(move, time.now, time.now);
    await store.arrive(move, time.now);
    await store.stop(canaryId, 'unsubscribed', time.now);
    expect(await deliver(message)).toMatchObject({ outcome: 'left' });
    expect(await statuses()).toEqual(['unsubscribed', 'unsubscribed']);
    expect(standingAfter(await consents.of(newId))).toBe('unsubscribed');
  });

  it('goes on wherever it died, with one mail to the old address and never two subscribers', async () => {
    let died = 0;
    for (let deadly = 0; ; deadly += 1) {
      const house = await confirmed({ edition: day('2026-08-06') });
      await house.runs.completePlan(day('2026-08-07'), slotOf('Europe/Berlin', 7), noon);
      let call = 0;
      const mortal = (part: object) => {
        for (const [name, method] of Object.entries(part)) {
          if (typeof method !== 'function') continue;
          const dying = async (...args: unknown[]) => {
            const turn = call;
            call += 1;
            // Every other death comes when the write is made and its reply is lost.
            if (turn === deadly / 2) throw new Error('killed before');
            const answer = await method.apply(part, args);
            if (turn === (deadly - 1) / 2) throw new Error('killed after');
            return answer;
          };
          Object.assign(part, { [name]: dying });
        }
      };
      const { statusOf } = house.store;
      for (const part of [house.store, house.consents, house.runs, house.signups]) mortal(part);
      let isDead = false;
      await house.deliver(house.message).catch(() => {
        isDead = true;
      });
      if (isDead) call = Number.NEGATIVE_INFINITY;
      else deadly = -1;
      const statuses = async () => Promise.all([canaryId, newId].map((id) => statusOf(id, house.time.now)));
      expect((await statuses()).filter((status) => status === 'active').length).toBeLessThanOrEqual(1);
      house.time.now += 11 * minuteMs;
      const again = await house.deliver(house.message);
      expect(['moved', 'not-moving']).toContain(again.outcome);
      expect(await statuses()).toEqual(['none', 'active']);
      expect(house.sent.map(({ to }) => to)).toEqual([newAddress, canary]);
      expect((await house.runs.batchesOf(day('2026-08-07'))).flatMap(({ subscribers }) => subscribers)).toEqual([
        newId,
      ]);
      expect(standingAfter(await house.consents.of(canaryId))).toBe('none');
      if (!isDead) break;
      died += 1;
    }
    expect(died).toBeGreaterThan(20);
  });
});
