import type { Instant } from '../../../shared/domain/calendar-date.js';
import { addExclusion, removeExclusion } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { type ChangeSubscriptionDeps, changeSubscription } from '../change-subscription.js';

interface LeaveOutDeps extends ChangeSubscriptionDeps {
  readonly now: () => Instant;
}

/** One filter more or one less by which a reader leaves papers out, and on which page that was asked. */
interface Wish {
  readonly do: 'leave-out' | 'take-back';
  readonly filter: string;
  readonly by?: 'less link';
}

/** Changes what an active or paused reader leaves out; asking twice is no error. `full` when they have fifty filters. */
export async function leaveOut(
  { id, state: { status }, profile }: Subscriber,
  wish: Wish,
  deps: LeaveOutDeps,
): Promise<'changed' | 'full' | 'refused'> {
  const { never: before = [], ...others } = profile;
  const never = (wish.do === 'leave-out' ? addExclusion : removeExclusion)(before, wish.filter);
  if (never === 'full') return 'full';
  if (never.length === before.length) return 'changed';
  const changed = { ...others, ...(never.length > 0 && { never }) };
  const by = wish.by && { by: wish.by };
  const standing = { subscriber: id, status, at: deps.now() };
  return changeSubscription(standing, { event: 'changed', profile: changed, ...by }, deps);
}
