import { describe, expect, it } from '@jest/globals';
import type { ComposeDigest } from '../../../shared/delivery/digest-mailer.js';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { composeDigest } from '../../../shared/mail/digest/compose-digest.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aProfile, aState, paperId, subscriberId } from '../../support/builders.js';
import { aDigestHouse, batch, due, reader, run } from './digest-house.js';

const readers = [reader(1), reader(2), reader(3)];

/** A composer with a fault that shows for some subscribers, for as long as `isBroken` says so. */
const faulty =
  (isBroken: (id: SubscriberId) => boolean): ComposeDigest =>
  (digest, parts, subscriber) => {
    if (isBroken(subscriber.id)) throw new TypeError(`no greeting for ${digest.to}`);
    return composeDigest(digest, parts);
  };

/** Loads all subscribers but the second, whose rows make no sense. */
const withBadRow =
  (house: Awaited<ReturnType<typeof aDigestHouse>>, reason: string): SubscriberRepository['load'] =>
  (ids, tellUnreadable) => {
    const bad = subscriberId(2);
    if (ids.includes(bad)) tellUnreadable?.(bad, new Error(reason));
    return house.store.load(ids.filter((id) => id !== bad));
  };

/** Gives the tick of every half hour from the due time on a job of its own, until the digest has expired. */
async function sendUntilExpiry(house: Awaited<ReturnType<typeof aDigestHouse>>) {
  for (house.time.now = due; house.time.now < due + 20 * hourMs; house.time.now += 30 * minuteMs) await house.send();
  return house.send();
}

describe('a composer that throws', () => {
  it('for all fails nobody: every claim stays to be resumed, and all are counted', async () => {
    const house = await aDigestHouse(readers, { compose: faulty(() => true) });
    expect(await house.send()).toMatchObject({ candidates: 3, open: 3, broken: 3, failed: 0, expired: 0 });
    for (const number of [1, 2, 3]) {
      expect((await house.stateOf(number)).claim).toMatchObject({ isUnsent: true, attempt: 1 });
      expect((await house.stateOf(number)).outcomes).toEqual([]);
    }
    expect(house.broken).toEqual([3]);
    expect(await house.runs.balance(run)).toMatchObject({ open: 3, broken: 3, failed: 0 });
    expect((await house.runs.openBatches(run)).map(({ broken }) => broken)).toEqual([3]);
  });

  it('for one keeps the digest from that one alone, and leaves the job done', async () => {
    const house = await aDigestHouse(readers, { compose: faulty((id) => id === subscriberId(1)) });
    expect(await house.send()).toMatchObject({ sent: 2, open: 1, broken: 1, failed: 0 });
    expect(await house.send()).toMatchObject({ sent: 2, open: 1, broken: 1, failed: 0 });
    expect(house.sent.map(({ to }) => to)).toEqual(['reader2@example.org', 'reader3@example.org']);
    expect(house.broken).toEqual([1, 1]);
    expect(await house.runs.balance(run)).toMatchObject({ sent: 2, open: 1, broken: 1 });
  });

  it('once delays one digest: the next tick sends it, once, and counts none', async () => {
    let faults = 1;
    const house = await aDigestHouse(readers, { compose: faulty(() => faults-- > 0) });
    expect(await house.send()).toMatchObject({ sent: 2, open: 1, broken: 1 });
    house.time.now += 15 * minuteMs;
    expect(await house.send()).toMatchObject({ sent: 3, open: 0, broken: 0 });
    expect(house.sent.map(({ to, tags }) => [to, tags.attempt])).toEqual([
      ['reader2@example.org', '1'],
      ['reader3@example.org', '1'],
      ['reader1@example.org', '1'],
    ]);
    expect(house.broken).toEqual([1, 0]);
    expect(await house.runs.balance(run)).toMatchObject({ sent: 3, broken: 0 });
  });

  it('until the end lets the digest expire, which is no refusal of SES', async () => {
    const house = await aDigestHouse(readers, { compose: faulty((id) => id === subscriberId(1)) });
    expect(await sendUntilExpiry(house)).toMatchObject({ sent: 2, expired: 1, failed: 0, open: 0, broken: 0 });
    expect((await house.stateOf(1)).outcomes).toMatchObject([{ edition: run, outcome: 'expired' }]);
  });

  it('is logged by the subscriber’s id and the place of the fault, without the address', async () => {
    const house = await aDigestHouse(readers, { compose: faulty((id) => id === subscriberId(1)) });
    await house.send();
    const log = house.warnings.join();
    expect(log).toContain(subscriberId(1));
    expect(log).toMatch(/TypeError at .*send-digest-broken/);
    expect(log).not.toMatch(/@example\.org|no greeting/);
  });
});

