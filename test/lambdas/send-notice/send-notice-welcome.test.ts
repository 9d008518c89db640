import { describe, expect, it } from '@jest/globals';
import { deliverDigest } from '../../../lambdas/send-digest/deliver-digest.js';
import { loadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { addDays, dayMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { balanceBatch } from '../../../shared/domain/subscriber/delivery.js';
import type { DeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aProfile, aRankedPaper, aState, aSubscriber, paperId, subscriberId } from '../../support/builders.js';
import { aNoticeHouse, aRequest, canary, canaryId, edition, noon } from './notice-house.js';

const { date } = edition;
const welcome = { kind: 'welcome', subscriber: canaryId } as const;
const aReader = (over: Parameters<typeof aState>[0] = {}, filter = 'tables') =>
  aSubscriber({
    id: canaryId,
    state: aState(over),
    profile: aProfile({ address: canary, topics: [{ name: 'Mine', filter }] }),
  });
const paused: SendAnswer = { kind: 'paused', reason: 'account' };
const nextEdition = { ...edition, date: addDays(date, 1), papers: [aRankedPaper({ id: paperId(9) })] };

describe('a welcome with something to read', () => {
  it('brings the newest edition’s digest at once, claimed and recorded as every digest', async () => {
    const { deliver, sent, stateOf } = aNoticeHouse({ subscribers: [aReader()] });
    expect(await deliver(welcome)).toEqual({ ...welcome, outcome: 'mailed', edition: date });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: canary, tags: { subscriber: canaryId, edition: date, attempt: '1' } });
    expect(sent[0]!.raw).toContain('Subject: Welcome to Paperboy');
    expect(sent[0]!.raw).toContain('Tables of the Heart');
    expect(sent[0]!.raw).not.toContain('Lanterns');
    expect(sent[0]!.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const state = await stateOf();
    expect(state).toMatchObject({ edition: date, outcomes: [{ edition: date, outcome: 'sent', batch: 'welcome' }] });
    expect(state).not.toHaveProperty('claim');
  });

  it('waits while the admin has paused digests, which stops no other notice', async () => {
    const { deliver, sent, traffic, putBack } = aNoticeHouse({ subscribers: [aReader()] });
    await traffic.halt('digests', noon, 'admin');
    expect(await deliver(welcome)).toEqual({ kind: 'welcome', outcome: 'paused' });
    expect(sent).toEqual([]);
    expect(putBack).toEqual([{ message: welcome, delaySeconds: 900 }]);
    expect(await deliver(aRequest())).toMatchObject({ outcome: 'mailed' });
  });

  it('is the best of the week for whoever wants one a week', async () => {
    const reader = aReader({ slot: slotOf('Europe/Berlin', 7, 'w5' as DeliveryDays) });
    const { deliver, sent, stateOf } = aNoticeHouse({ subscribers: [reader] });
    expect(await deliver(welcome)).toMatchObject({ outcome: 'mailed', edition: date });
    expect(sent[0]!.raw).toContain("The week's best in your topics");
    expect(await stateOf()).toMatchObject({ slot: 'Europe/Berlin@07/w5', outcomes: [{ batch: 'welcome' }] });
    const daily = aNoticeHouse({ subscribers: [aReader()] });
    await daily.deliver(welcome);
    expect(daily.sent[0]!.raw).not.toContain("The week's best");
  });

  it('is sent once, however often and however many times at once the message is delivered', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    await Promise.all(Array.from({ length: 10 }, () => house.deliver(welcome)));
    house.time.now += 20 * minuteMs;
    await house.deliver(welcome);
    expect(house.sent).toHaveLength(1);
  });

  it('is not sent again when the next edition is out before the message comes again', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    await house.deliver(welcome);
    await house.editions.publish(nextEdition);
    house.time.now = noon + dayMs - minuteMs;
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'too-soon' });
    expect(house.sent).toHaveLength(1);
  });

  it('leaves nothing of the same edition to the day’s run, which counts it elsewhere', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    await house.deliver(welcome);
    const [reader] = await house.store.load([canaryId]);
    const batch = 'Europe/Berlin@07#0000';
    const result = await deliverDigest(
      reader!,
      {
        edition: loadedEdition(edition),
        batch,
        moment: { edition: date, now: house.time.now, dueAt: noon },
        turns: { take: async () => undefined, giveBack: () => {} },
      },
      {
        subscribers: house.store,
        consents: house.consents,
        catalogue: [],
        mailDigest: async () => Promise.reject(new Error('a second digest')),
        seenHashes: async () => [],
        tally: { note: () => {} },
        countUnreadable: () => {},
        warn: () => {},
        now: () => house.time.now,
      },
    );
    expect(result).toBe('ended');
    expect(balanceBatch([canaryId], [reader!], date, batch, noon).balance).toMatchObject({ candidates: 0, open: 0 });
  });

  it('that SES did not take is resumed with the same papers when the message comes again', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()], answers: [paused] });
    await expect(house.deliver(welcome)).rejects.toThrow('a welcome was not sent');
    expect((await house.stateOf())?.claim).toMatchObject({ batch: 'welcome', isUnsent: true });
    await house.editions.publish(nextEdition);
    house.time.now = noon + dayMs - minuteMs;
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'mailed', edition: date });
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'too-soon' });
    expect(house.sent).toHaveLength(1);
    expect(house.sent[0]!.raw).toContain('Tables of the Heart');
  });

  it('that SES did not take, or whose worker died, is left to the run, though its slot was planned before', async () => {
    const lost: SendAnswer = { kind: 'lost', reason: 'reset' };
    const waits = async ({ runs }: ReturnType<typeof aNoticeHouse>) =>
      (await runs.openBatches(date)).map(({ id, subscribers }) => [id, subscribers]);
    const adopted = [[`welcome#${canaryId}`, [canaryId]]];
    const refused = aNoticeHouse({ subscribers: [aReader()], answers: [paused] });
    await expect(refused.deliver(welcome)).rejects.toThrow();
    expect(await waits(refused)).toEqual(adopted);
    const inDoubt = aNoticeHouse({ subscribers: [aReader()], answers: [lost] });
    expect(await inDoubt.deliver(welcome)).toMatchObject({ outcome: 'in-doubt' });
    expect(await waits(inDoubt)).toEqual(adopted);
    const claim = { edition: date, batch: 'welcome', attempt: 1, at: noon, papers: [paperId(1)], isUnsent: false };
    const died = aNoticeHouse({ subscribers: [aReader({ edition: date, claim })] });
    expect(await died.deliver(welcome)).toMatchObject({ outcome: 'too-soon' });
    expect(await waits(died)).toEqual(adopted);
    const sent = aNoticeHouse({ subscribers: [aReader()] });
    await sent.deliver(welcome);
    expect(await waits(sent)).toEqual([]);
  });

  it('whose claim was made though no reply came is left to the run, and no other mail takes its place', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    const { claim } = house.store;
    house.store.claim = async (...given) => {
      await claim(...given);
      return claim(...given);
    };
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'too-soon' });
    expect(house.sent).toEqual([]);
    expect((await house.runs.openBatches(date)).map(({ subscribers }) => subscribers)).toEqual([[canaryId]]);
  });

  it('that we cannot compose is resumed with the same papers when the fault is mended, and is never called failed', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    house.breakComposing();
    for (const _ of [1, 2]) await expect(house.deliver(welcome)).rejects.toThrow('a welcome could not be composed');
    expect(await house.stateOf()).toMatchObject({
      outcomes: [],
      claim: { batch: 'welcome', attempt: 1, isUnsent: true },
    });
    house.mendComposing();
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'mailed', edition: date });
    expect(house.sent).toHaveLength(1);
    expect(house.sent[0]!.raw).toContain('Tables of the Heart');
  });

  it('whose worker died before it claimed is sent when the message comes again', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    const { giveBack } = house.signups;
    const { claim } = house.store;
    house.store.claim = async () => Promise.reject(new Error('the process died'));
    house.signups.giveBack = async () => {};
    await expect(house.deliver(welcome)).rejects.toThrow('died');
    Object.assign(house.store, { claim });
    Object.assign(house.signups, { giveBack });
    house.time.now += 12 * minuteMs;
    for (const outcome of ['mailed', 'too-soon']) expect(await house.deliver(welcome)).toMatchObject({ outcome });
    expect(house.sent).toHaveLength(1);
  });

  it('that could not be claimed is sent when the message comes again', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    const { claim } = house.store;
    house.store.claim = async () => Promise.reject(new Error('throttled'));
    await expect(house.deliver(welcome)).rejects.toThrow('throttled');
    house.store.claim = claim;
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'mailed', edition: date });
    expect(house.sent).toHaveLength(1);
  });

  it('that was sent and could not be recorded is not sent again, nor a plain one in its place', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    house.store.record = async () => Promise.reject(new Error('throttled'));
    await expect(house.deliver(welcome)).rejects.toThrow('throttled');
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'too-soon' });
    expect(house.sent).toHaveLength(1);
  });

  it('is read from its table once for all who come', async () => {
    const other = { ...aReader(), id: subscriberId(7) };
    const house = aNoticeHouse({ subscribers: [aReader(), other] });
    const { find } = house.editions;
    let reads = 0;
    house.editions.find = (wanted) => {
      reads += 1;
      return find(wanted);
    };
    await house.deliver(welcome);
    await house.deliver({ ...welcome, subscriber: other.id });
    expect([house.sent.length, reads]).toEqual([2, 1]);
  });

  it('comes again on the same day to one who left and confirmed anew, and so does the goodbye', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()] });
    const goodbye = { kind: 'goodbye', subscriber: canaryId } as const;
    const outcomes: unknown[] = [];
    for (let times = 0; times < 2; times += 1) {
      house.time.now += minuteMs;
      outcomes.push((await house.deliver(welcome)).outcome);
      await house.store.stop(canaryId, 'unsubscribed', house.time.now);
      outcomes.push((await house.deliver(goodbye)).outcome);
      if (times > 0) break;
      await house.deliver(aRequest({ requestedAt: house.time.now }));
      const { confirmation } = (await house.stateOf())!;
      await house.store.confirm(canaryId, confirmation!.tokenHash, house.time.now);
    }
    expect(outcomes).toEqual(['mailed', 'mailed', 'mailed', 'mailed']);
    expect(await house.deliver(goodbye)).toMatchObject({ outcome: 'too-soon' });
  });

  it('whose reply was lost leaves its claim in doubt and is not sent again', async () => {
    const house = aNoticeHouse({ subscribers: [aReader()], answers: [{ kind: 'lost', reason: 'reset' }] });
    await house.deliver(welcome);
    await house.deliver(welcome);
    expect(house.sent).toHaveLength(1);
    expect((await house.stateOf())?.claim).toMatchObject({ edition: date, batch: 'welcome', isUnsent: false });
  });
});

