import { beforeEach, describe, expect, it } from '@jest/globals';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aConfirmation, aProfile, aState, instant, subscriberId } from '../../support/builders.js';

const at = instant('2026-08-01T12:00');
const id = subscriberId(1);
const confirmation = aConfirmation();
const later = aProfile({ hour: 20, maxPapers: 3 });
const mark = { status: 'suppressed', suppressedBy: 'bounce' } as const;

/** How every store of subscribers counts bounces, and lets those come back whose mail had bounced. */
export function bouncesContract(make: () => Promise<SubscriberRepository>): void {
  let subscribers: SubscriberRepository;
  const find = async (): Promise<Subscriber | undefined> => (await subscribers.load([id]))[0];
  const request = () => subscribers.request(id, later, confirmation, at);
  const confirm = () => subscribers.confirm(id, confirmation.tokenHash, at);
  beforeEach(async () => {
    subscribers = await make();
  });

  describe('who bounced', () => {
    it('is suppressed, and stays so until a new request is confirmed', async () => {
      await subscribers.put(id, aProfile(), at);
      expect(await subscribers.stop(id, 'bounced', at)).toBe('stopped');
      expect(await subscribers.stop(id, 'bounced', at)).toBe('unchanged');
      expect(await find()).toEqual({ id, state: aState(mark), profile: aProfile() });
      expect(await subscribers.mayComeBack(id)).toBe(true);
      expect(await subscribers.put(id, later, at)).toBe('not-active');
      expect(await confirm()).toBe('refused');

      expect(await request()).toBe('pending');
      expect(await subscribers.statusOf(id, at)).toBe('suppressed');
      expect(await subscribers.statusOf(id, confirmation.expiresAt)).toBe('suppressed');
      expect(await subscribers.inSlot(slotOf('Europe/Berlin', 20))).toEqual([]);
      expect(await find()).toMatchObject({ profile: later, state: { ...mark, confirmation } });
      expect(await subscribers.confirm(id, 'b'.repeat(64), at)).toBe('refused');
      expect(await subscribers.confirm(id, confirmation.tokenHash, confirmation.expiresAt)).toBe('refused');

      expect(await confirm()).toBe('confirmed');
      expect(await confirm()).toBe('refused');
      const slot = slotOf('Europe/Berlin', 20);
      expect(await find()).toEqual({ id, state: aState({ slot }), profile: later });
      expect(await subscribers.inSlot(slot)).toEqual([id]);
      expect(await subscribers.mayComeBack(id)).toBe(false);
    });

    it('may come back as a stranger who never confirmed, and after being erased', async () => {
      const stranger = () => request();
      const erased = async () => {
        await subscribers.put(id, aProfile(), at);
        await subscribers.stop(id, 'bounced', at);
        await subscribers.erase(id, at);
      };
      for (const before of [stranger, erased]) {
        subscribers = await make();
        await before();
        await subscribers.stop(id, 'bounced', at);
        expect(await find()).toBeUndefined();
        expect(await subscribers.mayComeBack(id)).toBe(true);
        expect(await request()).toBe('pending');
        expect(await find()).toMatchObject({ profile: later, state: { ...mark, confirmation } });
        expect(await confirm()).toBe('confirmed');
        expect(await find()).toEqual({ id, state: aState({ slot: slotOf('Europe/Berlin', 20) }), profile: later });
      }
    });

    it('comes back with the choices of the newest request alone', async () => {
      await subscribers.put(id, aProfile(), at);
      await subscribers.stop(id, 'bounced', at);
      await subscribers.erase(id, at);
      const ticked = aProfile({ aiSummaries: false, quietDays: 'best-unseen', never: ['"wax"'] });
      await subscribers.request(id, ticked, confirmation, at);
      expect((await find())?.profile).toEqual(ticked);
      await request();
      expect((await find())?.profile).toEqual(later);
    });

    it('loses the way back with a complaint, the request that waits too, and finds it in no bounce', async () => {
      await subscribers.put(id, aProfile(), at);
      await subscribers.stop(id, 'bounced', at);
      await request();
      expect(await subscribers.stop(id, 'suppressed', at)).toBe('stopped');
      expect(await find()).toEqual({ id, state: aState({ status: 'suppressed' }), profile: aProfile() });
      expect(await subscribers.mayComeBack(id)).toBe(false);
      expect(await confirm()).toBe('refused');
      expect(await request()).toBe('not-new');
      expect(await subscribers.stop(id, 'bounced', at)).toBe('unchanged');
      expect(await subscribers.mayComeBack(id)).toBe(false);
    });

    it('keeps that mark, and nothing else, when erased while a request waits', async () => {
      await subscribers.put(id, aProfile(), at);
      await subscribers.stop(id, 'bounced', at);
      await request();
      expect(await subscribers.erase(id, at)).toBe('erased');
      expect(await find()).toBeUndefined();
      expect(await confirm()).toBe('refused');
      expect(await subscribers.statusOf(id, at)).toBe('suppressed');
      expect(await subscribers.mayComeBack(id)).toBe(true);
    });

    it('is none of the strangers, nor of those who are or were subscribed', async () => {
      expect(await subscribers.mayComeBack(id)).toBe(false);
      await subscribers.put(id, aProfile(), at);
      expect(await subscribers.mayComeBack(id)).toBe(false);
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.mayComeBack(id)).toBe(false);
    });
  });

  describe('soft bounces', () => {
    it('are counted once each, by many at the same time, until a mail arrives', async () => {
      await subscribers.put(id, aProfile(), at);
      const counts = await Promise.all(Array.from({ length: 10 }, () => subscribers.noteSoftBounce(id, at)));
      expect(counts).toEqual(Array(10).fill(1));
      expect(await subscribers.noteSoftBounce(id, at + dayMs)).toBe(2);
      expect(await subscribers.noteSoftBounce(id, at)).toBe(0);
      await subscribers.noteSent(id, at + 2 * dayMs);
      const softBounces = { count: 2, bouncedAt: at + dayMs, sentAt: at + 2 * dayMs };
      expect((await find())?.state).toEqual(aState({ softBounces }));
      await subscribers.noteSent(id, at + 3 * dayMs);
      expect((await find())?.state).toEqual(aState());
      await subscribers.noteSent(id, at + 4 * dayMs);
      expect((await find())?.state).toEqual(aState());
    });

    it('of strangers make no subscriber', async () => {
      expect(await subscribers.noteSoftBounce(id, at)).toBe(0);
      await subscribers.noteSent(id, at);
      expect(await subscribers.statusOf(id, at)).toBe('none');
    });

    it('are over with a confirmation', async () => {
      await subscribers.put(id, aProfile(), at);
      await subscribers.noteSoftBounce(id, at);
      await subscribers.stop(id, 'bounced', at);
      await request();
      await confirm();
      expect((await find())?.state).not.toHaveProperty('softBounces');
    });
  });
}
