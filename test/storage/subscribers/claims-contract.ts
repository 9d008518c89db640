import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aState, day, paperId, subscriberId } from '../../support/builders.js';
import { at, claimOn, id, outcome, seenOn, stepsIn } from './one-subscriber.js';

/** How every store of subscribers gives and takes over the right to send. */
export function claimsContract(make: () => Promise<SubscriberRepository>): void {
  let subscribers: SubscriberRepository;
  const { load, add } = stepsIn(() => subscribers);
  beforeEach(async () => {
    subscribers = await make();
  });

  describe('claims', () => {
    it('keeps the claim and the seen papers of who claims', async () => {
      const seen = [seenOn('2026-08-06', 1, 2), seenOn('2026-08-07', 0, 0xffffffff)];
      const claim = claimOn('2026-08-07', { papers: [paperId(4), paperId(2)] });
      expect(await subscribers.claim(await add(), claim, seen)).toBe('claimed');
      expect((await load()).state).toEqual(aState({ edition: day('2026-08-07'), claim, seen }));
    });

    it('lets one of a hundred parallel claims win', async () => {
      const subscriber = await add();
      const claims = Array.from({ length: 100 }, (_, index) =>
        claimOn('2026-08-07', { at: index, papers: [paperId(index)] }),
      );
      const results = await Promise.all(
        claims.map((claim, index) => subscribers.claim(subscriber, claim, [seenOn('2026-08-07', index)])),
      );
      expect(results.filter((result) => result === 'already-claimed')).toHaveLength(99);
      const winner = results.indexOf('claimed');
      const { state } = await load();
      expect(state.claim).toEqual(claims[winner]);
      expect(state.seen).toEqual([seenOn('2026-08-07', winner)]);
    });

    it('lets one of a hundred parallel claims with the same content win', async () => {
      const subscriber = await add();
      const claims = Array.from({ length: 100 }, () => subscribers.claim(subscriber, claimOn('2026-08-07'), []));
      expect((await Promise.all(claims)).filter((result) => result === 'claimed')).toHaveLength(1);
    });

    it('never claims an edition twice, not even after its outcome', async () => {
      const subscriber = await add();
      const claim = claimOn('2026-08-07');
      await subscribers.claim(subscriber, claim, []);
      expect(await subscribers.claim(subscriber, claim, [])).toBe('already-claimed');
      expect(await subscribers.claim(await load(), claim, [])).toBe('already-claimed');
      await subscribers.record(subscriber, 'sent', claim);
      expect(await subscribers.claim(subscriber, claim, [])).toBe('already-claimed');
      expect(await subscribers.claim(await load(), claim, [])).toBe('already-claimed');
    });

    it('never claims an edition older than the newest one that was claimed or ended', async () => {
      const subscriber = await add();
      await subscribers.close(subscriber, day('2026-08-07'), 'unmatched', 'b');
      expect(await subscribers.claim(subscriber, claimOn('2026-08-06'), [])).toBe('already-claimed');
      expect(await subscribers.claim(await load(), claimOn('2026-08-06'), [])).toBe('already-claimed');
      expect((await load()).state.claim).toBeUndefined();
    });

    it('does not claim for who left, was suppressed or never was', async () => {
      const subscriber = await add();
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.claim(subscriber, claimOn('2026-08-07'), [seenOn('2026-08-07', 1)])).toBe('not-active');
      await subscribers.stop(id, 'suppressed', at);
      expect(await subscribers.claim(subscriber, claimOn('2026-08-07'), [])).toBe('not-active');
      expect((await load()).state.seen).toEqual([]);
      const stranger = { ...subscriber, id: subscriberId(99) };
      expect(await subscribers.claim(stranger, claimOn('2026-08-07'), [])).toBe('not-active');
      expect(await subscribers.load([stranger.id])).toEqual([]);
    });

    it('turns an older open claim in the way into uncertain', async () => {
      await subscribers.claim(await add(), claimOn('2026-08-06', { batch: 'old' }), [seenOn('2026-08-06', 1)]);
      const claim = claimOn('2026-08-07');
      const seen = [seenOn('2026-08-06', 1), seenOn('2026-08-07', 2)];
      expect(await subscribers.claim(await load(), claim, seen)).toBe('claimed');
      const outcomes = [outcome('2026-08-06', 'uncertain', 'old')];
      expect((await load()).state).toEqual(aState({ edition: day('2026-08-07'), claim, seen, outcomes }));
    });

    it('lets an older open claim in the way that is surely unsent expire', async () => {
      const old = claimOn('2026-08-06', { batch: 'old' });
      await subscribers.claim(await add(), old, [seenOn('2026-08-06', 1)]);
      await subscribers.markUnsent(id, old);
      const loaded = await load();
      const claim = claimOn('2026-08-07');
      const next = { attempt: 1, at: old.at };
      await subscribers.reclaim(id, loaded.state.claim!, next);
      await expect(async () => subscribers.claim(loaded, claim, [seenOn('2026-08-07', 2)])).rejects.toThrow();
      await subscribers.markUnsent(id, old);
      expect(await subscribers.claim(loaded, claim, [seenOn('2026-08-07', 2)])).toBe('claimed');
      expect((await load()).state).toMatchObject({
        seen: [seenOn('2026-08-07', 2)],
        outcomes: [outcome('2026-08-06', 'expired', 'old')],
      });
    });

    it('keeps an outcome that was recorded after the subscriber was loaded', async () => {
      await subscribers.claim(await add(), claimOn('2026-08-06'), []);
      const loaded = await load();
      await subscribers.record(loaded, 'sent', claimOn('2026-08-06'));
      expect(await subscribers.claim(loaded, claimOn('2026-08-07'), [])).toBe('claimed');
      expect((await load()).state.outcomes).toEqual([outcome('2026-08-06', 'sent')]);
    });

    it('throws when other papers were seen since the subscriber was loaded', async () => {
      const loaded = await add();
      await subscribers.claim(loaded, claimOn('2026-08-06'), [seenOn('2026-08-06', 1)]);
      await expect(async () =>
        subscribers.claim(loaded, claimOn('2026-08-07'), [seenOn('2026-08-07', 1)]),
      ).rejects.toThrow('papers');
      expect((await load()).state.edition).toBe('2026-08-06');
    });
  });

  describe('taking a claim over', () => {
    const claim = claimOn('2026-08-07');
    const later = { attempt: 2, at: claim.at + 1_800_000 };

    it('gives a claim in doubt to one of many, as the second attempt', async () => {
      await subscribers.claim(await add(), claim, []);
      const results = await Promise.all(
        Array.from({ length: 30 }, (_, index) => subscribers.reclaim(id, claim, { ...later, at: later.at + index })),
      );
      expect(results.filter((result) => result === 'claimed')).toHaveLength(1);
      const taken = { attempt: 2, at: later.at + results.indexOf('claimed'), firstAt: claim.at };
      expect((await load()).state.claim).toEqual({ ...claim, ...taken });
    });

    it('gives an unsent claim to one of many, as the same attempt', async () => {
      await subscribers.claim(await add(), claim, []);
      await subscribers.markUnsent(id, claim);
      const unsent = (await load()).state.claim!;
      expect(unsent).toEqual({ ...claim, isUnsent: true });
      const same = { attempt: 1, at: claim.at };
      const results = await Promise.all(Array.from({ length: 30 }, () => subscribers.reclaim(id, unsent, same)));
      expect(results.filter((result) => result === 'claimed')).toHaveLength(1);
      expect((await load()).state.claim).toEqual(claim);
    });

    it('never takes a claim over as the same attempt while it may have been sent', async () => {
      await subscribers.claim(await add(), claim, []);
      await expect(async () => subscribers.reclaim(id, claim, { attempt: 1, at: later.at })).rejects.toThrow();
    });

    it('gives nothing once the claim has its outcome, or the subscriber has left', async () => {
      await subscribers.claim(await add(), claim, []);
      await subscribers.record(await load(), 'sent', claim);
      expect(await subscribers.reclaim(id, claim, later)).toBe('already-claimed');
      await subscribers.stop(id, 'unsubscribed', at);
      expect(await subscribers.reclaim(id, claim, later)).toBe('not-active');
      expect(await subscribers.reclaim(subscriberId(99), claim, later)).toBe('not-active');
    });

    it('marks no claim as unsent but the one that is meant', async () => {
      await subscribers.claim(await add(), claim, []);
      await subscribers.reclaim(id, claim, later);
      await subscribers.markUnsent(id, claim);
      expect((await load()).state.claim?.isUnsent).toBe(false);
      await subscribers.markUnsent(subscriberId(99), claim);
      expect(await subscribers.load([subscriberId(99)])).toEqual([]);
    });
  });
}
