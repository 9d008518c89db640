import type { Example } from '../../../shared/domain/likeness/learned-topic.js';
import { type Pressed as Presses, withoutPress, withPress } from '../../../shared/domain/likeness/pressed.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { isExcluded } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { StoredTopic } from '../../../shared/storage/examples/learned-topics.js';
import { type ChangeSubscriptionDeps, changeSubscription } from '../change-subscription.js';
import { beginLearned, type ChangeLearnedDeps, changeLearned } from '../learned/change-learned.js';
import { leaveOut } from '../less/leave-out.js';
import type { Want } from './pages/like-page.js';

interface PressPaperDeps extends ChangeSubscriptionDeps, ChangeLearnedDeps {
  readonly consents: ChangeSubscriptionDeps['consents'];
}

/** A paper of a mail, pressed by its reader. */
export interface Pressed {
  readonly subscriber: Subscriber;
  /** The reader's learned topics. */
  readonly learned: readonly StoredTopic[];
  readonly paper: Omit<Example, 'id' | 'liked'> & { readonly id: PaperId };
  /** Names of the topics for which the mail had it. */
  readonly topics: readonly string[];
}

/** The topic that papers are examples of which came by no learned topic. */
const pressedTopic = 'Papers like those you liked';

/** What a reader has said of a paper. */
export function saidOf(
  paper: PaperId,
  { subscriber, learned }: Pick<Pressed, 'subscriber' | 'learned'>,
): readonly Want[] {
  const example = learned.flatMap(({ topic }) => topic.examples).find(({ id }) => id === paper);
  const isRead = isExcluded(subscriber.profile.never ?? [], paper);
  return [
    ...(example ? [example.liked ? ('more' as const) : ('less' as const)] : []),
    ...(isRead ? ['read' as const] : []),
  ];
}

/** Whether less was asked for beside nothing that is liked: such a topic brings nothing, so nothing of it becomes less. */
export function isWithoutLikes(paper: PaperId, learned: readonly StoredTopic[]): boolean {
  const holder = holderOf(paper, learned);
  return holder?.topic.examples.every(({ liked }) => !liked) ?? false;
}

/** The topic of which a paper is an example. */
function holderOf(paper: PaperId, learned: readonly StoredTopic[]): StoredTopic | undefined {
  return learned.find(({ topic }) => topic.examples.some(({ id }) => id === paper));
}

/** Takes down what a reader wants because of a paper; twice is no error. `full`: they have said more than is kept. */
export async function pressPaper(
  { subscriber, learned, paper, topics }: Pressed,
  want: Want,
  deps: PressPaperDeps,
): Promise<'changed' | 'full' | 'refused'> {
  const by = 'like link' as const;
  if (want === 'read') return leaveOut(subscriber, { do: 'put-aside', filter: paper.id, by }, deps);
  const target = topicFor(paper.id, topics, learned);
  const examples = [{ ...paper, liked: want === 'more' }];
  const beginning = { name: pressedTopic, examples, notFound: [], cause: by };
  const result = target
    ? await changeLearned(subscriber, { n: target.n, change: { do: 'add', examples }, cause: by }, deps)
    : (await beginLearned(subscriber, beginning, deps)).answer;
  if (result !== 'changed') return result;
  const { profile, state } = subscriber;
  const others = (target?.topic.examples ?? []).filter(({ id }) => id !== paper.id);
  if (want === 'less' && !others.some(({ liked }) => liked)) {
    return toSay(subscriber, withoutPress(profile.pressed, paper.title, state.edition), deps);
  }
  return toSay(subscriber, withPress(profile.pressed, { want, title: paper.title }, state.edition), deps);
}

/** Takes back what a reader has said of a paper. */
export async function unpressPaper(
  { subscriber, learned, paper }: Pressed,
  want: Want,
  deps: PressPaperDeps,
): Promise<'changed' | 'full' | 'refused'> {
  if (want === 'read') {
    return leaveOut(subscriber, { do: 'take-back', filter: paper.id, by: 'like link' }, deps);
  }
  const holder = holderOf(paper.id, learned);
  if (!holder) return 'changed';
  const change = { do: 'remove', id: paper.id } as const;
  const result = await changeLearned(subscriber, { n: holder.n, change, cause: 'like link' }, deps);
  if (result !== 'changed') return result;
  return toSay(subscriber, withoutPress(subscriber.profile.pressed, paper.title, subscriber.state.edition), deps);
}

/** Leaves to the next digest to say what was pressed. */
function toSay(
  { id, state: { status }, profile }: Subscriber,
  presses: Presses | undefined,
  deps: PressPaperDeps,
): Promise<'changed' | 'refused'> {
  const { pressed: _, ...others } = profile;
  const changed = { ...others, ...(presses && { pressed: presses }) };
  const standing = { subscriber: id, status, at: deps.now() };
  return changeSubscription(standing, { event: 'changed', profile: changed, by: 'like link' }, deps);
}

/** The learned topic for which a paper counts; `undefined` for one that is to be begun. */
function topicFor(paper: PaperId, names: readonly string[], learned: readonly StoredTopic[]): StoredTopic | undefined {
  const holder = holderOf(paper, learned);
  const source = learned.find(({ topic }) => names.includes(topic.name));
  const pressed = learned.find(({ topic }) => topic.name === pressedTopic);
  return holder ?? source ?? pressed;
}
