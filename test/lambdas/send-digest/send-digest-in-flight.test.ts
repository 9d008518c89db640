import { describe, expect, it } from '@jest/globals';
import type { SendDigestDeps } from '../../../lambdas/send-digest/send-digest.js';
import { lanes } from '../../../shared/delivery/pacing.js';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';
import { aDigestHouse, batch, due, reader, run } from './digest-house.js';

const readers = (count: number) => Array.from({ length: count }, (_, at) => reader(at + 1));
const accepted: SendAnswer = { kind: 'accepted', messageId: 'm' };
const lost: SendAnswer = { kind: 'lost', reason: 'TimeoutError' };

/** A house in which mails stay on their way until `land` brings one in, and which notes what is loaded. */
async function aBusyHouse(subscribers: readonly Subscriber[], over: Parameters<typeof aDigestHouse>[1] = {}) {
  const store = fakeSubscriberRepository(...subscribers);
  const loaded: number[] = [];
  const house = await aDigestHouse(subscribers, {
    ...over,
    store: {
      ...store,
      load: (ids, tell) => {
        loaded.push(ids.length);
        return store.load(ids, tell);
      },
    },
  });
  const onTheirWay: ((answer: SendAnswer) => void)[] = [];
  let most = 0;
  const mailDigest: SendDigestDeps['mailDigest'] = () => {
    const landed = new Promise<SendAnswer>((land) => onTheirWay.push(land));
    most = Math.max(most, onTheirWay.length);
    return landed;
  };
  const settled = async () => {
    for (let round = 0; round < 20; round += 1) await new Promise((next) => setImmediate(next));
  };
  /** Brings in the mails that are on their way, and those that follow them, by the answers in turn. */
  const landAll = async (answers: readonly SendAnswer[] = []) => {
    const left = [...answers];
    let offered = 0;
    for (await settled(); onTheirWay.length > 0; await settled()) {
      offered += 1;
      onTheirWay.shift()?.(left.shift() ?? accepted);
    }
    return offered;
  };
  const send = (more: Partial<SendDigestDeps> = {}) => house.send({ mailDigest, lane: lanes(8), ...more });
  return { ...house, send, landAll, settled, loaded, onTheirWay, most: () => most };
}

describe('several digests on their way together', () => {
  it('are as many as the sender may have, each claimed by itself, until the batch is through', async () => {
    const house = await aBusyHouse(readers(20));
    const job = house.send();
    await house.settled();
    expect(house.onTheirWay).toHaveLength(8);
    expect(await house.landAll()).toBe(20);
    expect(await job).toMatchObject({ candidates: 20, sent: 20, open: 0 });
    expect(house.most()).toBe(8);
  });

  it('never exceed what the account may still send', async () => {
    const house = await aBusyHouse(readers(20), { quota: { per24Hours: 200, sentLast24Hours: 195 } });
    const job = house.send();
    expect(await house.landAll()).toBe(5);
    expect(await job).toMatchObject({ sent: 5, open: 15, stopped: 'quota-exhausted' });
  });

  it('of two jobs go by one count of what the account may still send', async () => {
    const quota = { perSecond: 14, per24Hours: 200, sentLast24Hours: 190 };
    const houses = [await aBusyHouse(readers(8)), await aBusyHouse(readers(8))];
    const jobs = houses.map((house) => house.send({ quota: async () => quota }));
    const offered = await Promise.all(houses.map((house) => house.landAll()));
    expect(offered.reduce((sum, count) => sum + count)).toBe(10);
    expect((await Promise.all(jobs)).map(({ open }) => open).reduce((sum, open) => sum + open)).toBe(6);
  });

  it('count a mail that SES refused as one that may still be sent', async () => {
    const house = await aBusyHouse(readers(3), { quota: { per24Hours: 200, sentLast24Hours: 198 } });
    const job = house.send({ lane: lanes(1) });
    expect(await house.landAll([{ kind: 'rejected', reason: 'an address is malformed' }])).toBe(3);
    expect(await job).toMatchObject({ sent: 2, failed: 1, open: 0 });
  });

  it('stop at SES’s first refusal: who waits for a turn is not even claimed', async () => {
    const house = await aBusyHouse(readers(20));
    const waiting: (() => void)[] = [];
    const paceFor = () => () => new Promise<void>((turn) => waiting.push(turn));
    const job = house.send({ paceFor });
    await house.settled();
    for (const turn of waiting.splice(0, 2)) turn();
    await house.settled();
    house.onTheirWay.shift()?.({ kind: 'throttled' });
    await house.settled();
    for (const turn of waiting.splice(0)) turn();
    expect(await house.landAll()).toBe(1);
    expect(await job).toMatchObject({ sent: 1, open: 19, stopped: 'throttled' });
    const claims = await Promise.all(readers(20).map((_, at) => house.stateOf(at + 1)));
    expect(claims.filter(({ claim }) => claim !== undefined)).toHaveLength(1);
  });

  it('stop after five doubts in a row, and those on their way are still recorded', async () => {
    const house = await aBusyHouse(readers(30));
    const job = house.send();
    const answers = [lost, lost, lost, lost, accepted, lost, lost, lost, lost, lost];
    const offered = await house.landAll(answers);
    expect(offered).toBe(17);
    expect(await job).toMatchObject({ sent: 8, open: 22, stopped: 'in-doubt' });
  });
});

