import { describe, expect, it } from '@jest/globals';
import { readTogether } from '../../../lambdas/record-mail-events/dependencies.js';
import {
  countTraffic,
  type RecordMailEventsDeps,
  recordMailEvent,
} from '../../../lambdas/record-mail-events/record-mail-events.js';
import { type MailEvent, mailEvent } from '../../../shared/contract/events.js';
import { trafficTally } from '../../../shared/delivery/traffic-tally.js';
import { dayMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { standingAfter } from '../../../shared/domain/subscriber/lifecycle.js';
import { aClaim, aProfile, aState, aSubscriber, day, instant, subscriberId } from '../../support/builders.js';
import { fakeConsentRepository } from '../../support/fake-consent-repository.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';
import { fakeTrafficRepository } from '../../support/fake-traffic-repository.js';

const edition = day('2026-08-07');
const id = subscriberId(1);
const sentAt = instant('2026-08-07T05:16');

type Parts = Pick<MailEvent, 'bounce' | 'complaint'>;

function anEvent(
  eventType: string,
  over: { attempt?: string; bounceType?: string; subscriber?: string } = {},
): MailEvent {
  const tags = { subscriber: [over.subscriber ?? id], edition: [edition], attempt: [over.attempt ?? '1'] };
  const mail = { timestamp: new Date(sentAt).toISOString(), messageId: 'm-1', tags };
  return over.bounceType ? { eventType, mail, bounce: { bounceType: over.bounceType } } : { eventType, mail };
}

const hard = { bounce: { bounceType: 'Permanent' } };
const full = { bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull', bouncedRecipients: [{}] } };
const absent = { bounce: { bounceType: 'Transient', bounceSubType: 'General', bouncedRecipients: [{}] } };

/** An event of the mail that was sent so many days later. */
function mailOf(day: number, eventType: string, parts: Parts = {}): MailEvent {
  const { mail } = anEvent(eventType);
  const timestamp = new Date(sentAt + day * dayMs).toISOString();
  return { eventType, mail: { ...mail, timestamp, messageId: `m-${day}` }, ...parts };
}

function aHouse(state = aState({ edition, claim: aClaim() })) {
  const subscribers = fakeSubscriberRepository(aSubscriber({ id, state }));
  const traffic = fakeTrafficRepository();
  const add: typeof traffic.add = (minute, counts) => traffic.add(minute, counts);
  const tally = trafficTally({ add }, () => sentAt);
  const consents = fakeConsentRepository();
  const take = (event: MailEvent, over: Partial<RecordMailEventsDeps> = {}) =>
    recordMailEvent(event, { subscribers, tally, consents, now: () => sentAt, ...over });
  const counted = async () => {
    await tally.flush();
    return traffic.between(0, sentAt + dayMs);
  };
  const stateNow = async () => (await subscribers.load([id]))[0]!.state;
  return { subscribers, consents, take, stateNow, counted };
}

describe('an event of a mail', () => {
  it('settles the open claim of its edition as sent, once', async () => {
    const { take, stateNow } = aHouse();
    expect(await take(anEvent('Send'))).toMatchObject({ outcome: 'settled' });
    expect(await take(anEvent('Send'))).toMatchObject({ outcome: 'nothing-open' });
    expect(await stateNow()).toMatchObject({ outcomes: [{ edition, outcome: 'sent' }] });
    expect((await stateNow()).claim).toBeUndefined();
  });

  it('settles a still-here mail as such, and a rejection fails it', async () => {
    const { take, stateNow } = aHouse(aState({ edition, claim: aClaim({ kind: 'still-here', papers: [] }) }));
    expect(await take(anEvent('Send'))).toMatchObject({ outcome: 'settled' });
    expect(await stateNow()).toMatchObject({ outcomes: [{ edition, outcome: 'quiet-noted' }] });
    await take(anEvent('Reject'));
    expect(await stateNow()).toMatchObject({ outcomes: [{ edition, outcome: 'failed' }] });
  });

  it('of the first attempt settles the second too, and one of a later attempt does not settle an earlier', async () => {
    const second = aHouse(aState({ edition, claim: aClaim({ attempt: 2 }) }));
    expect(await second.take(anEvent('Send', { attempt: '1' }))).toMatchObject({ outcome: 'settled' });
    const first = aHouse();
    expect(await first.take(anEvent('Send', { attempt: '2' }))).toMatchObject({ outcome: 'nothing-open' });
  });

  it('leaves a claim of another edition alone', async () => {
    const { take, stateNow } = aHouse(
      aState({ edition: day('2026-08-08'), claim: aClaim({ edition: day('2026-08-08') }) }),
    );
    expect(await take(anEvent('Send'))).toMatchObject({ outcome: 'nothing-open' });
    expect((await stateNow()).claim).toBeDefined();
  });

  it('of a sending notes that events come through', async () => {
    const { take, counted } = aHouse();
    await take(anEvent('Send'));
    expect(await counted()).toEqual([{ minute: sentAt, seen: 1 }]);
  });

  it('is counted in the minute of its claim, and that of a probe as one, whosever the mail was', async () => {
    const { take, counted } = aHouse();
    const claimed = [String(sentAt - 3 * minuteMs + 1)];
    const { mail, ...rest } = anEvent('Send', { subscriber: subscriberId(9) });
    await take({ ...rest, mail: { ...mail, tags: { ...mail.tags, claimed } } });
    await take({ ...rest, mail: { ...mail, tags: { probe: ['events'], claimed } } });
    await take(anEvent('Delivery'));
    expect(await counted()).toMatchObject([{ minute: sentAt - 3 * minuteMs, seen: 1, probesSeen: 1 }]);
  });

  it('suppresses after a hard bounce or a complaint, and settles the claim as sent', async () => {
    for (const event of [anEvent('Bounce', { bounceType: 'Permanent' }), anEvent('Complaint')]) {
      const { take, stateNow, consents } = aHouse();
      for (let time = 0; time < 2; time += 1) expect(await take(event)).toMatchObject({ outcome: 'suppressed' });
      const cause = event.eventType.toLowerCase();
      expect(await consents.of(id)).toEqual([{ subscriber: id, event: 'suppressed', at: sentAt, cause }]);
      expect(await stateNow()).toMatchObject({ status: 'suppressed', outcomes: [{ outcome: 'sent' }] });
    }
  });

  it('does not suppress after a soft bounce', async () => {
    const { take, stateNow } = aHouse();
    await take(anEvent('Bounce', { bounceType: 'Transient' }));
    expect((await stateNow()).status).toBe('active');
  });

  it('that the reader took a mail out of the spam folder does not suppress; every other complaint does', async () => {
    const complained = async (complaint: MailEvent['complaint']) => {
      const { take, stateNow, consents } = aHouse();
      await take({ ...anEvent('Complaint'), complaint });
      return [(await stateNow()).status, (await consents.of(id)).length];
    };
    expect(await complained({ complaintFeedbackType: 'not-spam' })).toEqual(['active', 0]);
    expect(await complained({ complaintFeedbackType: 'Not-Spam', complaintSubType: null })).toEqual(['active', 0]);
    for (const complaintFeedbackType of ['abuse', 'other', 'auth-failure', null, undefined]) {
      expect(await complained({ complaintFeedbackType })).toEqual(['suppressed', 1]);
    }
    expect(
      await complained({ complaintFeedbackType: 'not-spam', complaintSubType: 'OnAccountSuppressionList' }),
    ).toEqual(['suppressed', 1]);
  });

  it('is judged by the status code: an unknown user is suppressed even when SES calls it transient', async () => {
    const { take, stateNow } = aHouse();
    const bounce = { bounceType: 'Transient', bounceSubType: 'General', bouncedRecipients: [{ status: '5.1.1' }] };
    expect(await take({ ...anEvent('Bounce'), bounce })).toMatchObject({ outcome: 'suppressed' });
    expect(await stateNow()).toMatchObject({ status: 'suppressed', suppressedBy: 'bounce' });
  });

  it('after a bounce, that is a complaint, suppresses for good, and no bounce undoes that', async () => {
    const { take, stateNow, consents } = aHouse();
    await take(anEvent('Bounce', { bounceType: 'Permanent' }));
    await take(mailOf(1, 'Complaint'));
    await take(mailOf(2, 'Bounce', hard));
    expect(await stateNow()).toMatchObject({ status: 'suppressed' });
    expect(await stateNow()).not.toHaveProperty('suppressedBy');
    expect((await consents.of(id)).map(({ cause }) => cause)).toEqual(['bounce', 'complaint']);
  });

  it('of a rejection turns sent into failed', async () => {
    const { take, stateNow } = aHouse(aState({ edition, outcomes: [{ edition, outcome: 'sent', batch: 'b' }] }));
    expect(await take(anEvent('Reject'))).toMatchObject({ outcome: 'rejected' });
    expect((await stateNow()).outcomes).toEqual([{ edition, outcome: 'failed', batch: 'b' }]);
  });

  it('whose tag is no id of a subscriber is of a mail that is none of ours, and tells nothing about our own', async () => {
    const { take, counted } = aHouse();
    for (const subscriber of ['', 'somebody', `${id}x`, 'profile of somebody els']) {
      expect(await take(anEvent('Send', { subscriber }))).toMatchObject({ outcome: 'not-ours' });
    }
    expect(await counted()).toEqual([]);
  });

  it('of a mail that is none of ours, or of one who was erased, changes nothing', async () => {
    const { take } = aHouse();
    const foreign = { eventType: 'Send', mail: { timestamp: '2026-08-07T05:16:00Z', messageId: 'm-2' } };
    expect(await take(foreign)).toMatchObject({ outcome: 'not-ours' });
    expect(await take(anEvent('Bounce', { bounceType: 'Permanent', subscriber: subscriberId(9) }))).toMatchObject({
      outcome: 'unknown-subscriber',
    });
  });
});

describe('a Send event', () => {
  it('is answered from the state alone', async () => {
    const { take, subscribers, stateNow } = aHouse();
    const load: typeof subscribers.load = () => Promise.reject(new Error('the profile was read'));
    expect(await take(anEvent('Send'), { subscribers: { ...subscribers, load } })).toMatchObject({
      outcome: 'settled',
    });
    expect(await stateNow()).toMatchObject({ outcomes: [{ edition, outcome: 'sent' }] });
  });

  it('that fails is counted when it comes again, once', async () => {
    const { take, subscribers, counted } = aHouse();
    const states: typeof subscribers.states = () => Promise.reject(new Error('throttled'));
    await expect(take(anEvent('Send'), { subscribers: { ...subscribers, states } })).rejects.toThrow('throttled');
    await take(anEvent('Send'));
    expect(await counted()).toMatchObject([{ seen: 1 }]);
  });

  it('of an invocation whose counts could not be written is counted once when all come again', async () => {
    const traffic = fakeTrafficRepository();
    let isDown = true;
    const add: typeof traffic.add = (...given) =>
      isDown ? Promise.reject(new Error('throttled')) : traffic.add(...given);
    const tally = trafficTally({ add }, () => sentAt);
    const { take } = aHouse();
    const invoke = async () => {
      for (const attempt of ['1', '2']) await take(anEvent('Send', { attempt }), { tally });
      await countTraffic(tally);
    };
    await expect(invoke()).rejects.toThrow('throttled');
    isDown = false;
    await invoke();
    expect(await traffic.between(sentAt, sentAt)).toMatchObject([{ seen: 2 }]);
  });
});

describe('the states that events of one invocation ask for', () => {
  it('are read by one request, and those asked for later by the next', async () => {
    const requests: string[][] = [];
    const read = async (ids: readonly string[]) => {
      requests.push([...ids]);
      return (wanted: string) => `state of ${wanted}`;
    };
    const together = readTogether(read, () => new Promise(setImmediate));
    const stateOf = async (wanted: string) => (await together([wanted]))(wanted);
    expect(await Promise.all(['a', 'b', 'a', 'c'].map(stateOf))).toEqual(
      ['a', 'b', 'a', 'c'].map((wanted) => `state of ${wanted}`),
    );
    await stateOf('a');
    expect(requests).toEqual([['a', 'b', 'c'], ['a']]);
  });

  it('fail together when the table does not answer, and are asked for anew', async () => {
    let isDown = true;
    const read = async () => {
      if (isDown) throw new Error('throttled');
      return () => 'there';
    };
    const together = readTogether(read, () => new Promise(setImmediate));
    const results = await Promise.allSettled(['a', 'b'].map((wanted) => together([wanted])));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect((await together(['a']))()).toBe('there');
  });
});

describe('bounces and complaints', () => {
  it('are counted once for each address, those of digests and those of notices apart', async () => {
    const noticed = (event: MailEvent): MailEvent => ({
      ...event,
      mail: { ...event.mail, tags: { subscriber: [id] } },
    });
    const countedAfter = async (event: MailEvent) => {
      const { take, counted } = aHouse();
      for (let time = 0; time < 3; time += 1) await take(event);
      return counted();
    };
    const bounce = anEvent('Bounce', { bounceType: 'Permanent' });
    expect(await countedAfter(bounce)).toEqual([{ minute: sentAt, bounced: 1 }]);
    expect(await countedAfter(noticed(bounce))).toEqual([{ minute: sentAt, noticesBounced: 1 }]);
    expect(await countedAfter(anEvent('Complaint'))).toEqual([{ minute: sentAt, complained: 1 }]);
    expect(await countedAfter(noticed(anEvent('Complaint')))).toEqual([{ minute: sentAt, noticesComplained: 1 }]);
  });
});

describe('an event of an earlier life', () => {
  const { at } = aClaim();
  /** An event of the mail that was sent under the claim of that instant. */
  const claimedAt = (instantOfClaim: number, eventType = 'Send', attempt = '1'): MailEvent => {
    const { mail } = anEvent(eventType, { attempt });
    return { eventType, mail: { ...mail, tags: { ...mail.tags, claimed: [String(instantOfClaim)] } } };
  };

  it('settles no claim to the same edition, and one of either attempt of this claim does', async () => {
    const life = aHouse();
    expect(await life.take(claimedAt(at - 1))).toMatchObject({ outcome: 'nothing-open' });
    expect((await life.stateNow()).claim).toEqual(aClaim());
    expect(await life.take(claimedAt(at))).toMatchObject({ outcome: 'settled' });
    const second = { attempt: 2, at: at + 9, firstAt: at };
    for (const claimed of [at, at + 9]) {
      const { take } = aHouse(aState({ edition, claim: aClaim(second) }));
      expect(await take(claimedAt(at + 5))).toMatchObject({ outcome: 'nothing-open' });
      expect(await take(claimedAt(claimed))).toMatchObject({ outcome: 'settled' });
    }
  });

  it('fails no digest of this one, and is no bounce of its address', async () => {
    const { take, stateNow, subscribers } = aHouse();
    await subscribers.erase(id, sentAt);
    const confirmed = { tokenHash: 'a'.repeat(64), expiresAt: sentAt + dayMs };
    await subscribers.request(id, aProfile(), confirmed, sentAt + 1);
    await subscribers.confirm(id, confirmed.tokenHash, sentAt + 2);
    const [again] = await subscribers.load([id]);
    await subscribers.claim(again!, aClaim(), []);
    await subscribers.record(again!, 'sent', aClaim());
    await take(anEvent('Reject'));
    await take(anEvent('Bounce', { bounceType: 'Permanent' }));
    expect(await stateNow()).toMatchObject({ status: 'active', outcomes: [{ outcome: 'sent' }] });
  });
});

describe('a complaint', () => {
  const heardAt = new Date(sentAt + 3 * dayMs).toISOString();
  const complaint = { complaint: { complaintFeedbackType: 'abuse', timestamp: heardAt } };

  it('after erasure leaves a mark that holds no address', async () => {
    const { take, subscribers, consents } = aHouse();
    await subscribers.erase(id, sentAt);
    for (let time = 0; time < 2; time += 1) {
      expect(await take({ ...anEvent('Complaint'), ...complaint })).toMatchObject({ outcome: 'suppressed' });
    }
    expect(await subscribers.statusOf(id, sentAt)).toBe('suppressed');
    expect(await subscribers.load([id])).toEqual([]);
    expect(await consents.of(id)).toMatchObject([{ event: 'suppressed', cause: 'complaint' }]);
  });

  it('and a bounce are journalled at the instant they happened, so that a replay ends where the subscription does', async () => {
    const { take, consents, subscribers } = aHouse();
    const form = { subscriber: id, event: 'requested', at: sentAt + dayMs, cause: 'form' } as const;
    await consents.append({ ...form, at: sentAt - dayMs });
    await consents.append(form);
    await consents.append({ ...form, event: 'confirmed', at: sentAt + 2 * dayMs });
    await take({ ...anEvent('Complaint'), ...complaint });
    const journal = await consents.of(id);
    expect(journal.at(-1)).toMatchObject({ event: 'suppressed', at: sentAt + 3 * dayMs });
    expect(standingAfter(journal)).toBe('suppressed');
    expect(await subscribers.statusOf(id, sentAt)).toBe('suppressed');
    const bounced = aHouse();
    await bounced.take(mailOf(0, 'Bounce', { bounce: { bounceType: 'Permanent', timestamp: heardAt } }));
    expect(await bounced.consents.of(id)).toMatchObject([{ at: sentAt + 3 * dayMs, cause: 'bounce' }]);
  });
});

describe('soft bounces', () => {
  it('in a row pause for a week from the fifth on, and suppress with the eighth, each told twice', async () => {
    const { take, stateNow, consents } = aHouse();
    const outcomes = [];
    for (let day = 0; day < 9; day += 1) {
      await take(mailOf(day, 'Send'));
      const bounced = mailOf(day, 'Bounce', full);
      outcomes.push((await take(bounced)).outcome);
      await take(bounced);
      if (day === 4) expect(await stateNow()).toMatchObject({ status: 'paused', pausedUntil: sentAt + 7 * dayMs });
    }
    const quiet = Array(4).fill('soft-bounce');
    expect(outcomes).toEqual([...quiet, 'paused', 'soft-bounce', 'soft-bounce', 'suppressed', 'suppressed']);
    expect(await stateNow()).toMatchObject({ status: 'suppressed', suppressedBy: 'bounce' });
    const journal = (await consents.of(id)).map(({ event, cause }) => `${event}:${cause}`);
    expect(journal).toEqual(['paused:soft bounces', 'suppressed:soft bounces']);
  });

  it('pause once more when the pause was over and the next mail came back too', async () => {
    const { take, stateNow, subscribers } = aHouse();
    for (let day = 0; day < 5; day += 1) await take(mailOf(day, 'Bounce', full));
    await subscribers.resume(id, sentAt + 12 * dayMs);
    expect((await stateNow()).status).toBe('active');
    expect(await take(mailOf(12, 'Bounce', full))).toMatchObject({ outcome: 'paused' });
  });

  it('do not shorten a pause without an end, which its owner chose', async () => {
    const { take, stateNow, subscribers } = aHouse();
    await subscribers.pause(id, undefined, sentAt);
    for (let day = 0; day < 6; day += 1) await take(mailOf(day, 'Bounce', full));
    expect(await stateNow()).toMatchObject({ status: 'paused' });
    expect(await stateNow()).not.toHaveProperty('pausedUntil');
  });

  it('between which mails arrive do nothing, for years', async () => {
    const { take, stateNow, consents } = aHouse();
    for (let day = 0; day < 200; day += 1) {
      await take(mailOf(day, 'Send'));
      if (day % 5 !== 4) await take(mailOf(day, 'Bounce', full));
    }
    expect((await stateNow()).status).toBe('active');
    expect(await consents.of(id)).toEqual([]);
  });

  it('are no absence notes, however many of these come', async () => {
    const { take, stateNow } = aHouse();
    for (let day = 0; day < 30; day += 1) await take(mailOf(day, 'Bounce', absent));
    expect(await stateNow()).toMatchObject({ status: 'active' });
    expect(await stateNow()).not.toHaveProperty('softBounces');
  });
});

describe('the event as SES sends it', () => {
  const sent = { eventType: 'Bounce', mail: { timestamp: '2026-08-07T05:16:00Z', messageId: 'm' } };

  it('is read with every part that matters', () => {
    const recipient = { emailAddress: 'a@example.org', action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550' };
    const { emailAddress: _, ...kept } = recipient;
    const bounce = { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [recipient] };
    expect(mailEvent.parse({ ...sent, bounce }).bounce).toEqual({ ...bounce, bouncedRecipients: [kept] });
  });

  it('is read when a part is missing or empty', () => {
    const bounce = { bounceType: 'Transient', bounceSubType: null, bouncedRecipients: null };
    const complaint = { complaintFeedbackType: null };
    expect(mailEvent.parse({ ...sent, bounce, complaint })).toMatchObject({ bounce, complaint });
    expect(mailEvent.parse({ ...sent, bounce: { bounceType: 'Transient' } })).toMatchObject(sent);
  });
});
