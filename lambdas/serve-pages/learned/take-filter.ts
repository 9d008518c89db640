import type { Instant } from '../../../shared/domain/calendar-date.js';
import { choiceLimits, filterProblem } from '../../../shared/domain/subscriber/own-filters.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { compileText } from '../../../shared/domain/subscriber/topic.js';
import { type ChangeSubscriptionDeps, changeSubscription } from '../change-subscription.js';

interface TakeFilterDeps extends ChangeSubscriptionDeps {
  readonly now: () => Instant;
}

/** Adds the filter that a learned topic offers to its reader's own; twice is no error. `wrong`: it is no filter. */
export async function takeFilter(
  { id, state: { status }, profile }: Subscriber,
  { name, filter }: { readonly name: string; readonly filter: string },
  deps: TakeFilterDeps,
): Promise<'changed' | 'full' | 'refused' | 'wrong'> {
  const compiled = compileText(filter);
  if (!compiled.ok || filterProblem(filter) !== undefined) return 'wrong';
  const own = profile.topics.filter((choice) => 'filter' in choice);
  if (own.some((choice) => choice.filter === filter)) return 'changed';
  if (own.length >= choiceLimits.ownFilters) return 'full';
  const added = { name, filter, compiled: compiled.filter.form };
  const changed = { ...profile, topics: [...profile.topics, added] };
  return changeSubscription({ subscriber: id, status, at: deps.now() }, { event: 'changed', profile: changed }, deps);
}
