import { describe, expect, it } from '@jest/globals';
import { changeSubscription, type SubscriptionChange } from '../../../lambdas/serve-pages/change-subscription.js';
import { pageVersion } from '../../../shared/contract/page-version.js';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import { type KnownStatus, standingAfter } from '../../../shared/domain/subscriber/lifecycle.js';
import { aConfirmation, aProfile, aState, aSubscriber, instant, subscriberId } from '../../support/builders.js';
import { fakeConsentRepository } from '../../support/fake-consent-repository.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';

const at = instant('2026-08-01T18:00');
const now = () => at;
const subscriber = subscriberId(1);
const { tokenHash } = aConfirmation();

const changes: [SubscriptionChange, KnownStatus, object][] = [
  [{ event: 'confirmed', tokenHash }, 'pending', { cause: 'confirmation link', page: pageVersion }],
  [{ event: 'confirmed', tokenHash }, 'bounced', { cause: 'confirmation link', page: pageVersion }],
  [{ event: 'changed', profile: aProfile({ hour: 9 }) }, 'active', { cause: 'preferences page', page: pageVersion }],
  [
    { event: 'changed', profile: aProfile({ never: ['"wax"'] }), by: 'less link' },
    'active',
    { cause: 'less link', page: pageVersion },
  ],
  [
    { event: 'paused', until: at + dayMs },
    'active',
    { cause: 'preferences page', page: pageVersion, until: at + dayMs },
  ],
  [{ event: 'resumed' }, 'paused', { cause: 'preferences page', page: pageVersion }],
  [{ event: 'unsubscribed', way: 'unsubscribe page' }, 'active', { cause: 'unsubscribe page', page: pageVersion }],
  [{ event: 'unsubscribed', way: 'one-click' }, 'paused', { cause: 'one-click' }],
  [{ event: 'resubscribed' }, 'unsubscribed', { cause: 'undo link', page: pageVersion }],
  [{ event: 'erased' }, 'suppressed', { cause: 'preferences page', page: pageVersion }],
];

function aStore(status: KnownStatus) {
  const confirmation = aConfirmation();
  const bounced = { status: 'suppressed', suppressedBy: 'bounce', confirmation } as const;
  const stateOf = (known: Exclude<KnownStatus, 'none'>) =>
    aState(known === 'bounced' ? bounced : { status: known, ...(known === 'pending' && { confirmation }) });
  const state = status === 'none' ? undefined : stateOf(status);
  const subscribers = fakeSubscriberRepository(...(state ? [aSubscriber({ state })] : []));
  const consents = fakeConsentRepository();
  return { subscribers, consents, stored: () => subscribers.load([subscriber]) };
}

describe('a change of a subscription', () => {
  it.each(changes)('%j is made and journalled with where it was made', async (change, status, origin) => {
    const { subscribers, consents, stored } = aStore(status);
    const before = await stored();
    expect(await changeSubscription({ subscriber, status, at }, change, { subscribers, consents, now })).toBe(
      'changed',
    );
    expect(await consents.of(subscriber)).toEqual([{ subscriber, event: change.event, at, ...origin }]);
    expect(await stored()).not.toEqual(before);
  });

  it.each(changes)('%j is not made when the journal does not take it', async (change, status) => {
    const { subscribers, stored } = aStore(status);
    const before = await stored();
    const consents = { append: () => Promise.reject(new Error('throttled')) };
    const made = changeSubscription({ subscriber, status, at }, change, { subscribers, consents, now });
    await expect(made).rejects.toThrow('throttled');
    expect(await stored()).toEqual(before);
  });

  it('that is to leave is not made without its journal either, when the status was read before they came back', async () => {
    const { subscribers, stored } = aStore('active');
    const before = await stored();
    const consents = { append: () => Promise.reject(new Error('throttled')) };
    const change = { event: 'unsubscribed', way: 'one-click' } as const;
    const made = changeSubscription({ subscriber, status: 'unsubscribed', at }, change, { subscribers, consents, now });
    await expect(made).rejects.toThrow('throttled');
    expect(await stored()).toEqual(before);
  });

  it('that the status does not allow is refused, and neither journalled nor made', async () => {
    for (const [change, status] of [
      [{ event: 'confirmed', tokenHash }, 'active'],
      [{ event: 'changed', profile: aProfile({ hour: 9 }) }, 'unsubscribed'],
      [{ event: 'paused', until: undefined }, 'paused'],
      [{ event: 'resumed' }, 'active'],
      [{ event: 'resubscribed' }, 'suppressed'],
      [{ event: 'resubscribed' }, 'pending'],
      [{ event: 'unsubscribed', way: 'one-click' }, 'suppressed'],
      [{ event: 'unsubscribed', way: 'one-click' }, 'unsubscribed'],
      [{ event: 'erased' }, 'none'],
    ] as [SubscriptionChange, KnownStatus][]) {
      const { subscribers, consents, stored } = aStore(status);
      const before = await stored();
      expect(await changeSubscription({ subscriber, status, at }, change, { subscribers, consents, now })).toBe(
        'refused',
      );
      expect(await consents.of(subscriber)).toEqual([]);
      expect(await stored()).toEqual(before);
    }
  });

  it('ends the mailing of whoever was subscribed again after the status was read, and no replay revives them', async () => {
    const { subscribers, consents } = aStore('active');
    await consents.append({ subscriber, event: 'resubscribed', at: at + 5, cause: 'undo link' });
    const change = { event: 'unsubscribed', way: 'one-click' } as const;
    const result = await changeSubscription({ subscriber, status: 'unsubscribed', at }, change, {
      subscribers,
      consents,
      now: () => at + 6,
    });
    expect([result, await subscribers.statusOf(subscriber, at)]).toEqual(['changed', 'unsubscribed']);
    const journal = await consents.of(subscriber);
    expect(journal.at(-1)).toEqual({ subscriber, event: 'unsubscribed', at: at + 6, cause: 'one-click' });
    expect(standingAfter(journal, 'unsubscribed')).toBe('unsubscribed');
  });
});
