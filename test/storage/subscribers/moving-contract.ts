import { beforeEach, describe, expect, it } from '@jest/globals';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aConfirmation, aProfile, aState, day, subscriberId } from '../../support/builders.js';
import { at, id as from, seenAt } from './one-subscriber.js';

const to = subscriberId(2);
const move = { from, to };
const confirmation = aConfirmation({ expiresAt: at + dayMs, movesFrom: from });
const hash = confirmation.tokenHash;
const newAddress = 'elsewhere@example.org';
const slot = aState().slot;

/** How every store of subscribers changes an address; each step may be made again. */
export function movingContract(make: () => Promise<SubscriberRepository>): void {
  let subscribers: SubscriberRepository;
  const find = async (id = to): Promise<Subscriber | undefined> => (await subscribers.load([id]))[0];
  const statuses = () => Promise.all([from, to].map((id) => subscribers.statusOf(id, at)));
  /** Nobody but those given may be mailed. */
  const active = async () => (await statuses()).filter((status) => status === 'active').length;
  beforeEach(async () => {
    subscribers = await make();
    await subscribers.put(from, aProfile({ hour: 20 }), at - 10);
    await subscribers.request(to, aProfile({ address: newAddress }), confirmation, at - 5);
  });

  it('takes everything along, with never more than one of the two active', async () => {
    const seen = [seenAt('2026-08-01', 3, 5)];
    await subscribers.claim((await find(from))!, aClaim({ edition: day('2026-08-01') }), seen);
    await subscribers.record((await find(from))!, 'sent', aClaim({ edition: day('2026-08-01') }));
    const before = (await find(from))!;
    expect(await subscribers.beginMove(to, hash, at)).toBe('moving');
    expect(await active()).toBe(1);
    expect(await subscribers.leave(move, at, at)).toBe('active');
    expect(await active()).toBe(0);
    expect(await subscribers.inSlot(before.state.slot)).toEqual([]);
    expect(await subscribers.arrive(move, at)).toBe('arrived');
    expect(await active()).toBe(1);
    const profile = { ...before.profile, address: newAddress };
    expect(await find()).toEqual({ id: to, state: before.state, profile });
    expect(await subscribers.inSlot(before.state.slot)).toEqual([to]);
    expect(await subscribers.oldSideOf(move)).toBe('moving');
    expect(await subscribers.eraseMoved(move, at)).toBe('erased');
    expect(await statuses()).toEqual(['none', 'active']);
    expect(await find(from)).toBeUndefined();
  });

  it('can be made again at every step, and nothing is different', async () => {
    const twice = async <Answer>(step: () => Promise<Answer>) => [await step(), await step()];
    expect(await twice(() => subscribers.beginMove(to, hash, at))).toEqual(['moving', 'moving']);
    expect(await twice(() => subscribers.leave(move, at, at))).toEqual(['active', 'active']);
    expect(await twice(() => subscribers.arrive(move, at))).toEqual(['arrived', 'not-moving']);
    expect(await subscribers.isConfirmedBy(to, hash)).toBe(true);
    expect(await subscribers.beginMove(to, hash, at)).not.toBe('moving');
    const arrived = await find();
    expect(await twice(() => subscribers.eraseMoved(move, at))).toEqual(['erased', 'unchanged']);
    expect(await subscribers.oldSideOf(move)).toBe('over');
    expect(await find()).toEqual(arrived);
  });

  it('claims nothing for the old address once it has stopped, nor for the new one before it has begun', async () => {
    const old = (await find(from))!;
    await subscribers.beginMove(to, hash, at);
    expect(await subscribers.claim((await find())!, aClaim(), [])).toBe('not-active');
    await subscribers.leave(move, at, at);
    expect(await subscribers.claim(old, aClaim(), [])).toBe('not-active');
    expect(await subscribers.close(old, aClaim().edition, 'unmatched', 'b')).toBe('not-open');
    await subscribers.arrive(move, at);
    expect(await subscribers.claim((await find())!, aClaim(), [])).toBe('claimed');
  });

  it('waits while a digest is on its way, and for a day at most', async () => {
    await subscribers.claim((await find(from))!, aClaim({ at }), [seenAt('2026-08-07', 1)]);
    await subscribers.beginMove(to, hash, at);
    expect(await subscribers.leave(move, at, at + 1)).toBe('busy');
    expect(await statuses()).toEqual(['active', 'moving']);
    expect(await subscribers.leave(move, at, at + dayMs)).toBe('active');
    await subscribers.arrive(move, at + dayMs);
    const { edition, batch } = aClaim();
    expect((await find())?.state).toMatchObject({
      edition,
      outcomes: [{ edition, outcome: 'uncertain', batch }],
      seen: [seenAt('2026-08-07', 1)],
    });
    expect((await find())?.state).not.toHaveProperty('claim');
  });

  it('keeps a pause, whether it ends by itself or not', async () => {
    for (const until of [at + 5, undefined]) {
      subscribers = await make();
      await subscribers.put(from, aProfile(), at);
      await subscribers.pause(from, until, at);
      await subscribers.request(to, aProfile({ address: newAddress }), confirmation, at);
      await subscribers.beginMove(to, hash, at);
      expect(await subscribers.leave(move, at, at)).toBe('paused');
      await subscribers.arrive(move, at);
      expect((await find())?.state).toMatchObject({ status: 'paused', ...(until && { pausedUntil: until }) });
      expect(await subscribers.inSlot(slot)).toEqual(until ? [to] : []);
    }
  });

  it('joins what the new address had been sent in an earlier life', async () => {
    subscribers = await make();
    await subscribers.put(to, aProfile({ address: newAddress }), at);
    await subscribers.claim((await find())!, aClaim({ edition: day('2026-08-02') }), [seenAt('2026-08-02', 1, 4)]);
    await subscribers.record((await find())!, 'sent', aClaim({ edition: day('2026-08-02') }));
    await subscribers.stop(to, 'unsubscribed', at);
    await subscribers.put(from, aProfile(), at);
    for (const [edition, place] of [
      ['2026-08-01', 2],
      ['2026-08-02', 4],
    ] as const) {
      const { state } = (await find(from))!;
      const seen = [...state.seen, seenAt(edition, place)];
      await subscribers.claim((await find(from))!, aClaim({ edition: day(edition), batch: 'old' }), seen);
      await subscribers.record((await find(from))!, 'sent', aClaim({ edition: day(edition), batch: 'old' }));
    }
    await subscribers.request(to, aProfile({ address: newAddress }), confirmation, at);
    await subscribers.beginMove(to, hash, at);
    await subscribers.leave(move, at, at);
    await subscribers.arrive(move, at);
    const { state } = (await find())!;
    expect(state.edition).toBe('2026-08-02');
    expect(state.seen).toEqual([seenAt('2026-08-01', 2), seenAt('2026-08-02', 1, 4)]);
    expect(state.outcomes.map(({ edition, batch }) => [edition, batch])).toEqual([
      ['2026-08-01', 'old'],
      ['2026-08-02', aClaim().batch],
    ]);
  });

  it('is won by the address that comes first when two are confirmed, and the other is let go', async () => {
    const third = subscriberId(3);
    const other = { from, to: third };
    await subscribers.request(third, aProfile({ address: 'third@example.org' }), confirmation, at);
    expect(await subscribers.beginMove(to, hash, at)).toBe('moving');
    expect(await subscribers.beginMove(third, hash, at)).toBe('moving');
    expect(await subscribers.leave(move, at, at)).toBe('active');
    expect(await subscribers.leave(other, at, at)).toBe('gone');
    expect(await subscribers.arrive(other, at)).toBe('gone');
    expect(await subscribers.callOff(other, at)).toBe('called-off');
    expect(await subscribers.beginMove(third, hash, at)).toBe('called-off');
    expect(await subscribers.arrive(other, at)).toBe('not-moving');
    expect(await subscribers.eraseMoved(other, at)).toBe('unchanged');
    expect(await subscribers.arrive(move, at)).toBe('arrived');
    expect(await subscribers.callOff(move, at)).toBe('not-moving');
  });

  it('has nothing to take over from whoever left, bounced, complained, was erased, or signed up again since', async () => {
    const endings = {
      left: () => subscribers.stop(from, 'unsubscribed', at),
      bounced: () => subscribers.stop(from, 'bounced', at),
      complained: () => subscribers.stop(from, 'suppressed', at),
      erased: () => subscribers.erase(from, at),
      anew: async () => {
        await subscribers.erase(from, at);
        return subscribers.put(from, aProfile(), at + 1);
      },
    };
    for (const [name, end] of Object.entries(endings)) {
      subscribers = await make();
      await subscribers.put(from, aProfile(), at - 10);
      await subscribers.request(to, aProfile({ address: newAddress }), confirmation, at);
      await subscribers.beginMove(to, hash, at);
      await end();
      expect([name, await subscribers.leave(move, at, at + 2)]).toEqual([name, 'gone']);
      expect(await subscribers.oldSideOf(move)).toBe('over');
    }
  });

  it('is over for the new address too when the old one unsubscribes or complains before it is erased', async () => {
    for (const [standing, side] of [
      ['unsubscribed', 'left'],
      ['suppressed', 'left'],
      ['bounced', 'bounced'],
    ] as const) {
      subscribers = await make();
      await subscribers.put(from, aProfile(), at - 10);
      await subscribers.request(to, aProfile({ address: newAddress }), confirmation, at);
      await subscribers.beginMove(to, hash, at);
      await subscribers.leave(move, at, at);
      expect(await subscribers.stop(from, standing, at)).toBe('stopped');
      expect(await subscribers.arrive(move, at)).toBe('gone');
      expect(await subscribers.oldSideOf(move)).toBe(side);
      expect(await subscribers.eraseMoved(move, at)).toBe(side === 'left' ? 'unchanged' : 'erased');
      expect(await subscribers.statusOf(from, at)).toBe(standing === 'unsubscribed' ? 'unsubscribed' : 'suppressed');
    }
  });

  it('begins by its own confirmation only, in time, and by no sign-up', async () => {
    expect(await subscribers.confirm(to, hash, at)).toBe('refused');
    expect(await subscribers.beginMove(to, 'b'.repeat(64), at)).toBe('refused');
    expect(await subscribers.beginMove(to, hash, confirmation.expiresAt)).toBe('refused');
    await subscribers.request(to, aProfile(), aConfirmation({ expiresAt: at + dayMs }), at);
    expect(await subscribers.beginMove(to, hash, at)).toBe('refused');
    expect(await subscribers.beginMove(subscriberId(9), hash, at)).toBe('refused');
  });

  it('brings back an address that had bounced, and no pending, paused or foreign step touches one that is moving', async () => {
    subscribers = await make();
    await subscribers.put(from, aProfile(), at - 10);
    await subscribers.put(to, aProfile(), at - 10);
    await subscribers.stop(to, 'bounced', at - 5);
    await subscribers.erase(to, at - 5);
    await subscribers.request(to, aProfile({ address: newAddress }), confirmation, at);
    expect(await subscribers.beginMove(to, hash, at)).toBe('moving');
    for (const id of [to, from]) {
      if (id === from) await subscribers.leave(move, at, at);
      expect(await subscribers.request(id, aProfile(), confirmation, at)).toBe('not-new');
      expect(await subscribers.change(id, aProfile({ hour: 3 }), at)).toBe('refused');
      expect(await subscribers.pause(id, undefined, at)).toBe('refused');
      expect(await subscribers.rejoin(id, at)).toBe('refused');
      expect(await subscribers.put(id, aProfile(), at)).toBe('not-active');
    }
    expect(await subscribers.arrive(move, at)).toBe('arrived');
    expect(await find()).toMatchObject({ state: { status: 'active' }, profile: { address: newAddress } });
    expect((await find())?.state).not.toHaveProperty('suppressedBy');
  });

  describe('interleaved', () => {
    it('ends with one of two addresses that run at the same time', async () => {
      const other = { from, to: subscriberId(3) };
      await subscribers.request(other.to, aProfile({ address: 'third@example.org' }), confirmation, at);
      await Promise.all(
        [move, other].map(async (each) => {
          await subscribers.beginMove(each.to, hash, at);
          if ((await subscribers.leave(each, at, at)) === 'gone') await subscribers.callOff(each, at);
          else await subscribers.arrive(each, at);
        }),
      );
      const found = await Promise.all([from, to, other.to].map((id) => subscribers.statusOf(id, at)));
      expect(found.filter((status) => status === 'active')).toHaveLength(1);
    });
  });
}
