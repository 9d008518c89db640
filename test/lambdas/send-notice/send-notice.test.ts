import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { recordMailEvent } from '../../../lambdas/record-mail-events/record-mail-events.js';
import { dayMs, hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { DeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aProfile, aState, aSubscriber } from '../../support/builders.js';
import { aNoticeHouse, aRequest, canary, canaryId, idOf, noon } from './notice-house.js';

const aReader = (status: 'active' | 'paused' | 'pending' | 'unsubscribed' | 'suppressed') =>
  aSubscriber({ id: canaryId, state: aState({ status }), profile: aProfile({ address: canary }) });

const lost: SendAnswer = { kind: 'lost', reason: 'reset' };

describe('a request for a new address', () => {
  it('is journalled, waits 48 hours for its confirmation, and is asked for it by mail', async () => {
    const { deliver, sent, stateOf, consents } = aNoticeHouse();
    expect(await deliver(aRequest())).toMatchObject({ notice: 'confirmation', outcome: 'mailed' });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: canary, tags: { subscriber: canaryId } });
    const [, random] = /confirm\?token=[\w-]{22}\.([\w-]{43})\s/.exec(sent[0]!.raw) ?? [];
    const tokenHash = createHash('sha256').update(random!).digest('hex');
    expect(await stateOf()).toMatchObject({
      status: 'pending',
      confirmation: { tokenHash, expiresAt: noon + 48 * hourMs },
    });
    expect(await consents.of(canaryId)).toEqual([
      { subscriber: canaryId, event: 'requested', at: noon, cause: 'form', page: '2026-11' },
    ]);
  });

  it('waits where the table was restored from a backup and not replayed yet: who complained since is not known in it', async () => {
    const { deliver, sent, stateOf, putBack, consents, log } = aNoticeHouse({ isCopy: true });
    expect(await deliver(aRequest())).toEqual({ kind: 'answer-request', outcome: 'restored-table' });
    expect([sent, await stateOf(), await consents.of(canaryId)]).toEqual([[], undefined, []]);
    expect(putBack).toEqual([{ message: aRequest(), delaySeconds: 900 }]);
    expect(log.join()).toMatch(/nothing is sent before .*restore replay/);
  });

  it('gets a mail without a word that was typed', async () => {
    const { deliver, sent } = aNoticeHouse();
    await deliver(aRequest());
    const body = sent[0]!.raw.slice(sent[0]!.raw.indexOf('\r\n\r\n'));
    for (const word of ['Secretword', 'tables', 'Berlin', 'canary', '@example.org']) expect(body).not.toContain(word);
  });

  it('gets a mail with the names of the catalogue’s topics, and only the number of its own filters', async () => {
    const topics = [{ catalogueId: 'robots' }, { name: 'Secretword', filter: 'tables' }];
    const { deliver, sent } = aNoticeHouse();
    await deliver(aRequest({ topics, hour: 18 }));
    const told = sent[0]!.raw.replace(/\s+/g, ' ');
    expect(told).toContain('papers on Robots, and papers that match a filter of your own, at 6 p.m.');
    expect(told).not.toContain('Secretword');
  });

  it('keeps what was ticked on the form', async () => {
    const { deliver, store } = aNoticeHouse();
    await deliver(aRequest({ aiSummaries: false, quietDays: 'best-unseen' }));
    const [{ profile }] = (await store.load([canaryId])) as [Subscriber];
    expect(profile).toMatchObject({ aiSummaries: false, quietDays: 'best-unseen' });
  });

  it('is answered once, however often the message is delivered', async () => {
    const { deliver, sent } = aNoticeHouse();
    await deliver(aRequest());
    expect(await deliver(aRequest())).toMatchObject({ outcome: 'too-soon' });
    expect(sent).toHaveLength(1);
  });

  it('is answered once for 100 spellings of one mailbox at the same time', async () => {
    const { deliver, sent } = aNoticeHouse();
    const local = 'canarybird';
    const spellings = Array.from({ length: 100 }, (_, at) => {
      const dotted = `${local.slice(0, 1 + (at % 9))}.${local.slice(1 + (at % 9))}`;
      const cased = at % 2 ? dotted.toUpperCase() : dotted;
      return `${cased}${at % 3 ? `+tag${at}` : ''}@${at % 5 ? 'gmail.com' : 'GoogleMail.com'}`;
    });
    const reports = await Promise.all(spellings.map((address) => deliver(aRequest({ address }))));
    expect(sent).toHaveLength(1);
    expect(sent[0]!.tags).toEqual({
      subscriber: idOf('canarybird@gmail.com'),
      'ses:feedback-id-a': 'confirmation',
    });
    expect(reports.filter(({ outcome }) => outcome === 'too-soon')).toHaveLength(99);
  });

  it('that died before its mail was offered is answered by the same message, and nobody is locked out', async () => {
    for (const dies of ['takeFromBudget', 'allowOwn', 'useRight'] as const) {
      const house = aNoticeHouse();
      const signups = { ...house.signups };
      const requests = { ...house.requests };
      const dead = { [dies]: () => Promise.reject(new Error('the process died')) };
      // What has died gives nothing back.
      Object.assign(house.signups, dead, { giveBack: async () => {} });
      Object.assign(house.requests, dead);
      await expect(house.deliver(aRequest())).rejects.toThrow();
      Object.assign(house.signups, signups);
      Object.assign(house.requests, requests);
      expect(await house.deliver(aRequest({ requestedAt: noon + 1 }))).toMatchObject({ outcome: 'too-soon' });
      house.time.now += minuteMs;
      expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'too-soon' });
      expect(house.putBack).toEqual([{ message: aRequest(), delaySeconds: 900 }]);
      house.time.now += 11 * minuteMs;
      expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'mailed' });
      expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'too-soon' });
      expect(house.sent).toHaveLength(1);
    }
  });

  it('waits while confirmations are halted by those of strangers that bounced, and is counted', async () => {
    const house = aNoticeHouse();
    await house.traffic.add(noon - hourMs, { noticesAccepted: 50, noticesBounced: 20, accepted: 5000 });
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'put-back' });
    expect(house.putBack).toHaveLength(1);
    await house.traffic.resume('notices', noon);
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'mailed' });
    expect((await house.traffic.between(noon, noon)).map(({ noticesAccepted }) => noticesAccepted)).toEqual([1]);
  });

  it('waits, like every notice, while the admin has paused notices', async () => {
    const house = aNoticeHouse();
    await house.traffic.halt('notices', noon, 'admin');
    const goodbye = { kind: 'goodbye', subscriber: canaryId } as const;
    for (const message of [aRequest(), goodbye]) {
      expect(await house.deliver(message)).toEqual({ kind: message.kind, outcome: 'paused' });
    }
    expect(house.putBack).toEqual([aRequest(), goodbye].map((message) => ({ message, delaySeconds: 900 })));
    expect([house.sent, house.pauses]).toEqual([[], [1, 1]]);
    await house.traffic.resume('notices', noon);
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'mailed' });
  });

  it('is asked for its confirmation three times in all, a day apart', async () => {
    const { deliver, sent, time } = aNoticeHouse();
    for (let day = 0; day < 10; day += 1) {
      time.now = noon + day * dayMs;
      await deliver(aRequest({ requestedAt: time.now }));
    }
    expect(sent).toHaveLength(3);
    expect(await deliver(aRequest({ requestedAt: time.now }))).toMatchObject({ outcome: 'too-many' });
  });

  it('keeps the days that were chosen', async () => {
    const { deliver, store } = aNoticeHouse();
    await deliver(aRequest({ days: 'w5' as DeliveryDays }));
    const [found] = await store.load([canaryId]);
    expect(found?.profile.days).toBe('w5');
  });

  it('fails, and so ends as a dead letter, when the form would not have let it through', async () => {
    const { deliver, sent, stateOf } = aNoticeHouse();
    const refused = 'the form would not have accepted these fields of a request: ';
    for (const [field, over] of [
      ['address', { address: `Canary <${canary}>` }],
      ['hour', { hour: 7.5 }],
      ['maxPapers', { maxPapers: 900 }],
      ['topic', { topics: [] }],
    ] satisfies [string, Parameters<typeof aRequest>[0]][]) {
      await expect(deliver(aRequest(over))).rejects.toThrow(new Error(`${refused}${field}`));
    }
    expect(sent).toEqual([]);
    expect(await stateOf()).toBeUndefined();
  });

  it('revives one who left', async () => {
    const { deliver, sent, stateOf } = aNoticeHouse({ subscribers: [aReader('unsubscribed')] });
    await deliver(aRequest());
    expect(sent).toHaveLength(1);
    expect(await stateOf()).toMatchObject({ status: 'pending' });
  });

  it('is not answered again when its message comes once more after the link was followed, and a bounce', async () => {
    const house = aNoticeHouse();
    await house.deliver(aRequest());
    const { confirmation } = (await house.stateOf())!;
    await house.store.confirm(canaryId, confirmation!.tokenHash, noon + minuteMs);
    await house.signups.forget(canaryId);
    const isSilent = async () => expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'answered' });
    await isSilent();
    for (const standing of ['bounced', 'unsubscribed'] as const) {
      await house.store.stop(canaryId, standing, noon + 2 * minuteMs);
      await isSilent();
    }
    house.time.now = noon + 5 * minuteMs;
    expect(await house.deliver(aRequest({ requestedAt: house.time.now }))).toMatchObject({ outcome: 'mailed' });
    expect(house.sent).toHaveLength(2);
  });

  it('whose mail bounces is suppressed and not asked again', async () => {
    const house = aNoticeHouse();
    await house.deliver(aRequest());
    const tags = Object.fromEntries(Object.entries(house.sent[0]!.tags).map(([name, value]) => [name, [value]]));
    const mail = { timestamp: new Date(noon).toISOString(), messageId: 'm', tags };
    const tally = { note: () => {} };
    const deps = { subscribers: house.store, tally, consents: house.consents, now: () => noon };
    await recordMailEvent({ eventType: 'Bounce', mail, bounce: { bounceType: 'Permanent' } }, deps);
    expect(await house.store.statusOf(canaryId, noon)).toBe('suppressed');
    house.time.now += 2 * dayMs;
    expect(await house.deliver(aRequest({ requestedAt: house.time.now }))).toMatchObject({ outcome: 'suppressed' });
    expect(house.sent).toHaveLength(1);
  });
});