describe('a welcome that is asked for before the confirmation is written', () => {
  const confirmation = { tokenHash: 'hash', expiresAt: noon + dayMs };
  const waiting = aReader({ status: 'pending', confirmation });

  it('waits a moment for it', async () => {
    const onSleep = (store: SubscriberRepository) => store.confirm(canaryId, 'hash', noon);
    const house = aNoticeHouse({ subscribers: [waiting], onSleep });
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'mailed' });
    expect(house.sent).toHaveLength(1);
  });

  it('fails its message when that takes long, and is sent when the message comes again', async () => {
    const house = aNoticeHouse({ subscribers: [waiting] });
    await expect(house.deliver(welcome)).rejects.toThrow('waits for the confirmation');
    await house.store.confirm(canaryId, 'hash', noon);
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'mailed' });
    expect(house.sent).toHaveLength(1);
  });

  it('is dropped when the link has run out', async () => {
    const house = aNoticeHouse({ subscribers: [waiting] });
    house.time.now = confirmation.expiresAt;
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'not-active' });
  });
});

describe('a welcome with nothing to read yet', () => {
  it.each([
    ['matches nothing', { subscribers: [aReader({}, 'fish')] }],
    ['was taken by the day’s run', { subscribers: [aReader({ edition: date })] }],
    ['does not exist', { subscribers: [aReader()], editions: [] }],
  ])('says when the first digest comes where the newest edition %s', async (_, options) => {
    const house = aNoticeHouse(options);
    const before = await house.stateOf();
    expect(await house.deliver(welcome)).toEqual({ ...welcome, outcome: 'mailed' });
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'too-soon' });
    expect(house.sent).toHaveLength(1);
    expect(house.sent[0]!.tags).toEqual({ subscriber: canaryId, 'ses:feedback-id-a': 'welcome' });
    expect(house.sent[0]!.raw).toContain('Your first digest comes tomorrow, Saturday, at 7 a.m. (Berlin time)');
    expect(await house.stateOf()).toEqual(before);
  });

  it.each(['pending', 'paused', 'unsubscribed', 'suppressed'] as const)('is not for one who is %s', async (status) => {
    const house = aNoticeHouse({ subscribers: [aReader({ status })] });
    expect(await house.deliver(welcome)).toMatchObject({ outcome: 'not-active' });
    expect(house.sent).toEqual([]);
  });
});
