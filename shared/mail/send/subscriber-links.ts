import { dayMs, type Instant } from '../../domain/calendar-date.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import type { SigningKey } from '../../runtime/tokens.js';
import { signToken } from '../../runtime/tokens.js';

/** The links that open one subscriber's own pages. */
export interface SubscriberLinks {
  readonly preferencesUrl: string;
  /** Answers a one-click POST (RFC 8058); its GET shows a page. */
  readonly unsubscribeUrl: string;
}

/** Signs a subscriber's links; the same day gives the same links. */
export function subscriberLinks(
  key: SigningKey,
  pagesUrl: string,
  subscriber: SubscriberId,
  at: Instant,
): SubscriberLinks {
  const claims = { subscriber, issuedOn: Math.floor(at / dayMs) };
  return {
    preferencesUrl: `${pagesUrl}/preferences?token=${signToken(key, 'preferences', claims)}`,
    unsubscribeUrl: `${pagesUrl}/unsubscribe?token=${signToken(key, 'unsubscribe', claims)}`,
  };
}
