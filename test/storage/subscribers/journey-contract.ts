import { beforeEach, describe, expect, it } from '@jest/globals';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aConfirmation, aProfile, aState, instant, subscriberId } from '../../support/builders.js';

const at = instant('2026-08-01T12:00');
const berlin = slotOf('Europe/Berlin', 7);
const evening = slotOf('Europe/Berlin', 20);
const id = subscriberId(1);
const confirmation = aConfirmation();
const { tokenHash, expiresAt } = confirmation;
const later = aProfile({ hour: 20, maxPapers: 3 });

/** How every store of subscribers takes them in. */
export function journeyContract(make: () => Promise<SubscriberRepository>): void {
  let subscribers: SubscriberRepository;
  const find = async (): Promise<Subscriber | undefined> => (await subscribers.load([id]))[0];
  const request = () => subscribers.request(id, aProfile(), confirmation, at);
  const confirm = () => subscribers.confirm(id, tokenHash, at);
  const subscribe = async () => {
    await request();
    await confirm();
  };
  beforeEach(async () => {
    subscribers = await make();
  });

  describe('asking for mail', () => {
    it('makes a pending subscriber, who is in no slot and cannot be claimed', async () => {
      expect(await request()).toBe('pending');
      expect(await find()).toEqual({ id, state: aState({ status: 'pending', confirmation }), profile: aProfile() });
      expect(await subscribers.statusOf(id, at)).toBe('pending');
      expect(await subscribers.slots()).toEqual([]);
      expect(await subscribers.inSlot(berlin)).toEqual([]);
      expect(await subscribers.claim((await find())!, aClaim(), [])).toBe('not-active');
      expect(await subscribers.put(id, aProfile(), at)).toBe('not-active');
    });

    it('takes the newest request and its token only', async () => {
      await request();
      const second = aConfirmation({ tokenHash: 'b'.repeat(64) });
      expect(await subscribers.request(id, later, second, at + 1)).toBe('pending');
      expect(await confirm()).toBe('refused');
      expect(await subscribers.confirm(id, second.tokenHash, at)).toBe('confirmed');
      expect((await find())?.profile).toEqual(later);
      expect(await subscribers.inSlot(evening)).toEqual([id]);
    });

    it('touches nobody who is active, paused or suppressed', async () => {
      const tellNothing = async () => {
        const before = await find();
        expect(await subscribers.request(id, later, aConfirmation({ tokenHash: 'b' }), at)).toBe('not-new');
        expect(await find()).toEqual(before);
      };
      await subscribe();
      await tellNothing();
      await subscribers.pause(id, undefined, at);
      await tellNothing();
      await subscribers.stop(id, 'suppressed', at);
      await tellNothing();
    });

    it('lets who has left come back, with what was sent remembered', async () => {
      await subscribe();
      const seen = [{ edition: aClaim().edition, hashes: [1, 2] }];
      await subscribers.claim((await find())!, aClaim(), seen);
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.request(id, later, confirmation, at)).toBe('pending');
      expect(await find()).toMatchObject({ profile: later, state: { status: 'pending', seen } });
      expect(await confirm()).toBe('confirmed');
      expect(await find()).toMatchObject({ profile: later, state: { status: 'active', slot: evening, seen } });
    });

    it('holds until its time, and is nothing after that', async () => {
      await request();
      expect(await subscribers.statusOf(id, expiresAt - 1)).toBe('pending');
      expect(await subscribers.statusOf(id, expiresAt)).toBe('none');
      expect(await subscribers.confirm(id, tokenHash, expiresAt)).toBe('refused');
      const again = aConfirmation({ expiresAt: expiresAt + 1 });
      expect(await subscribers.request(id, aProfile(), again, expiresAt)).toBe('pending');
      expect(await subscribers.confirm(id, tokenHash, expiresAt)).toBe('confirmed');
    });
  });

  describe('confirming', () => {
    it('makes the subscriber active, in the slot that was chosen', async () => {
      await request();
      expect(await confirm()).toBe('confirmed');
      expect(await find()).toEqual({ id, state: aState(), profile: aProfile() });
      expect(await subscribers.statusOf(id, expiresAt + 1)).toBe('active');
      expect(await subscribers.slots()).toEqual([berlin]);
      expect(await subscribers.inSlot(berlin)).toEqual([id]);
      expect(await subscribers.claim((await find())!, aClaim(), [])).toBe('claimed');
    });

    it('is remembered by its token, while the subscription lasts', async () => {
      await request();
      expect(await subscribers.isConfirmedBy(id, tokenHash)).toBe(false);
      await confirm();
      expect(await subscribers.isConfirmedBy(id, tokenHash)).toBe(true);
      expect(await subscribers.isConfirmedBy(id, 'b'.repeat(64))).toBe(false);
      await subscribers.pause(id, undefined, at);
      expect(await subscribers.isConfirmedBy(id, tokenHash)).toBe(true);
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.isConfirmedBy(id, tokenHash)).toBe(false);
    });

    it('happens once, however many try at the same time', async () => {
      await request();
      const results = await Promise.all(Array.from({ length: 30 }, confirm));
      expect(results.filter((result) => result === 'confirmed')).toHaveLength(1);
      expect(await confirm()).toBe('refused');
      expect(await find()).toEqual({ id, state: aState(), profile: aProfile() });
    });

    it('is refused with another token, to strangers, and to who is stopped', async () => {
      expect(await confirm()).toBe('refused');
      await request();
      expect(await subscribers.confirm(id, 'b'.repeat(64), at)).toBe('refused');
      expect(await subscribers.confirm(id, '', at)).toBe('refused');
      expect(await subscribers.statusOf(id, at)).toBe('pending');
      await subscribers.stop(id, 'suppressed', at);
      expect(await confirm()).toBe('refused');
      expect(await subscribers.statusOf(id, expiresAt)).toBe('suppressed');
      expect(await find()).toBeUndefined();
    });
  });
}