describe('a request for an address that bounced', () => {
  const bounced = aSubscriber({
    id: canaryId,
    state: aState({ status: 'suppressed', suppressedBy: 'bounce' }),
    profile: aProfile({ address: canary }),
  });
  const askOn = (house: ReturnType<typeof aNoticeHouse>, day: number) => {
    house.time.now = noon + day * dayMs;
    return house.deliver(aRequest({ requestedAt: house.time.now }));
  };

  it('is asked to confirm once in 30 days, three times in all, and stays suppressed meanwhile', async () => {
    const house = aNoticeHouse({ subscribers: [bounced] });
    const outcomes = [];
    for (let day = 0; day < 100; day += 1) outcomes.push((await askOn(house, day)).outcome);
    const mailedOn = outcomes.flatMap((outcome, day) => (outcome === 'mailed' ? [day] : []));
    expect(mailedOn).toEqual([0, 30, 60]);
    expect(new Set(outcomes)).toEqual(new Set(['mailed', 'suppressed']));
    expect(await house.store.statusOf(canaryId, house.time.now)).toBe('suppressed');
    expect((await house.consents.of(canaryId)).map(({ event }) => event)).toEqual(Array(3).fill('requested'));
  });

  it('lets its owner come back by confirming, with a welcome that waited for it', async () => {
    const confirm = (store: SubscriberRepository) => store.confirm(canaryId, tokenHash, noon);
    const house = aNoticeHouse({ subscribers: [bounced], onSleep: confirm });
    expect(await house.deliver(aRequest())).toMatchObject({ notice: 'confirmation', outcome: 'mailed' });
    const [, random] = /confirm\?token=[\w-]{22}\.([\w-]{43})\s/.exec(house.sent[0]!.raw) ?? [];
    const tokenHash = createHash('sha256').update(random!).digest('hex');
    expect(await house.deliver({ kind: 'welcome', subscriber: canaryId })).toMatchObject({ outcome: 'mailed' });
    expect(await house.stateOf()).toMatchObject({ status: 'active' });
    expect(house.sent[1]!.raw).toContain('Subject: Welcome');
  });

  it('gets nothing once it has complained as well', async () => {
    const house = aNoticeHouse({ subscribers: [bounced] });
    await house.store.stop(canaryId, 'suppressed', noon);
    expect(await askOn(house, 40)).toMatchObject({ outcome: 'suppressed' });
    expect(house.sent).toEqual([]);
  });
});

