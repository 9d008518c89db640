import { beforeEach, describe, expect, it } from '@jest/globals';
import { type DeliveryDays, workdays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aConfirmation, aProfile, aState, subscriberId } from '../../support/builders.js';
import { anOwnTopic } from '../../support/filters.js';
import { at, claimOn, id, seenOn, stepsIn } from './one-subscriber.js';

const berlin = slotOf('Europe/Berlin', 7);

/** How every store of subscribers keeps, lists and stops them. */
export function keepingContract(make: () => Promise<SubscriberRepository>): void {
  let subscribers: SubscriberRepository;
  const { load, add } = stepsIn(() => subscribers);
  beforeEach(async () => {
    subscribers = await make();
  });

  describe('keeping subscribers', () => {
    it('adds an active subscriber whom no edition has touched', async () => {
      const profile = aProfile({
        topics: [{ catalogueId: 'tables' }, anOwnTopic('Agents', 'agent* OR "tool use"')],
      });
      expect(await subscribers.put(id, profile, at)).toBe('added');
      expect(await load()).toEqual({ id, state: aState(), profile });
    });

    it('keeps a learned topic byte for byte beside the others', async () => {
      const like = Uint8Array.from({ length: 3000 }, (_, index) => index % 256);
      const profile = aProfile({ topics: [{ catalogueId: 'tables' }, { name: 'Like mine', n: 5, like }] });
      await subscribers.put(id, profile, at);
      expect((await load()).profile).toEqual(profile);
    });

    it('leaves out who does not exist, and keeps the order asked for', async () => {
      const known = [9, 3, 60, 7].map(subscriberId);
      for (const each of known) await subscribers.put(each, aProfile(), at);
      const asked = [subscriberId(9), subscriberId(1), subscriberId(60), subscriberId(7), subscriberId(3)];
      expect((await subscribers.load(asked)).map((found) => found.id)).toEqual([9, 60, 7, 3].map(subscriberId));
      expect(await subscribers.load([])).toEqual([]);
    });

    it('gives the states alone of those who have one, whatever their status', async () => {
      await subscribers.claim(await add(), claimOn('2026-08-07'), [seenOn('2026-08-07', 2)]);
      await subscribers.put(subscriberId(9), aProfile(), at);
      await subscribers.stop(subscriberId(9), 'unsubscribed', at);
      const stateOf = await subscribers.states([id, subscriberId(9), subscriberId(10), id]);
      const { slot: _, ...state } = (await load()).state;
      expect(stateOf(id)).toMatchObject(state);
      expect(stateOf(subscriberId(9))).toMatchObject({ status: 'unsubscribed' });
      expect(stateOf(subscriberId(10))).toBeUndefined();
    });

    it('updates profile and slot, and keeps claim, outcomes and seen papers', async () => {
      await subscribers.claim(await add(), claimOn('2026-08-06'), [seenOn('2026-08-06', 1)]);
      await subscribers.record(await load(), 'sent', claimOn('2026-08-06'));
      await subscribers.claim(await load(), claimOn('2026-08-07'), [seenOn('2026-08-06', 1), seenOn('2026-08-07', 2)]);
      const before = await load();
      const profile = aProfile({ hour: 20, maxPapers: 3 });
      expect(await subscribers.put(id, profile, at + 1)).toBe('updated');
      expect(await load()).toEqual({ id, profile, state: { ...before.state, slot: slotOf('Europe/Berlin', 20) } });
    });

    it('does not revive who left or was suppressed', async () => {
      for (const status of ['unsubscribed', 'suppressed'] as const) {
        await add();
        await subscribers.stop(id, status, at);
        expect(await subscribers.put(id, aProfile({ hour: 9 }), at)).toBe('not-active');
        expect(await load()).toEqual({ id, state: aState({ status }), profile: aProfile() });
      }
    });

    it('adds once, however many add at the same time', async () => {
      const results = await Promise.all(Array.from({ length: 20 }, () => subscribers.put(id, aProfile(), at)));
      expect(results.filter((result) => result === 'added')).toHaveLength(1);
      expect(results.filter((result) => result === 'updated')).toHaveLength(19);
    });
  });

  describe('slots', () => {
    it('knows every slot that was chosen, once', async () => {
      await subscribers.put(subscriberId(1), aProfile({ timeZone: 'UTC', hour: 5 }), at);
      await subscribers.put(subscriberId(2), aProfile(), at);
      await subscribers.put(subscriberId(3), aProfile(), at);
      expect(await subscribers.slots()).toEqual([berlin, slotOf('UTC', 5)]);
    });

    it('knows the slots that have some weekday among their days, each once, and those of every day always', async () => {
      const choices = [undefined, workdays, '5', 'w6'] as (DeliveryDays | undefined)[];
      for (const [number, days] of choices.entries()) {
        await subscribers.put(subscriberId(number), aProfile(days && { days }), at);
      }
      const [daily, monday, friday, saturday] = choices.map((days) => slotOf('Europe/Berlin', 7, days));
      expect(await subscribers.slots([])).toEqual([daily]);
      expect(await subscribers.slots([1])).toEqual([daily, monday]);
      expect(await subscribers.slots([5])).toEqual([daily, monday, friday]);
      expect(await subscribers.slots([5, 6, 1])).toEqual([daily, monday, friday, saturday]);
      expect(await subscribers.slots()).toEqual([daily, monday, friday, saturday]);
    });

    it('keeps the subscribers of one hour apart by their days', async () => {
      const days = 'w5' as DeliveryDays;
      await subscribers.put(subscriberId(1), aProfile(), at);
      await subscribers.put(subscriberId(2), aProfile({ days }), at);
      expect(await subscribers.inSlot(berlin)).toEqual([subscriberId(1)]);
      expect(await subscribers.inSlot(slotOf('Europe/Berlin', 7, days))).toEqual([subscriberId(2)]);
      const [found] = await subscribers.load([subscriberId(2)]);
      expect([found?.state.slot, found?.profile.days]).toEqual(['Europe/Berlin@07/w5', 'w5']);
    });

    it('pages through the active subscribers of a slot in the order of their ids', async () => {
      const ids = Array.from({ length: 23 }, (_, index) => subscriberId(index));
      await Promise.all(ids.map((each) => subscribers.put(each, aProfile(), at)));
      await subscribers.put(subscriberId(50), aProfile({ hour: 8 }), at);
      const pages: string[][] = [];
      for (let last: (typeof ids)[number] | undefined; ; last = pages.at(-1)?.at(-1) as typeof last) {
        const page = await subscribers.inSlot(berlin, last, 5);
        if (page.length === 0) break;
        pages.push([...page]);
      }
      expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
      expect(pages.flat()).toEqual(ids);
      expect(await subscribers.inSlot(berlin)).toEqual(ids);
    });

    it('goes on behind an id that is no longer there', async () => {
      for (const number of [1, 3]) await subscribers.put(subscriberId(number), aProfile(), at);
      expect(await subscribers.inSlot(berlin, subscriberId(2), 5)).toEqual([subscriberId(3)]);
    });

    it('takes who left, or moved to another hour, out of the slot', async () => {
      for (const number of [1, 2, 3]) await subscribers.put(subscriberId(number), aProfile(), at);
      await subscribers.stop(subscriberId(1), 'unsubscribed', at);
      await subscribers.put(subscriberId(2), aProfile({ hour: 8 }), at);
      expect(await subscribers.inSlot(berlin)).toEqual([subscriberId(3)]);
      expect(await subscribers.inSlot(slotOf('Europe/Berlin', 8))).toEqual([subscriberId(2)]);
    });
  });

  describe('stopping', () => {
    it('keeps everything but the place in the slot', async () => {
      await subscribers.claim(await add(), claimOn('2026-08-07'), [seenOn('2026-08-07', 1)]);
      const before = await load();
      expect(await subscribers.stop(id, 'unsubscribed', at)).toBe('stopped');
      expect(await load()).toEqual({ ...before, state: { ...before.state, status: 'unsubscribed' } });
      expect(await subscribers.inSlot(berlin)).toEqual([]);
    });

    it('changes nothing the second time, and lets suppressed win', async () => {
      await add();
      expect(await subscribers.stop(id, 'unsubscribed', at)).toBe('stopped');
      expect(await subscribers.stop(id, 'unsubscribed', at)).toBe('unchanged');
      expect(await subscribers.stop(id, 'suppressed', at)).toBe('stopped');
      expect(await subscribers.stop(id, 'suppressed', at)).toBe('unchanged');
      expect(await subscribers.stop(id, 'unsubscribed', at)).toBe('unchanged');
      expect((await load()).state.status).toBe('suppressed');
    });

    it('does not know strangers, and does not make them known', async () => {
      expect(await subscribers.stop(subscriberId(99), 'suppressed', at)).toBe('unknown');
      expect(await subscribers.stop(subscriberId(99), 'unsubscribed', at)).toBe('unknown');
      expect(await subscribers.load([subscriberId(99)])).toEqual([]);
    });

    it('leaves a mark without an address of who complained, also where nothing is kept any more', async () => {
      const complained = subscriberId(99);
      expect(await subscribers.markComplaint(complained, at)).toBe('stopped');
      expect(await subscribers.markComplaint(complained, at)).toBe('unchanged');
      expect(await subscribers.statusOf(complained, at)).toBe('suppressed');
      expect(await subscribers.load([complained])).toEqual([]);
      await add();
      expect(await subscribers.markComplaint(id, at)).toBe('stopped');
      for (const marked of [id, complained]) {
        expect(await subscribers.erase(marked, at)).toBe('erased');
        const answer = await subscribers.request(marked, aProfile(), aConfirmation(), at);
        expect([answer, await subscribers.mayComeBack(marked)]).toEqual(['not-new', false]);
      }
    });

    it('is not stopped by a bounce of a mail from before the address was confirmed', async () => {
      await subscribers.request(id, aProfile(), aConfirmation(), at);
      await subscribers.confirm(id, aConfirmation().tokenHash, at + 5);
      expect(await subscribers.stop(id, 'bounced', at + 9, at + 4)).toBe('unchanged');
      expect(await subscribers.statusOf(id, at)).toBe('active');
      expect(await subscribers.stop(id, 'bounced', at + 9, at + 5)).toBe('stopped');
    });

    it('never loses an unsubscribe that races with a claim', async () => {
      const subscriber = await add();
      const [claimed] = await Promise.all([
        subscribers.claim(subscriber, claimOn('2026-08-07'), []),
        subscribers.stop(id, 'unsubscribed', at),
      ]);
      const { state } = await load();
      expect(state.status).toBe('unsubscribed');
      expect(state.claim !== undefined).toBe(claimed === 'claimed');
    });
  });
}
