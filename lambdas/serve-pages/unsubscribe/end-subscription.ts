import type { SendNotice } from '../../../shared/contract/messages.js';
import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import { nextStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';

/** How somebody left: by our own page, or by a mail program's RFC 8058 request. */
export type WayOut = 'unsubscribe page' | 'one-click';

export interface EndSubscriptionDeps {
  readonly subscribers: Pick<SubscriberRepository, 'statusOf' | 'stop'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly enqueue: (notices: readonly SendNotice[]) => Promise<void>;
  readonly now: () => Instant;
}

/** Ends mailing; asking twice is no error. Only who left by the page gets a goodbye: behind a one-click no mail follows. */
export async function endSubscription(
  { subscriber, way }: { subscriber: SubscriberId; way: WayOut },
  deps: EndSubscriptionDeps,
): Promise<'stopped' | 'unchanged' | 'unknown'> {
  const at = deps.now();
  const status = await deps.subscribers.statusOf(subscriber, at);
  if (status !== 'unsubscribed' && nextStatus(status, 'unsubscribed') === 'unsubscribed') {
    const page = way === 'unsubscribe page' ? { page: pageVersion } : {};
    await deps.consents.append({ subscriber, event: 'unsubscribed', at, cause: way, ...page });
  }
  const stopped = await deps.subscribers.stop(subscriber, 'unsubscribed', at);
  if (stopped === 'stopped' && way === 'unsubscribe page') await deps.enqueue([{ kind: 'goodbye', subscriber }]);
  return stopped;
}
