import type { Instant } from '../../../shared/domain/calendar-date.js';
import { nextStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import type { FormFields } from '../../../shared/domain/subscriber/own-filters.js';
import { slotFor } from '../../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { parseChoices } from '../../../shared/domain/subscriber/subscription-form.js';
import type { FilterTopic } from '../../../shared/domain/subscriber/topic.js';
import { type ChangeSubscriptionDeps, changeSubscription } from '../change-subscription.js';
import type { FormShape } from '../frame/read-form.js';

export const preferencesForm: FormShape = {
  single: ['hour', 'timezone', 'days', 'weekDay', 'maxPapers', 'aiSummaries', 'quietDays'],
  repeated: ['topic', 'filter', 'filterName', 'day'],
};

interface ChangePreferencesDeps extends ChangeSubscriptionDeps {
  readonly catalogue: readonly FilterTopic[];
  readonly now: () => Instant;
}

/** `rescheduled` when the time of the mail has changed and mail goes on. */
type PreferencesAnswer =
  | { readonly answer: 'saved' | 'rescheduled' | 'not-subscribed' }
  | { readonly answer: 'refused'; readonly errors: Readonly<Record<string, string>> };

/** Replaces what an active or paused subscriber has chosen; the address stays. */
export async function changePreferences(
  { subscriber, fields }: { subscriber: Subscriber; fields: FormFields },
  deps: ChangePreferencesDeps,
): Promise<PreferencesAnswer> {
  const { id, state, profile } = subscriber;
  if (nextStatus(state.status, 'changed') === undefined) return { answer: 'not-subscribed' };
  const learned = profile.topics.filter((choice) => 'like' in choice);
  const choices = parseChoices(fields, deps.catalogue, learned.length);
  if (!choices.ok) return { answer: 'refused', errors: choices.errors };
  const at = deps.now();
  const { address, never, pressed, feed } = profile;
  const kept = {
    address,
    ...(never && { never }),
    ...(pressed && { pressed }),
    ...(feed !== undefined && { feed }),
  };
  const changed = { ...choices.value, topics: [...choices.value.topics, ...learned], ...kept };
  const who = { subscriber: id, status: state.status, at };
  const result = await changeSubscription(who, { event: 'changed', profile: changed }, deps);
  if (result === 'refused') return { answer: 'not-subscribed' };
  const isSameTime = slotFor(changed) === slotFor(profile);
  return { answer: isSameTime || state.status !== 'active' ? 'saved' : 'rescheduled' };
}
