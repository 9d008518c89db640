import { pageVersion } from '../../../shared/contract/page-version.js';
import { changedTopic, type TopicChange } from '../../../shared/domain/likeness/change-topic.js';
import { type KeptTopic, renamed } from '../../../shared/domain/likeness/kept-topic.js';
import type { Example, LearnedTopic } from '../../../shared/domain/likeness/learned-topic.js';
import type { Consent } from '../../../shared/domain/subscriber/consent.js';
import { nextStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import { choiceLimits, filterProblem } from '../../../shared/domain/subscriber/own-filters.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { compileText } from '../../../shared/domain/subscriber/topic.js';
import {
  addLearnedTopic,
  type ChangeLearnedTopicDeps,
  changeLearnedTopic,
} from '../../../shared/learning/change-learned-topic.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import { type AskedOn, type ChangeSubscriptionDeps, changeSubscription } from '../change-subscription.js';

export interface ChangeLearnedDeps {
  readonly learning: ChangeLearnedTopicDeps;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly now: () => number;
}

/** Where a change was asked for, as the journal has it. */
type Cause = Exclude<AskedOn, 'less link'>;

/** `full`: the topic has as many examples or edits as it may. `refused`: nobody is subscribed, or there is no such topic. */
type Changed = 'changed' | 'full' | 'refused';

async function journalled(
  { id, state }: Subscriber,
  cause: Cause,
  { consents, now }: ChangeLearnedDeps,
): Promise<boolean> {
  if (nextStatus(state.status, 'changed') === undefined) return false;
  const entry: Consent = { subscriber: id, event: 'changed', at: now(), cause, page: pageVersion };
  await consents.append(entry);
  return true;
}

interface LearnedChange {
  /** The topic's number. */
  readonly n: number;
  readonly change: TopicChange;
  readonly cause: Cause;
  /** What was named besides and nobody knows. */
  readonly notFound?: readonly string[];
}

/** How much of what nobody knows is kept, the newest. */
const mostNotFound = 20;

/** Changes one of a reader's learned topics. */
export async function changeLearned(
  subscriber: Subscriber,
  { n, change, cause, notFound = [] }: LearnedChange,
  deps: ChangeLearnedDeps,
): Promise<Changed> {
  if (!(await journalled(subscriber, cause, deps))) return 'refused';
  let isFull = false;
  const changing = (kept: KeptTopic) => {
    const topic = changedTopic(kept.topic, change);
    isFull = topic === 'full';
    const unknown = [...new Set([...kept.notFound, ...notFound])].slice(-mostNotFound);
    return topic === 'full' ? kept : renamed(kept, { ...kept, topic, notFound: unknown });
  };
  const { answer } = await changeLearnedTopic(subscriber.id, n, changing, deps.learning);
  if (isFull) return 'full';
  return answer === 'changed' ? 'changed' : 'refused';
}

/** Removes one of a reader's learned topics; twice is no error. */
export async function dropLearned(
  subscriber: Subscriber,
  n: number,
  deps: ChangeLearnedDeps,
): Promise<'changed' | 'refused'> {
  if (!(await journalled(subscriber, 'learned topic page', deps))) return 'refused';
  const { answer } = await changeLearnedTopic(subscriber.id, n, () => undefined, deps.learning);
  return answer === 'gone' ? 'refused' : 'changed';
}

/** What a new learned topic begins with. */
interface Beginning {
  readonly name: string;
  readonly examples: readonly Example[];
  readonly notFound: readonly string[];
  readonly takesPresses?: true;
  readonly cause: Cause;
}

/** A topic that nobody has edited. */
export function freshTopic(name: string, examples: readonly Example[]): LearnedTopic {
  return { name, examples, struck: [], pinned: [], strictness: 3, order: 'trend' };
}

/** Begins a learned topic; `full` when the reader has as many as there may be. */
export async function beginLearned(
  subscriber: Subscriber,
  { name, examples, cause, ...others }: Beginning,
  deps: ChangeLearnedDeps,
): Promise<{ readonly answer: 'changed'; readonly n: number } | { readonly answer: 'full' | 'refused' }> {
  if (!(await journalled(subscriber, cause, deps))) return { answer: 'refused' };
  const added = await addLearnedTopic(subscriber.id, { ...others, topic: freshTopic(name, examples) }, deps.learning);
  if (added.answer === 'added') return { answer: 'changed', n: added.n };
  return { answer: added.answer === 'too-many' ? 'full' : 'refused' };
}

interface TakeFilterDeps extends ChangeSubscriptionDeps {
  readonly now: () => number;
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