describe('any other fault of ours', () => {
  const unmatchable = Object.defineProperty(aProfile(), 'topics', {
    get: () => {
      throw new RangeError('a fault in matching');
    },
  });

  it('before the claim leaves the subscriber without one, to be tried again until the digest expires', async () => {
    const house = await aDigestHouse([reader(1, { profile: unmatchable }), reader(2)]);
    expect(await house.send()).toMatchObject({ sent: 1, open: 1, broken: 1, failed: 0 });
    expect((await house.stateOf(1)).claim).toBeUndefined();
    expect(await sendUntilExpiry(house)).toMatchObject({ sent: 1, expired: 1, open: 0, broken: 0 });
  });

  it('before an unsent claim is taken over leaves that claim as it was, to be resumed', async () => {
    const batch = 'Europe/Berlin@07#0000';
    const claim = { edition: run, batch, attempt: 1, at: due, papers: [paperId(1)], isUnsent: true };
    const state = aState({ edition: run, claim });
    const house = await aDigestHouse([reader(1, { profile: unmatchable, state }), reader(2, { state })]);
    expect(await house.send()).toMatchObject({ sent: 1, open: 1, broken: 1 });
    expect((await house.stateOf(1)).claim).toEqual(claim);
  });

  it('after SES took the mail counts it, and sends no second one', async () => {
    const house = await aDigestHouse(readers);
    const subscribers: SubscriberRepository = { ...house.store, record: () => Promise.reject(new Error('throttled')) };
    expect(await house.send({ subscribers })).toMatchObject({ open: 3, broken: 3 });
    house.time.now += 15 * minuteMs;
    await house.send();
    // The fourth mail is a probe, which goes to nobody.
    expect(house.sent.map(({ to }) => to).filter((to) => to.endsWith('@example.org'))).toHaveLength(3);
  });

  it('in one subscriber’s rows costs nobody else the digest, and is no reason to deliver the job again', async () => {
    const house = await aDigestHouse(readers);
    const load = withBadRow(house, 'a broken row');
    const subscribers = { ...house.store, load };
    expect(await house.send({ subscribers })).toMatchObject({ candidates: 3, sent: 2, open: 1, broken: 1 });
    expect(house.warnings.join()).toContain(subscriberId(2));
    expect(await house.send()).toMatchObject({ sent: 3, open: 0, broken: 0 });
    expect(house.broken).toEqual([1, 0]);
  });

  it('of the table at the last count changes no count: the job is delivered again', async () => {
    const house = await aDigestHouse(readers);
    await house.send();
    const before = await house.runs.findBatch(run, batch);
    house.time.now = due + 20 * hourMs;
    const subscribers = { ...house.store, load: () => Promise.reject(new Error('throttled')) };
    await expect(house.send({ subscribers })).rejects.toThrow('throttled');
    expect(await house.runs.findBatch(run, batch)).toEqual(before);
  });
});

describe('a run', () => {
  const unreachable = { quota: () => Promise.reject(new Error('connect ECONNREFUSED')) };

  it('waits, and its jobs do not fail, while SES does not even tell its quota', async () => {
    const house = await aDigestHouse(readers);
    expect(await house.send(unreachable)).toMatchObject({ open: 3, stopped: 'sending-paused' });
    expect(house.stops).toEqual([1]);
    house.time.now += 9 * hourMs;
    expect(await house.send()).toMatchObject({ sent: 3, open: 0 });
  });

  it('closes when its digests expire, without SES, the edition, or the rows that cannot be read', async () => {
    const house = await aDigestHouse(readers);
    const load = withBadRow(house, 'of a newer version');
    const loadEdition = () => Promise.reject(new Error('no part of it'));
    const subscribers = { ...house.store, load };
    house.time.now = due + 20 * hourMs - 1;
    await expect(house.send({ ...unreachable, loadEdition, subscribers })).rejects.toThrow('no part of it');
    house.time.now += 1;
    const report = await house.send({ ...unreachable, loadEdition, subscribers });
    expect(report).toMatchObject({ candidates: 3, expired: 3, open: 0, broken: 0 });
    expect(await house.runs.openBatches(run)).toEqual([]);
    expect(house.broken).toEqual([1]);
    expect(house.warnings.join()).toContain(subscriberId(2));
  });

  it('closes though its slot is of a zone that this runtime does not know', async () => {
    const house = await aDigestHouse(readers);
    const findBatch: typeof house.runs.findBatch = async (...given) => {
      const found = await house.runs.findBatch(...given);
      return found && { ...found, slot: 'Mars/Olympus@07' as typeof found.slot };
    };
    const runs = { ...house.runs, findBatch };
    expect(await house.send({ runs })).toMatchObject({ sent: 3, open: 0 });
  });
});

it('counts 0 broken and 0 stopped where all went well', async () => {
  const house = await aDigestHouse(readers);
  await house.send();
  expect([house.broken, house.stops]).toEqual([[0], [0]]);
});
