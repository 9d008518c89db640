import { pageVersion } from '../../shared/contract/page-version.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import type { Consent } from '../../shared/domain/subscriber/consent.js';
import { type KnownStatus, nextStatus } from '../../shared/domain/subscriber/lifecycle.js';
import type { SubscriberId, SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

/** How somebody left: by our own page, or by a mail program's RFC 8058 request. */
export type WayOut = 'unsubscribe page' | 'one-click';

/** Where a change was asked for, other than on the preferences page. */
export type AskedOn = 'less link' | 'like link' | 'learned topic page';

/** What somebody does to their own subscription on the pages. */
export type SubscriptionChange =
  | { readonly event: 'confirmed'; readonly tokenHash: string }
  | { readonly event: 'changed'; readonly profile: SubscriberProfile; readonly by?: AskedOn }
  | { readonly event: 'paused'; readonly until: Instant | undefined }
  | { readonly event: 'resumed' }
  | { readonly event: 'unsubscribed'; readonly way: WayOut }
  | { readonly event: 'resubscribed' }
  | { readonly event: 'erased'; readonly by?: 'admin' };

/** The writes to a subscription; nothing else on the pages makes them. */
export type SubscriptionWrite = 'confirm' | 'change' | 'pause' | 'resume' | 'unsubscribe' | 'rejoin' | 'erase';

export interface ChangeSubscriptionDeps {
  readonly subscribers: Pick<SubscriberRepository, SubscriptionWrite>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly now: () => Instant;
}

/** Whose subscription is changed when, and the status it was read with. */
interface Standing {
  readonly subscriber: SubscriberId;
  readonly status: KnownStatus;
  readonly at: Instant;
}

/**
 * Makes one change to a subscription: it is journalled first, so that no change goes without its consent entry. `refused`
 * where the status does not allow the event, or no longer does when the change is written.
 */
export async function changeSubscription(
  standing: Standing,
  change: SubscriptionChange,
  { subscribers, consents, now }: ChangeSubscriptionDeps,
): Promise<'changed' | 'refused'> {
  const { subscriber, status, at } = standing;
  const { event } = change;
  const entry = { subscriber, event, at, ...originOf(change) };
  if (event === 'unsubscribed') {
    // Whoever leaves must be off the list even if the status has changed since it was read: the write decides that alone.
    // What brought them back may have been journalled in between: a replay must find this later than that.
    const journal = () => consents.append({ ...entry, at: now() });
    return (await subscribers.unsubscribe(subscriber, at, journal)) === 'stopped' ? 'changed' : 'refused';
  }
  if (nextStatus(status, event) === undefined) return 'refused';
  await consents.append(entry);
  return (await isMade(standing, change, subscribers)) ? 'changed' : 'refused';
}

function originOf(change: SubscriptionChange): Pick<Consent, 'cause' | 'page' | 'until'> {
  if (change.event === 'confirmed') return { cause: 'confirmation link', page: pageVersion };
  if (change.event === 'resubscribed') return { cause: 'undo link', page: pageVersion };
  if (change.event === 'changed') return { cause: change.by ?? 'preferences page', page: pageVersion };
  if (change.event === 'erased' && change.by !== undefined) return { cause: change.by };
  if (change.event === 'paused') {
    const until = change.until === undefined ? {} : { until: change.until };
    return { cause: 'preferences page', page: pageVersion, ...until };
  }
  if (change.event !== 'unsubscribed') return { cause: 'preferences page', page: pageVersion };
  return change.way === 'one-click' ? { cause: change.way } : { cause: change.way, page: pageVersion };
}

async function isMade(
  { subscriber, at }: Standing,
  change: Exclude<SubscriptionChange, { readonly event: 'unsubscribed' }>,
  subscribers: ChangeSubscriptionDeps['subscribers'],
): Promise<boolean> {
  switch (change.event) {
    case 'confirmed':
      return (await subscribers.confirm(subscriber, change.tokenHash, at)) === 'confirmed';
    case 'changed':
      return (await subscribers.change(subscriber, change.profile, at)) === 'changed';
    case 'paused':
      return (await subscribers.pause(subscriber, change.until, at)) === 'paused';
    case 'resumed':
      return (await subscribers.resume(subscriber, at)) === 'resumed';
    case 'resubscribed':
      return (await subscribers.rejoin(subscriber, at)) === 'rejoined';
    case 'erased':
      return (await subscribers.erase(subscriber, at)) === 'erased';
  }
}
