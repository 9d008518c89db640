import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aConfirmation, aProfile, aState, instant, subscriberId } from '../../support/builders.js';

const at = instant('2026-08-01T12:00');
const berlin = slotOf('Europe/Berlin', 7);
const evening = slotOf('Europe/Berlin', 20);
const id = subscriberId(1);
const confirmation = aConfirmation();
const later = aProfile({ hour: 20, maxPapers: 3 });

/** How every store of subscribers lets them change their choices and pause. */
export function preferencesContract(make: () => Promise<SubscriberRepository>): void {
  let subscribers: SubscriberRepository;
  const find = async (): Promise<Subscriber | undefined> => (await subscribers.load([id]))[0];
  const request = () => subscribers.request(id, aProfile(), confirmation, at);
  const confirm = () => subscribers.confirm(id, confirmation.tokenHash, at);
  const subscribe = async () => {
    await request();
    await confirm();
  };
  beforeEach(async () => {
    subscribers = await make();
  });

  describe('changing', () => {
    it('moves an active subscriber to another slot with the new profile', async () => {
      await subscribe();
      expect(await subscribers.change(id, later, at)).toBe('changed');
      expect(await find()).toEqual({ id, state: aState({ slot: evening }), profile: later });
      expect(await subscribers.inSlot(berlin)).toEqual([]);
      expect(await subscribers.inSlot(evening)).toEqual([id]);
      expect(await subscribers.slots()).toEqual([evening, berlin].sort());
    });

    it('moves a subscriber to other days, back to every day, and keeps what was claimed', async () => {
      const days = 'w5' as DeliveryDays;
      const weekly = slotOf('Europe/Berlin', 7, days);
      await subscribe();
      await subscribers.claim((await find())!, aClaim(), []);
      expect(await subscribers.change(id, aProfile({ days }), at)).toBe('changed');
      expect(await find()).toMatchObject({ state: { slot: weekly, claim: aClaim() }, profile: { days } });
      expect([await subscribers.inSlot(berlin), await subscribers.inSlot(weekly)]).toEqual([[], [id]]);
      expect(await subscribers.slots([5])).toEqual([berlin, weekly]);
      expect(await subscribers.change(id, aProfile(), at)).toBe('changed');
      expect((await find())?.profile).toEqual(aProfile());
      expect([await subscribers.inSlot(berlin), await subscribers.inSlot(weekly)]).toEqual([[id], []]);
    });

    it('keeps what was ticked, and drops it again', async () => {
      await subscribe();
      const ticked = aProfile({ aiSummaries: false, quietDays: 'best-unseen' });
      await subscribers.change(id, ticked, at);
      expect((await find())?.profile).toEqual(ticked);
      await subscribers.change(id, later, at);
      expect((await find())?.profile).toEqual(later);
    });

    it('keeps what is left out, and drops it again', async () => {
      await subscribe();
      const choosy = aProfile({ never: ['author:"Ada Moss"', '"wax lamps"'] });
      await subscribers.change(id, choosy, at);
      expect((await find())?.profile).toEqual(choosy);
      await subscribers.change(id, later, at);
      expect((await find())?.profile).toEqual(later);
    });

    it('goes on through many changes at once, and ends with one of them whole', async () => {
      await subscribe();
      const profiles = Array.from({ length: 12 }, (_, hour) => aProfile({ hour, maxPapers: hour + 1 }));
      const results = await Promise.all(profiles.map((profile) => subscribers.change(id, profile, at)));
      expect(new Set(results)).toEqual(new Set(['changed']));
      const { profile, state } = (await find())!;
      expect(profiles).toContainEqual(profile);
      expect(state.slot).toBe(slotOf(profile.timeZone, profile.hour));
    });

    it('leaves a paused subscriber paused', async () => {
      await subscribe();
      await subscribers.pause(id, undefined, at);
      expect(await subscribers.change(id, later, at)).toBe('changed');
      expect(await find()).toEqual({ id, state: aState({ status: 'paused', slot: evening }), profile: later });
      expect(await subscribers.inSlot(evening)).toEqual([]);
      await subscribers.resume(id, at);
      expect(await subscribers.inSlot(evening)).toEqual([id]);
    });

    it('is refused to everybody else', async () => {
      expect(await subscribers.change(id, later, at)).toBe('refused');
      await request();
      expect(await subscribers.change(id, later, at)).toBe('refused');
      await confirm();
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.change(id, later, at)).toBe('refused');
      expect((await find())?.profile).toEqual(aProfile());
    });
  });

  describe('pausing', () => {
    it('for a time keeps the slot, and sends nothing', async () => {
      await subscribe();
      expect(await subscribers.pause(id, at + 5, at)).toBe('paused');
      const paused = (await find())!;
      expect(paused.state).toEqual(aState({ status: 'paused', pausedUntil: at + 5 }));
      expect(await subscribers.inSlot(berlin)).toEqual([id]);
      expect(await subscribers.claim(paused, aClaim(), [])).toBe('not-active');
      await subscribers.change(id, later, at);
      expect(await subscribers.inSlot(evening)).toEqual([id]);
    });

    it('without a time leaves the slot', async () => {
      await subscribe();
      expect(await subscribers.pause(id, undefined, at)).toBe('paused');
      expect((await find())?.state).toEqual(aState({ status: 'paused' }));
      expect(await subscribers.inSlot(berlin)).toEqual([]);
    });

    it('ends with resuming, which one of many does', async () => {
      for (const until of [undefined, at + 5]) {
        await subscribers.put(id, aProfile(), at);
        await subscribers.pause(id, until, at);
        const results = await Promise.all(Array.from({ length: 10 }, () => subscribers.resume(id, at)));
        expect(results.filter((result) => result === 'resumed')).toHaveLength(1);
        expect(await find()).toEqual({ id, state: aState(), profile: aProfile() });
        expect(await subscribers.inSlot(berlin)).toEqual([id]);
      }
    });

    it('is ended by its time only while it is the very one that had this time', async () => {
      await subscribers.put(id, aProfile(), at);
      expect(await subscribers.endPause(id, at + 5, at)).toBe('refused');
      await subscribers.pause(id, at + 5, at);
      expect(await subscribers.endPause(id, at + 4, at)).toBe('refused');
      const results = await Promise.all(Array.from({ length: 10 }, () => subscribers.endPause(id, at + 5, at)));
      expect(results.filter((result) => result === 'resumed')).toHaveLength(1);
      expect(await find()).toEqual({ id, state: aState(), profile: aProfile() });
      for (const until of [at + 6, undefined]) {
        await subscribers.pause(id, until, at);
        expect(await subscribers.endPause(id, at + 5, at)).toBe('refused');
        expect((await find())?.state.status).toBe('paused');
        await subscribers.resume(id, at);
      }
    });

    it('is for active subscribers, and resuming for paused ones', async () => {
      await request();
      expect(await subscribers.pause(id, at, at)).toBe('refused');
      expect(await subscribers.resume(id, at)).toBe('refused');
      await confirm();
      expect(await subscribers.resume(id, at)).toBe('refused');
      await subscribers.pause(id, at + 5, at);
      expect(await subscribers.pause(id, undefined, at)).toBe('refused');
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.resume(id, at)).toBe('refused');
      expect((await find())?.state).toEqual(aState({ status: 'unsubscribed' }));
      expect(await subscribers.inSlot(berlin)).toEqual([]);
    });
  });
}