describe('a request for a known address', () => {
  it.each(['active', 'paused'] as const)(
    'that is %s gets a word at the stored address, once in 24 hours',
    async (status) => {
      const house = aNoticeHouse({ subscribers: [aReader(status)] });
      const before = await house.store.load([canaryId]);
      const spelt = aRequest({ address: 'Canary.Bird+x@EXAMPLE.org', hour: 22 });
      expect(await house.deliver(spelt)).toMatchObject({ notice: 'already-subscribed', outcome: 'mailed' });
      expect(await house.deliver(spelt)).toMatchObject({ outcome: 'too-soon' });
      expect(house.sent).toHaveLength(1);
      expect(house.sent[0]).toMatchObject({ to: canary, tags: { subscriber: canaryId } });
      expect(house.sent[0]!.raw).toContain('You are already subscribed');
      expect(house.sent[0]!.raw).not.toContain('Secretword');
      expect(await house.store.load([canaryId])).toEqual(before);
      expect(await house.consents.of(canaryId)).toEqual([]);
    },
  );

  it('that is suppressed gets nothing, and takes nothing from the budget', async () => {
    const { deliver, sent } = aNoticeHouse({ subscribers: [aReader('suppressed')], per24Hours: 96 });
    expect(await deliver(aRequest())).toMatchObject({ outcome: 'suppressed' });
    expect(await deliver(aRequest({ address: 'other@example.org' }))).toMatchObject({ outcome: 'mailed' });
    expect(sent).toHaveLength(1);
  });
});

