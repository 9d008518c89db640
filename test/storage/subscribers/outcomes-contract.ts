import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EditionOutcome, Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aState, day, subscriberId } from '../../support/builders.js';
import { at, claimOn, id, outcome, seenOn, stepsIn } from './one-subscriber.js';

/** How every store of subscribers ends editions. */
export function outcomesContract(make: () => Promise<SubscriberRepository>): void {
  let subscribers: SubscriberRepository;
  const { load, add } = stepsIn(() => subscribers);
  beforeEach(async () => {
    subscribers = await make();
  });

  describe('outcomes', () => {
    it('closes the claim and keeps the rest', async () => {
      const claim = claimOn('2026-08-07');
      const subscriber = await add();
      await subscribers.claim(subscriber, claim, [seenOn('2026-08-07', 1)]);
      expect(await subscribers.record(subscriber, 'sent', claim)).toBe('recorded');
      const ended = {
        edition: day('2026-08-07'),
        seen: [seenOn('2026-08-07', 1)],
        outcomes: [outcome('2026-08-07', 'sent')],
      };
      expect((await load()).state).toEqual(aState(ended));
    });

    it('records once: the first outcome stays', async () => {
      const claim = claimOn('2026-08-07');
      const subscriber = await add();
      await subscribers.claim(subscriber, claim, []);
      const results = await Promise.all(
        (['sent', 'failed', 'sent', 'uncertain'] as const).map((ended) => subscribers.record(subscriber, ended, claim)),
      );
      expect(results.filter((result) => result === 'recorded')).toHaveLength(1);
      const { outcomes } = (await load()).state;
      expect(await subscribers.record(subscriber, 'failed', claim)).toBe('not-open');
      expect((await load()).state.outcomes).toEqual(outcomes);
    });

    it('keeps the outcomes that came after the subscriber was loaded', async () => {
      const subscriber = await add();
      await subscribers.claim(subscriber, claimOn('2026-08-05'), []);
      await subscribers.claim(await load(), claimOn('2026-08-06'), []);
      expect(await subscribers.record(subscriber, 'sent', claimOn('2026-08-06'))).toBe('recorded');
      const outcomes = [outcome('2026-08-05', 'uncertain'), outcome('2026-08-06', 'sent')];
      expect((await load()).state.outcomes).toEqual(outcomes);
    });

    it('records nothing under a claim that a later attempt took over', async () => {
      const claim = claimOn('2026-08-07');
      const subscriber = await add();
      await subscribers.claim(subscriber, claim, []);
      await subscribers.reclaim(id, claim, { attempt: 2, at: claim.at + 1 });
      expect(await subscribers.record(subscriber, 'failed', claim)).toBe('not-open');
      expect(await subscribers.record(subscriber, 'sent', { ...claim, attempt: 2 })).toBe('recorded');
    });

    it('records the outcome of who left in between', async () => {
      const claim = claimOn('2026-08-07');
      await subscribers.claim(await add(), claim, []);
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.record(await load(), 'sent', claim)).toBe('recorded');
      expect((await load()).state).toMatchObject({ status: 'unsubscribed', outcomes: [outcome('2026-08-07', 'sent')] });
    });

    it('keeps the last seven', async () => {
      await add();
      for (let date = 1; date <= 9; date += 1) {
        await subscribers.close(await load(), day(`2026-08-0${date}`), 'unmatched', `b${date}`);
      }
      const kept = [3, 4, 5, 6, 7, 8, 9].map((date) => outcome(`2026-08-0${date}`, 'unmatched', `b${date}`));
      expect((await load()).state.outcomes).toEqual(kept);
    });

    it('counts how many editions in a row ended unmatched, up to seven', async () => {
      await add();
      const counts = [];
      for (let date = 1; date <= 9; date += 1) {
        await subscribers.close(await load(), day(`2026-08-0${date}`), 'unmatched', 'b');
        counts.push((await load()).state.quietEditions);
      }
      expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 7, 7]);
    });

    it.each<[string, (subscriber: Subscriber) => Promise<unknown>]>([
      ['an edition that expires', (one) => subscribers.close(one, day('2026-08-02'), 'expired', 'b')],
      ['a claim', (one) => subscribers.claim(one, claimOn('2026-08-02'), [])],
      ['new preferences', (one) => subscribers.change(id, one.profile, at)],
      ['a pause', () => subscribers.pause(id, undefined, at)],
    ])('counts them anew after %s', async (_, happens) => {
      await subscribers.close(await add(), day('2026-08-01'), 'unmatched', 'b');
      await happens(await load());
      expect((await load()).state.quietEditions).toBeUndefined();
    });

    it('keeps what a claim is for, and amends what came of it', async () => {
      const claim = { ...claimOn('2026-08-07'), kind: 'still-here', papers: [] } as const;
      await subscribers.claim(await add(), claim, []);
      expect((await load()).state.claim).toEqual(claim);
      await subscribers.reclaim(id, claim, { attempt: 2, at: claim.at + 1 });
      const { claim: again } = (await load()).state;
      expect(again).toMatchObject({ kind: 'still-here', attempt: 2 });
      expect(await subscribers.record(await load(), 'quiet-noted', again ?? claim)).toBe('recorded');
      expect((await load()).state.outcomes).toEqual([outcome('2026-08-07', 'quiet-noted')]);
      await subscribers.amend(id, day('2026-08-07'), 'failed');
      expect((await load()).state.outcomes).toEqual([outcome('2026-08-07', 'failed')]);
    });

    it('ends an edition without a claim, once and only while active', async () => {
      const subscriber = await add();
      const close = () => subscribers.close(subscriber, day('2026-08-07'), 'expired', 'b');
      expect((await Promise.all([close(), close(), close()])).sort()).toEqual(['not-open', 'not-open', 'recorded']);
      const outcomes = [outcome('2026-08-07', 'expired', 'b')];
      expect((await load()).state).toEqual(aState({ edition: day('2026-08-07'), outcomes }));
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.close(await load(), day('2026-08-08'), 'unmatched', 'b')).toBe('not-open');
    });

    it('leaves an older open claim to its own run when a later edition ends without one', async () => {
      const claim = claimOn('2026-08-06');
      await subscribers.claim(await add(), claim, []);
      await subscribers.close(await load(), day('2026-08-07'), 'unmatched', 'b');
      expect((await load()).state.claim).toEqual(claim);
      expect(await subscribers.record(await load(), 'sent', claim)).toBe('recorded');
      expect((await load()).state.outcomes.map(({ outcome: ended }) => ended)).toEqual(['sent', 'unmatched']);
    });

    it('takes the papers of a mail that surely never left off the seen ones, and no others', async () => {
      const older = seenOn('2026-08-06', 1, 2);
      const seenAfter = async (ended: EditionOutcome['outcome'], isFromClaim: boolean, isUnsent = true) => {
        await subscribers.erase(id, at);
        const claim = claimOn('2026-08-07');
        const first = claimOn('2026-08-06');
        await subscribers.claim(await add(), first, [older]);
        await subscribers.record(await load(), 'sent', first);
        const before = await load();
        await subscribers.claim(before, claim, [older, seenOn('2026-08-07', 3)]);
        await subscribers.record(isFromClaim ? before : await load(), ended, { ...claim, isUnsent });
        return (await load()).state.seen;
      };
      for (const isFromClaim of [true, false]) {
        for (const ended of ['expired', 'suppressed', 'failed'] as const) {
          expect(await seenAfter(ended, isFromClaim)).toEqual([older]);
        }
        expect(await seenAfter('failed', isFromClaim, false)).toEqual([older]);
        for (const ended of ['sent', 'uncertain'] as const) {
          expect(await seenAfter(ended, isFromClaim)).toEqual([older, seenOn('2026-08-07', 3)]);
        }
        for (const ended of ['sent', 'uncertain', 'expired', 'suppressed'] as const) {
          expect(await seenAfter(ended, isFromClaim, false)).toEqual([older, seenOn('2026-08-07', 3)]);
        }
      }
      await subscribers.amend(id, day('2026-08-06'), 'failed');
      expect((await load()).state.seen).toEqual([seenOn('2026-08-07', 3)]);
    });

    it('turns sent into failed, and nothing else', async () => {
      const claim = claimOn('2026-08-06');
      await subscribers.claim(await add(), claim, []);
      await subscribers.amend(id, day('2026-08-06'), 'failed');
      expect((await load()).state.claim).toEqual(claim);
      await subscribers.record(await load(), 'sent', claim);
      await subscribers.close(await load(), day('2026-08-07'), 'unmatched', 'b');
      for (const date of ['2026-08-06', '2026-08-07', '2026-08-05']) await subscribers.amend(id, day(date), 'failed');
      expect((await load()).state.outcomes).toEqual([
        outcome('2026-08-06', 'failed'),
        outcome('2026-08-07', 'unmatched', 'b'),
      ]);
      await subscribers.amend(subscriberId(99), day('2026-08-06'), 'failed');
    });
  });
}
