import type { LifecycleEvent } from './consent.js';
import type { SubscriberStatus } from './subscriber.js';

/** Whoever was never heard of, or whose request expired, is `none`. */
export type KnownStatus = SubscriberStatus | 'none';

type Transitions = Partial<Record<LifecycleEvent, SubscriberStatus | 'erased'>>;

const always: Transitions = { suppressed: 'suppressed', erased: 'erased' };

const transitions: Readonly<Record<KnownStatus, Transitions>> = {
  none: { requested: 'pending' },
  pending: { ...always, requested: 'pending', confirmed: 'active', unsubscribed: 'unsubscribed' },
  active: { ...always, changed: 'active', paused: 'paused', unsubscribed: 'unsubscribed' },
  paused: { ...always, changed: 'paused', resumed: 'active', unsubscribed: 'unsubscribed' },
  unsubscribed: { ...always, requested: 'pending' },
  // Erasing takes the address away and leaves the mark: whoever bounced or complained is not mailed again.
  suppressed: always,
};

/**
 * The status that an event leads to, `undefined` where it is not allowed and nothing may change. A suppressed subscriber stays
 * so through everything but its erasure, and even then a mark without address says so to every new request.
 */
export function nextStatus(status: KnownStatus, event: LifecycleEvent): SubscriberStatus | 'erased' | undefined {
  return transitions[status][event];
}