describe('the balance of a batch', () => {
  it('comes from what its job recorded, without a second look at anybody', async () => {
    const house = await aBusyHouse([...readers(3), reader(4, { state: { ...reader(4).state, status: 'paused' } })]);
    const job = house.send();
    await house.landAll([accepted, { kind: 'rejected', reason: 'an address is malformed' }]);
    expect(await job).toMatchObject({ candidates: 4, sent: 2, failed: 1, suppressed: 1, open: 0 });
    expect(house.loaded).toEqual([4]);
    expect(await house.runs.balance(run)).toMatchObject({ sent: 2, failed: 1, suppressed: 1, open: 0 });
  });

  it('looks again at whom the job did not bring to an end', async () => {
    const house = await aBusyHouse(readers(5));
    const job = house.send();
    await house.settled();
    // The Send event of the first is faster than the reply, which is then lost.
    const [first] = await house.store.load([reader(1).id]);
    const claim = first?.state.claim;
    if (first && claim) await house.store.record(first, 'sent', claim);
    await house.landAll([lost, accepted, lost]);
    expect(await job).toMatchObject({ sent: 4, open: 1 });
    expect(house.loaded).toEqual([5, 1, 2]);
  });

  it('looks again where another worker recorded first', async () => {
    const house = await aBusyHouse(readers(2));
    const job = house.send();
    await house.settled();
    const [first] = await house.store.load([reader(1).id]);
    const claim = first?.state.claim;
    if (first && claim) await house.store.record(first, 'sent', claim);
    await house.landAll();
    expect(await job).toMatchObject({ sent: 2, open: 0 });
    expect(house.loaded).toEqual([2, 1, 1]);
  });
});

describe('the quota that a job carries', () => {
  const job = { run, batch, quota: { perSecond: 10, left: 50_000 } };
  const asking = () => {
    const asked: number[] = [];
    const paces: number[] = [];
    const quota = async () => {
      asked.push(1);
      return { perSecond: 3, per24Hours: 200, sentLast24Hours: 0 };
    };
    const paceFor = ({ perSecond }: { perSecond: number }) => {
      paces.push(perSecond);
      return async () => {};
    };
    return { asked, paces, more: { quota, paceFor } };
  };

  it('is gone by, and SES is not asked', async () => {
    for (const left of [50_000, null]) {
      const house = await aDigestHouse(readers(2));
      const { asked, paces, more } = asking();
      const carried = { ...job, quota: { perSecond: 10, left } };
      expect(await house.send(more, undefined, carried, due - minuteMs)).toMatchObject({ sent: 2 });
      expect([asked, paces]).toEqual([[], [10]]);
    }
  });

  it.each([
    ['has waited for a tick', job, due - 15 * minuteMs],
    ['might use up the day’s quota until then', { ...job, quota: { perSecond: 10, left: 8_999 } }, due],
    ['says nothing of use', { ...job, quota: { perSecond: 0, left: null } }, due],
    ['has none', { run, batch }, due],
  ])('does not count where the job %s: SES is asked', async (_, carried, queuedAt) => {
    const house = await aDigestHouse(readers(2));
    const { asked, paces, more } = asking();
    expect(await house.send(more, undefined, carried, queuedAt)).toMatchObject({ sent: 2 });
    expect([asked, paces]).toEqual([[1], [3]]);
  });
});
