import type { Instant } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type ChangeSubscriptionDeps, changeSubscription } from './change-subscription.js';

interface EraseSubscriberDeps extends ChangeSubscriptionDeps {
  readonly subscribers: ChangeSubscriptionDeps['subscribers'] & Pick<SubscriberRepository, 'load' | 'statusOf'>;
}

/** Erases what is kept of a subscriber; `unknown` when there is nothing. */
export async function eraseSubscriber(
  id: SubscriberId,
  at: Instant,
  deps: EraseSubscriberDeps,
  by?: 'admin',
): Promise<'erased' | 'unknown'> {
  const [subscriber] = await deps.subscribers.load([id]);
  const status = subscriber?.state.status ?? (await deps.subscribers.statusOf(id, at));
  if (status === 'none') return 'unknown';
  const change = { event: 'erased', ...(by && { by }) } as const;
  if (subscriber) await changeSubscription({ subscriber: id, status, at }, change, deps);
  // An erasure that died half-way is journalled and has left no profile to load: it is done to its end.
  else await deps.subscribers.erase(id, at);
  return 'erased';
}
