import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';

export interface EraseSubscriberDeps {
  readonly subscribers: Pick<SubscriberRepository, 'erase'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly now: () => Instant;
}

/** Deletes all that is kept of a subscriber, but for the journal, which holds no address. */
export async function eraseSubscriber(
  subscriber: SubscriberId,
  { subscribers, consents, now }: EraseSubscriberDeps,
): Promise<'erased' | 'unknown'> {
  const at = now();
  await consents.append({ subscriber, event: 'erased', at, cause: 'preferences page', page: pageVersion });
  return subscribers.erase(subscriber, at);
}
