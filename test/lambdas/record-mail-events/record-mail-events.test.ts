import { describe, expect, it } from '@jest/globals';
import { recordMailEvent } from '../../../lambdas/record-mail-events/record-mail-events.js';
import type { MailEvent } from '../../../shared/contract/events.js';
import { aClaim, aState, aSubscriber, day, instant, subscriberId } from '../../support/builders.js';
import { fakeConsentRepository } from '../../support/fake-consent-repository.js';
import { fakeRunRepository } from '../../support/fake-run-repository.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';

const edition = day('2026-08-07');
const id = subscriberId(1);
const sentAt = instant('2026-08-07T05:16');

function anEvent(
  eventType: string,
  over: { attempt?: string; bounceType?: string; subscriber?: string } = {},
): MailEvent {
  const tags = { subscriber: [over.subscriber ?? id], edition: [edition], attempt: [over.attempt ?? '1'] };
  const mail = { timestamp: new Date(sentAt).toISOString(), messageId: 'm-1', tags };
  return over.bounceType ? { eventType, mail, bounce: { bounceType: over.bounceType } } : { eventType, mail };
}

function aHouse(state = aState({ edition, claim: aClaim() })) {
  const subscribers = fakeSubscriberRepository(aSubscriber({ id, state }));
  const runs = fakeRunRepository();
  const consents = fakeConsentRepository();
  const take = (event: MailEvent) => recordMailEvent(event, { subscribers, runs, consents, now: () => sentAt });
  const stateNow = async () => (await subscribers.load([id]))[0]!.state;
  return { runs, consents, take, stateNow };
}

describe('an event of a mail', () => {
  it('settles the open claim of its edition as sent, once', async () => {
    const { take, stateNow } = aHouse();
    expect(await take(anEvent('Send'))).toMatchObject({ outcome: 'settled' });
    expect(await take(anEvent('Send'))).toMatchObject({ outcome: 'nothing-open' });
    expect(await stateNow()).toMatchObject({ outcomes: [{ edition, outcome: 'sent' }] });
    expect((await stateNow()).claim).toBeUndefined();
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
    const { take, runs } = aHouse();
    await take(anEvent('Send'));
    expect(await runs.latestMailEvent()).toBe(sentAt);
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

  it('of a rejection turns sent into failed', async () => {
    const { take, stateNow } = aHouse(aState({ edition, outcomes: [{ edition, outcome: 'sent', batch: 'b' }] }));
    expect(await take(anEvent('Reject'))).toMatchObject({ outcome: 'rejected' });
    expect((await stateNow()).outcomes).toEqual([{ edition, outcome: 'failed', batch: 'b' }]);
  });

  it('whose tag is no id of a subscriber is of a mail that is none of ours, and tells nothing about our own', async () => {
    const { take, runs } = aHouse();
    for (const subscriber of ['', 'somebody', `${id}x`, 'profile of somebody els']) {
      expect(await take(anEvent('Send', { subscriber }))).toMatchObject({ outcome: 'not-ours' });
    }
    expect(await runs.latestMailEvent()).toBeUndefined();
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
