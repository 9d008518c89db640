import { beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../../shared/domain/calendar-date.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aConfirmation, aProfile, aState, day, instant, subscriberId } from '../../support/builders.js';

const at = instant('2026-08-01T12:00');
const id = subscriberId(1);
const confirmation = aConfirmation();

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same actions in an order of chance, each after some turns of the event loop. */
async function interleave(random: () => number, actions: readonly (() => Promise<unknown>)[]): Promise<void> {
  const started = actions.map(async (action) => {
    for (let turns = Math.floor(random() * 8); turns > 0; turns -= 1) await new Promise(setImmediate);
    await action();
  });
  await Promise.all(started);
}

/** How every store of subscribers lets them go; `rounds` interleavings of leaving with a run on its way are tried. */
export function leavingContract(make: () => Promise<SubscriberRepository>, rounds: number): void {
  let subscribers: SubscriberRepository;
  const find = async (): Promise<Subscriber | undefined> => (await subscribers.load([id]))[0];
  beforeEach(async () => {
    subscribers = await make();
  });

  describe('unsubscribing', () => {
    it('does what goes first exactly where there is a subscription to end, and before it is ended', async () => {
      const seen: string[] = [];
      const first = async () => void seen.push(await subscribers.statusOf(id, at));
      expect(await subscribers.unsubscribe(id, at, first)).toBe('unknown');
      await subscribers.put(id, aProfile(), at);
      expect(await subscribers.unsubscribe(id, at, first)).toBe('stopped');
      expect(await subscribers.inSlot(aState().slot)).toEqual([]);
      expect(await subscribers.unsubscribe(id, at, first)).toBe('unchanged');
      await subscribers.markComplaint(id, at);
      expect(await subscribers.unsubscribe(id, at, first)).toBe('unchanged');
      expect(seen).toEqual(['active']);
    });

    it('changes nothing when that fails', async () => {
      await subscribers.put(id, aProfile(), at);
      const before = await find();
      const failing = subscribers.unsubscribe(id, at, () => Promise.reject(new Error('throttled')));
      await expect(failing).rejects.toThrow('throttled');
      expect(await find()).toEqual(before);
    });
  });

  describe('coming back after unsubscribing', () => {
    it('gives back slot, choices and what was seen, once', async () => {
      await subscribers.put(id, aProfile({ hour: 20 }), at);
      await subscribers.claim((await find())!, aClaim(), [{ edition: aClaim().edition, hashes: [1] }]);
      const before = await find();
      expect(await subscribers.rejoin(id, at)).toBe('refused');
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.inSlot(before!.state.slot)).toEqual([]);
      expect(await subscribers.rejoin(id, at)).toBe('rejoined');
      expect(await subscribers.rejoin(id, at)).toBe('refused');
      expect(await find()).toEqual(before);
      expect(await subscribers.inSlot(before!.state.slot)).toEqual([id]);
    });

    it('ends a pause, whatever it was', async () => {
      for (const until of [at + 5, undefined]) {
        subscribers = await make();
        await subscribers.put(id, aProfile(), at);
        await subscribers.pause(id, until, at);
        await subscribers.stop(id, 'unsubscribed', at);
        await subscribers.rejoin(id, at);
        expect(await find()).toEqual({ id, state: aState(), profile: aProfile() });
        expect(await subscribers.inSlot(aState().slot)).toEqual([id]);
      }
    });

    it('is refused to whoever never confirmed, complained, bounced or was erased, and brings no stranger’s choices', async () => {
      await subscribers.request(id, aProfile(), confirmation, at);
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.rejoin(id, at)).toBe('refused');
      for (const standing of ['bounced', 'suppressed'] as const) {
        subscribers = await make();
        await subscribers.put(id, aProfile(), at);
        await subscribers.stop(id, standing, at);
        expect(await subscribers.rejoin(id, at)).toBe('refused');
      }
      await subscribers.erase(id, at);
      expect(await subscribers.rejoin(id, at)).toBe('refused');
      subscribers = await make();
      await subscribers.put(id, aProfile(), at);
      await subscribers.stop(id, 'unsubscribed', at);
      await subscribers.request(id, aProfile({ hour: 20 }), confirmation, at);
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.rejoin(id, at)).toBe('rejoined');
      expect(await find()).toEqual({ id, state: aState(), profile: aProfile() });
    });
  });

  describe('erasing', () => {
    it('leaves nothing of a subscriber, who may ask anew', async () => {
      await subscribers.put(id, aProfile(), at);
      await subscribers.claim((await find())!, aClaim(), [{ edition: aClaim().edition, hashes: [1] }]);
      expect(await subscribers.erase(id, at)).toBe('erased');
      expect(await subscribers.erase(id, at)).toBe('unknown');
      expect(await find()).toBeUndefined();
      expect(await subscribers.statusOf(id, at)).toBe('none');
      expect(await subscribers.inSlot(aState().slot)).toEqual([]);
      expect(await subscribers.request(id, aProfile(), confirmation, at)).toBe('pending');
      await subscribers.confirm(id, confirmation.tokenHash, at);
      expect(await find()).toEqual({ id, state: aState(), profile: aProfile() });
    });

    it('takes a pending, paused or unsubscribed one as well', async () => {
      await subscribers.request(id, aProfile(), confirmation, at);
      expect(await subscribers.erase(id, at)).toBe('erased');
      expect(await subscribers.confirm(id, confirmation.tokenHash, at)).toBe('refused');
      await subscribers.put(id, aProfile(), at);
      await subscribers.pause(id, at + 5, at);
      expect(await subscribers.erase(id, at)).toBe('erased');
      expect(await subscribers.resume(id, at)).toBe('refused');
      await subscribers.put(id, aProfile(), at);
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.erase(id, at)).toBe('erased');
      expect(await subscribers.statusOf(id, at)).toBe('none');
    });

    it('keeps the mark of a suppressed one, which answers every request', async () => {
      await subscribers.put(id, aProfile(), at);
      await subscribers.stop(id, 'suppressed', at);
      expect(await subscribers.erase(id, at)).toBe('erased');
      expect(await find()).toBeUndefined();
      expect(await subscribers.statusOf(id, at)).toBe('suppressed');
      expect(await subscribers.request(id, aProfile(), confirmation, at)).toBe('not-new');
      expect(await subscribers.put(id, aProfile(), at)).toBe('not-active');
      expect(await subscribers.stop(id, 'suppressed', at)).toBe('unchanged');
      expect(await subscribers.erase(id, at)).toBe('erased');
      expect(await subscribers.statusOf(id, at)).toBe('suppressed');
    });

    it('does not know strangers', async () => {
      expect(await subscribers.erase(id, at)).toBe('unknown');
      expect(await subscribers.statusOf(id, at)).toBe('none');
    });
  });

  it('claims nothing after leaving was acknowledged, whatever happens at the same time', async () => {
    const leaving = {
      unsubscribe: () => subscribers.stop(id, 'unsubscribed', at),
      suppress: () => subscribers.stop(id, 'suppressed', at),
      erase: () => subscribers.erase(id, at),
    };
    const met = { before: 0, after: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const random = seeded(round);
      const who = Object.values(leaving)[round % 3]!;
      await subscribers.erase(id, at);
      await subscribers.put(id, aProfile(), at);
      const loaded = (await find())!;
      if (round % 2 === 0) await subscribers.pause(id, at, at);
      let isAcknowledged = false;
      /** Claims one edition after the other, until one try more than the acknowledgement. */
      const run = async () => {
        for (let edition = day('2026-08-01'), isLast = false; !isLast; edition = addDays(edition, 1)) {
          isLast = isAcknowledged;
          const claimed = await subscribers.claim(loaded, aClaim({ edition }), []);
          if (isLast) expect(claimed).toBe('not-active');
          met[isLast ? 'after' : 'before'] += isLast || claimed === 'claimed' ? 1 : 0;
          await new Promise(setImmediate);
        }
      };
      const leave = async () => {
        await who();
        isAcknowledged = true;
      };
      await interleave(random, [
        run,
        leave,
        () => subscribers.resume(id, at),
        () => subscribers.change(id, aProfile({ hour: 9 }), at),
      ]);
      expect(await subscribers.claim(loaded, aClaim({ edition: day('2027-08-09') }), [])).toBe('not-active');
      expect(await subscribers.inSlot(aState().slot)).toEqual([]);
      if (who === leaving.suppress) {
        expect(await subscribers.statusOf(id, at)).toBe('suppressed');
        subscribers = await make();
      }
    }
    expect(Math.min(met.before, met.after)).toBeGreaterThan(0);
  });
}
