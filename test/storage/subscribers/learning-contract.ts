import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aConfirmation, aProfile, instant, subscriberId } from '../../support/builders.js';

const id = subscriberId(1);
const at = instant('2026-08-01T12:00');
const own = { name: 'Own', filter: 'tables' };
const kites = (text = 'one', n = 300) => ({ name: 'Kites', n, like: Uint8Array.from(Buffer.from(text)) });

/** How every store of subscribers brings what was learned into profiles. */
export function learningContract(make: () => Promise<SubscriberRepository>): void {
  let subscribers: SubscriberRepository;
  const topics = async () => (await subscribers.load([id]))[0]?.profile.topics;
  const learn = (...learned: ReturnType<typeof kites>[]) => subscribers.learn(id, async () => learned);
  beforeEach(async () => {
    subscribers = await make();
  });

  describe('what is learned of examples', () => {
    it('takes the place of what was learned before, and leaves the rest of the profile', async () => {
      await subscribers.put(id, aProfile({ topics: [kites(), own], hour: 20 }), at);
      expect(await learn(kites('two'), kites('new', 301))).toBe('learned');
      expect(await topics()).toEqual([kites('two'), own, kites('new', 301)]);
      expect(await learn(kites('two'), kites('new', 301))).toBe('unchanged');
      expect((await subscribers.load([id]))[0]?.profile.hour).toBe(20);
      expect(await learn()).toBe('learned');
      expect(await topics()).toEqual([own]);
    });

    it('is kept whatever another change of the profile says of it', async () => {
      await subscribers.put(id, aProfile({ topics: [own] }), at);
      await learn(kites('newest'));
      await subscribers.change(id, aProfile({ topics: [kites('older'), kites('gone', 301), own], hour: 9 }), at);
      expect(await topics()).toEqual([kites('newest'), own]);
      await subscribers.change(id, aProfile({ topics: [own] }), at);
      expect(await topics()).toEqual([own, kites('newest')]);
    });

    it('comes to who has yet to confirm, and is in force once they have', async () => {
      const confirmation = aConfirmation({ expiresAt: at + 10 });
      await subscribers.request(id, aProfile({ topics: [own] }), confirmation, at);
      expect(await learn(kites())).toBe('learned');
      await subscribers.confirm(id, confirmation.tokenHash, at + 1);
      expect(await topics()).toEqual([own, kites()]);
    });

    it('comes to nobody who is suppressed or unknown', async () => {
      expect(await learn(kites())).toBe('refused');
      await subscribers.put(id, aProfile(), at);
      await subscribers.stop(id, 'suppressed', at);
      expect(await learn(kites())).toBe('refused');
    });
  });
}
