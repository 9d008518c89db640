import type { Instant } from '../calendar-date.js';
import type { SubscriberId } from './subscriber.js';

/**
 * What happens to a subscription, by its subscriber, by an admin or, after a bounce or a complaint, by SES. `released`:
 * an admin took back a suppression after bounces. Those of one instant come in this order, which revives nobody who left.
 */
export const lifecycleEvents = [
  'changed',
  'confirmed',
  'erased',
  'released',
  'resubscribed',
  'resumed',
  'paused',
  'requested',
  'unsubscribed',
  'suppressed',
] as const;

export type LifecycleEvent = (typeof lifecycleEvents)[number];

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

/** Entries of a journal, oldest first; nobody confirms before they ask, and else `lifecycleEvents` orders those of one instant. */
export function inOrder<Entry extends Pick<Consent, 'at' | 'event'>>(journal: readonly Entry[]): readonly Entry[] {
  const confirmed = new Set(journal.flatMap(({ event, at }) => (event === 'confirmed' ? at : [])));
  const rank = ({ event, at }: Entry) =>
    event === 'requested' && confirmed.has(at)
      ? lifecycleEvents.indexOf('confirmed') - 0.5
      : lifecycleEvents.indexOf(event);
  return [...journal].sort((one, other) => one.at - other.at || rank(one) - rank(other));
}
