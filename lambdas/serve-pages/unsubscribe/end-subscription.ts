import type { SendNotice } from '../../../shared/contract/messages.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { type ChangeSubscriptionDeps, changeSubscription, type WayOut } from '../change-subscription.js';

interface EndSubscriptionDeps extends ChangeSubscriptionDeps {
  readonly subscribers: ChangeSubscriptionDeps['subscribers'] & Pick<SubscriberRepository, 'statusOf'>;
  readonly enqueue: (notices: readonly SendNotice[]) => Promise<void>;
  readonly now: () => Instant;
}

/**
 * Asking twice is no error. Only people who leave by the page get a goodbye: no mail follows a one-click. `unknown` when
 * there is nobody to stop: erased, or moved to another address.
 */
export async function endSubscription(
  subscriber: SubscriberId,
  way: WayOut,
  deps: EndSubscriptionDeps,
): Promise<'ended' | 'unknown'> {
  const at = deps.now();
  const status = await deps.subscribers.statusOf(subscriber, at);
  const result = await changeSubscription({ subscriber, status, at }, { event: 'unsubscribed', way }, deps);
  if (result === 'changed' && way === 'unsubscribe page') await deps.enqueue([{ kind: 'goodbye', subscriber }]);
  return result === 'refused' && status === 'none' ? 'unknown' : 'ended';
}
