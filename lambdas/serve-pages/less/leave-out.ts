import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { addExclusion, addRead, removeExclusion } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { type AskedOn, type ChangeSubscriptionDeps, changeSubscription } from '../change-subscription.js';

interface LeaveOutDeps extends ChangeSubscriptionDeps {
  readonly now: () => Instant;
}

/**
 * One filter more or one less by which a reader leaves papers out, or one paper put aside as read, and on which page that was
 * asked.
 */
interface Wish {
  readonly do: 'leave-out' | 'take-back' | 'put-aside';
  readonly filter: string;
  readonly by?: AskedOn;
}

/** Changes what an active or paused reader leaves out; asking twice is no error. `full` when they have fifty filters. */
export async function leaveOut(
  { id, state: { status }, profile }: Subscriber,
  wish: Wish,
  deps: LeaveOutDeps,
): Promise<'changed' | 'full' | 'refused'> {
  const { never: before = [], ...others } = profile;
  const never = wished(before, wish);
  if (never === 'full') return 'full';
  if (never === before || (wish.do === 'take-back' && never.length === before.length)) return 'changed';
  const changed = { ...others, ...(never.length > 0 && { never }) };
  const by = wish.by && { by: wish.by };
  const standing = { subscriber: id, status, at: deps.now() };
  return changeSubscription(standing, { event: 'changed', profile: changed, ...by }, deps);
}

function wished(before: readonly string[], wish: Wish): readonly string[] | 'full' {
  if (wish.do === 'put-aside') return addRead(before, wish.filter as PaperId);
  return (wish.do === 'leave-out' ? addExclusion : removeExclusion)(before, wish.filter);
}
