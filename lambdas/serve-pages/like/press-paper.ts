import type { Example } from '../../../shared/domain/likeness/learned-topic.js';
import { type Pressed as Presses, withoutPress, withPress } from '../../../shared/domain/likeness/pressed.js';
import { pressedNames } from '../../../shared/domain/likeness/topic-name.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { isExcluded } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { StoredTopic } from '../../../shared/storage/examples/learned-topics.js';
import { type AskedOn, type ChangeSubscriptionDeps, changeSubscription } from '../change-subscription.js';
import { beginLearned, type ChangeLearnedDeps, changeLearned } from '../learned/change-learned.js';
import { leaveOut } from '../less/leave-out.js';
import type { Want } from './pages/pressable.js';

interface PressPaperDeps extends ChangeSubscriptionDeps, ChangeLearnedDeps {
  readonly consents: ChangeSubscriptionDeps['consents'];
}

/** A paper of a mail, or of what a learned topic finds, pressed by its reader. */
export interface Pressed {
  readonly subscriber: Subscriber;
  /** The reader's learned topics. */
  readonly learned: readonly StoredTopic[];
  readonly paper: Omit<Example, 'id' | 'liked'> & { readonly id: PaperId };
  /** The learned topic that found it, if one did. */
  readonly source: StoredTopic | undefined;
  /** Where it was pressed, as the journal has it. */
  readonly by: Exclude<AskedOn, 'less link'>;
}

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
  { subscriber, learned, paper, source, by }: Pressed,
  want: Want,
  deps: PressPaperDeps,
): Promise<'changed' | 'full' | 'refused'> {
  if (want === 'read') return leaveOut(subscriber, { do: 'put-aside', filter: paper.id, by }, deps);
  const target = holderOf(paper.id, learned) ?? source ?? learned.find(({ takesPresses }) => takesPresses);
  const examples = [{ ...paper, liked: want === 'more' }];
  const name = want === 'more' ? pressedNames.liked : pressedNames.disliked;
  const beginning = { name, examples, notFound: [], takesPresses: true, cause: by } as const;
  const result = target
    ? await changeLearned(subscriber, { n: target.n, change: { do: 'add', examples }, cause: by }, deps)
    : (await beginLearned(subscriber, beginning, deps)).answer;
  if (result !== 'changed') return result;
  const { profile, state } = subscriber;
  const others = (target?.topic.examples ?? []).filter(({ id }) => id !== paper.id);
  if (want === 'less' && !others.some(({ liked }) => liked)) {
    return toSay(subscriber, withoutPress(profile.pressed, paper.title, state.edition), by, deps);
  }
  return toSay(subscriber, withPress(profile.pressed, { want, title: paper.title }, state.edition), by, deps);
}

/** Takes back what a reader has said of a paper, unless they have said the contrary since. */
export async function unpressPaper(
  { subscriber, learned, paper, by }: Pressed,
  want: Want,
  deps: PressPaperDeps,
): Promise<'changed' | 'full' | 'refused'> {
  if (want === 'read') return leaveOut(subscriber, { do: 'take-back', filter: paper.id, by }, deps);
  const holder = holderOf(paper.id, learned);
  const isStillSaid = holder?.topic.examples.some(({ id, liked }) => id === paper.id && liked === (want === 'more'));
  if (!holder || !isStillSaid) return 'changed';
  const change = { do: 'remove', id: paper.id } as const;
  const result = await changeLearned(subscriber, { n: holder.n, change, cause: by }, deps);
  if (result !== 'changed') return result;
  return toSay(subscriber, withoutPress(subscriber.profile.pressed, paper.title, subscriber.state.edition), by, deps);
}

/** Leaves to the next digest to say what was pressed. */
function toSay(
  { id, state: { status }, profile }: Subscriber,
  presses: Presses | undefined,
  by: Pressed['by'],
  deps: PressPaperDeps,
): Promise<'changed' | 'refused'> {
  const { pressed: _, ...others } = profile;
  const changed = { ...others, ...(presses && { pressed: presses }) };
  const standing = { subscriber: id, status, at: deps.now() };
  return changeSubscription(standing, { event: 'changed', profile: changed, by }, deps);
}
