import type { Instant } from '../calendar-date.js';
import type { SubscriberId } from './subscriber.js';

/**
 * What happened to a subscription, by its subscriber, by an admin or, after a bounce or a complaint, by SES. `released`:
 * an admin took back a suppression after bounces.
 */
export type LifecycleEvent =
  | 'requested'
  | 'confirmed'
  | 'changed'
  | 'paused'
  | 'resumed'
  | 'unsubscribed'
  | 'resubscribed'
  | 'suppressed'
  | 'released'
  | 'erased';

/** One entry of the consent journal; holds no address. */
export interface Consent {
  readonly subscriber: SubscriberId;
  readonly event: LifecycleEvent;
  readonly at: Instant;
  /**
   * How it came about: `form`, `confirmation link`, `preferences page`, `less link`, `one-click`, `unsubscribe page`,
   * `undo link`, `bounce`, `soft bounces`, `complaint`, `admin`, `admin import: <source of the consent>`, …
   */
  readonly cause: string;
  /** When it was written, where it had happened elsewhere before that. */
  readonly recordedAt?: Instant;
  /** Version of the page that was shown, where there was one. */
  readonly page?: string;
  /** When a pause ends by itself; absent where only the subscriber ends it, and on pauses that earlier versions noted. */
  readonly until?: Instant;
}