describe('the hourly budget', () => {
  const one = { per24Hours: 96 };

  it('puts a request back for 15 minutes when it is used up, and answers it in the next hour', async () => {
    const { deliver, sent, putBack, time, log } = aNoticeHouse(one);
    await deliver(aRequest({ address: 'other@example.org' }));
    expect(await deliver(aRequest())).toMatchObject({ outcome: 'put-back', subscriber: canaryId });
    expect(putBack).toEqual([{ message: aRequest(), delaySeconds: 900 }]);
    expect(log.join()).toMatch(/budget of notices is used up.*subscriber/);
    time.now += hourMs;
    expect(await deliver(putBack[0]!.message)).toMatchObject({ outcome: 'mailed' });
    expect(sent.map(({ to }) => to)).toEqual(['other@example.org', canary]);
  });

  it('loses one place to a thousand requests for one address', async () => {
    const { deliver, sent } = aNoticeHouse({ per24Hours: 2 * 96 });
    for (let times = 0; times < 1000; times += 1) await deliver(aRequest());
    expect(await deliver(aRequest({ address: 'other@example.org' }))).toMatchObject({ outcome: 'mailed' });
    expect(sent).toHaveLength(2);
    expect(await deliver(aRequest({ address: 'third@example.org' }))).toMatchObject({ outcome: 'put-back' });
  });

  it('lets a request wait for 24 hours and no longer', async () => {
    const { deliver, sent, putBack, time } = aNoticeHouse({ per24Hours: 0 });
    for (; time.now < noon + dayMs; time.now += 15 * minuteMs) await deliver(aRequest());
    expect(putBack).toHaveLength(96);
    expect(await deliver(aRequest())).toEqual({ kind: 'answer-request', outcome: 'too-old', subscriber: canaryId });
    expect(putBack).toHaveLength(96);
    expect(sent).toEqual([]);
  });
});

