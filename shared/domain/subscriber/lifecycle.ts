import type { Instant } from '../calendar-date.js';
import type { Consent, LifecycleEvent } from './consent.js';
import type { SubscriberState, SubscriberStatus } from './subscriber.js';

/**
 * Whoever was never heard of, or whose request expired, is `none`; who is suppressed and may come back is `bounced`.
 */
export type KnownStatus = SubscriberStatus | 'none' | 'bounced';

/**
 * What leads from one status to another: an event of the journal, where `suppressed` is for good and `bounced` is not.
 */
type Step = LifecycleEvent | 'bounced';

type Transitions = Partial<Record<Step, SubscriberStatus | 'bounced' | 'erased'>>;

const always: Transitions = { suppressed: 'suppressed', bounced: 'bounced', erased: 'erased' };

const transitions: Readonly<Record<KnownStatus, Transitions>> = {
  none: { requested: 'pending' },
  pending: { ...always, requested: 'pending', confirmed: 'active', unsubscribed: 'unsubscribed' },
  active: { ...always, changed: 'active', paused: 'paused', unsubscribed: 'unsubscribed' },
  paused: { ...always, changed: 'paused', resumed: 'active', unsubscribed: 'unsubscribed' },
  // Only the change of address itself ends this, or whoever leaves in between.
  moving: { ...always, unsubscribed: 'unsubscribed' },
  unsubscribed: { ...always, requested: 'pending', resubscribed: 'active' },
  // Asking is no proof that the address takes mail again: the mark stays until the confirmation mail has arrived.
  bounced: { ...always, requested: 'bounced', confirmed: 'active' },
  // Erasing takes the address away and leaves the mark: whoever complained is not mailed again.
  suppressed: { suppressed: 'suppressed', erased: 'erased' },
};

/**
 * The status that a step leads to, `undefined` where it is not allowed and nothing may change. Nothing but erasure
 * follows a complaint, and even then a mark without address answers every new request; a bounce is over with a
 * confirmation.
 */
export function nextStatus(status: KnownStatus, step: Step): SubscriberStatus | 'bounced' | 'erased' | undefined {
  return transitions[status][step];
}

type Entry = Pick<Consent, 'event' | 'cause'>;

/** Whose suppressions are for good. */
const forGood: readonly string[] = ['complaint', 'admin'];

function standingOnce(standing: KnownStatus, { event, cause }: Entry): KnownStatus {
  const isMarked = standing === 'suppressed' || standing === 'bounced';
  if (event === 'erased') return isMarked ? standing : 'none';
  if (event === 'suppressed' && forGood.includes(cause)) return 'suppressed';
  const next = nextStatus(standing, event === 'suppressed' ? 'bounced' : event);
  return next === undefined || next === 'erased' ? standing : next;
}

/**
 * Where a journal leads, oldest entry first, from nothing or from where its subscriber is known to stand. A mark outlives
 * erasure, and is set even on somebody of whom nothing is kept: no order of entries revives who has complained or was
 * suppressed by an admin. Who is released stands where they stood before mail bounced.
 */
export function standingAfter(journal: readonly Entry[], from: KnownStatus = 'none'): KnownStatus {
  let standing = from;
  let beforeBounce: KnownStatus = from === 'bounced' ? 'none' : from;
  for (const entry of journal) {
    const next: KnownStatus = standingOnce(standing, entry);
    if (next === 'bounced' && standing !== 'bounced') beforeBounce = standing;
    if (entry.event === 'erased') beforeBounce = 'none';
    standing = entry.event === 'released' && standing === 'bounced' ? beforeBounce : next;
  }
  return standing;
}

/**
 * What in somebody's journal forbids taking a consent given at that instant from elsewhere: they paused, are suppressed,
 * or left at that instant or later; `undefined` where nothing does.
 */
export function objectionTo(
  consentAt: Instant,
  journal: readonly Pick<Consent, 'event' | 'cause' | 'at'>[],
): KnownStatus | 'erased' | undefined {
  const standing = standingAfter(journal);
  if (standing === 'suppressed' || standing === 'bounced' || standing === 'paused') return standing;
  const left = journal.findLast(({ event }) => event === 'unsubscribed' || event === 'erased');
  if (left === undefined || left.at < consentAt) return undefined;
  return left.event === 'erased' ? 'erased' : 'unsubscribed';
}

/** Where a subscriber stands in the lifecycle. A row from before causes were kept counts as suppressed for good. */
export function standingOf({ status, suppressedBy }: Pick<SubscriberState, 'status' | 'suppressedBy'>): KnownStatus {
  return status === 'suppressed' && suppressedBy === 'bounce' ? 'bounced' : status;
}