describe('a confirmation that SES does not take', () => {
  const paused: SendAnswer = { kind: 'paused', reason: 'account' };

  it('for now fails its message, and is sent once when that comes again', async () => {
    const house = aNoticeHouse({ answers: [paused] });
    await expect(house.deliver(aRequest())).rejects.toThrow('a notice was not sent');
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'mailed' });
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'too-soon' });
    expect(house.sent).toHaveLength(1);
    expect(await house.consents.of(canaryId)).toHaveLength(1);
  });

  it('because the journal failed is sent once when the message comes again', async () => {
    const house = aNoticeHouse();
    const { append } = house.consents;
    house.consents.append = async () => Promise.reject(new Error('throttled'));
    await expect(house.deliver(aRequest())).rejects.toThrow('throttled');
    house.consents.append = append;
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'mailed' });
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'too-soon' });
    expect(house.sent).toHaveLength(1);
  });

  it('because we cannot compose it fails its message, and is sent once when the fault is mended', async () => {
    const house = aNoticeHouse();
    house.breakComposing();
    await expect(house.deliver(aRequest())).rejects.toThrow('a notice could not be composed: TypeError');
    house.mendComposing();
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'mailed' });
    expect(await house.deliver(aRequest())).toMatchObject({ outcome: 'too-soon' });
    expect(house.sent).toHaveLength(1);
  });

  it('ever is told by id only', async () => {
    const { deliver, log } = aNoticeHouse({ answers: [{ kind: 'rejected', reason: 'MessageRejected' }] });
    expect(await deliver(aRequest())).toMatchObject({ outcome: 'rejected' });
    expect(log.join()).toContain(canaryId);
  });

  it('or took with a reply that was lost is not sent again', async () => {
    const { deliver, sent } = aNoticeHouse({ answers: [lost] });
    expect(await deliver(aRequest())).toMatchObject({ outcome: 'in-doubt' });
    expect(await deliver(aRequest())).toMatchObject({ outcome: 'too-soon' });
    expect(sent).toHaveLength(1);
  });
});

describe('a goodbye', () => {
  const goodbye = { kind: 'goodbye', subscriber: canaryId } as const;

  it('goes once to the stored address of one who left', async () => {
    const { deliver, sent } = aNoticeHouse({ subscribers: [aReader('unsubscribed')] });
    expect(await deliver(goodbye)).toMatchObject({ outcome: 'mailed' });
    expect(await deliver(goodbye)).toMatchObject({ outcome: 'too-soon' });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: canary, tags: { subscriber: canaryId } });
    expect(sent[0]!.raw).toContain('https://pages.example.org/');
    expect(sent[0]!.raw).toMatch(/https:\/\/pages\.example\.org\/unsubscribe\/undo\?token=\S{60}/);
    expect(sent[0]!.raw).toMatch(/https:\/\/pages\.example\.org\/preferences\/erase\?token=\S{60}/);
  });

  it('does not keep one from coming back on the same day', async () => {
    const { deliver, sent } = aNoticeHouse({ subscribers: [aReader('unsubscribed')] });
    await deliver(goodbye);
    expect(await deliver(aRequest())).toMatchObject({ notice: 'confirmation', outcome: 'mailed' });
    expect(sent).toHaveLength(2);
  });

  it.each(['suppressed', 'pending', 'active'] as const)('is not said to one who is %s', async (status) => {
    const { deliver, sent } = aNoticeHouse({ subscribers: [aReader(status)] });
    expect(await deliver(goodbye)).toMatchObject({ outcome: 'not-unsubscribed' });
    expect(sent).toEqual([]);
  });

  it('is not said to one who was erased', async () => {
    const house = aNoticeHouse({ subscribers: [aReader('unsubscribed')] });
    await house.store.erase(canaryId, noon);
    expect(await house.deliver(goodbye)).toMatchObject({ outcome: 'not-unsubscribed' });
    expect(house.sent).toEqual([]);
  });
});

it('logs no address, no token and no typed word, whatever becomes of a message', async () => {
  const answers: SendAnswer[] = [
    { kind: 'rejected', reason: 'MessageRejected: an address is malformed' },
    lost,
    { kind: 'paused', reason: 'account' },
  ];
  const { deliver, log, time } = aNoticeHouse({ answers, per24Hours: 1_000 });
  for (let day = 0; day < 5; day += 1) {
    time.now = noon + day * dayMs;
    const address = day % 2 ? canary : 'canary.two@example.org';
    await deliver(aRequest({ address, requestedAt: time.now })).catch(() => {});
    await deliver(aRequest({ address, requestedAt: time.now, hour: 99 })).catch(({ message }) => log.push(message));
    await deliver(aRequest({ address, requestedAt: time.now - 2 * dayMs }));
  }
  expect(log.length).toBeGreaterThan(20);
  for (const word of ['canary.', 'bird', 'example.org', 'Secretword', 'rrrr'])
    expect(log.join('\n')).not.toContain(word);
});
