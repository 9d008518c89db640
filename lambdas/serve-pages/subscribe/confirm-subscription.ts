import { subscriberId } from '../../../shared/contract/ids.js';
import type { SendNotice } from '../../../shared/contract/messages.js';
import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import { type KnownStatus, standingOf } from '../../../shared/domain/subscriber/lifecycle.js';
import type { Subscriber, SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { adoptAsked } from '../../../shared/learning/asked-topics.js';
import type { LookUp } from '../../../shared/learning/learn-anew.js';
import { confirmationHash } from '../../../shared/runtime/tokens.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { LearnedTopicRepository } from '../../../shared/storage/examples/learned-topics.js';
import type { SignupRepository } from '../../../shared/storage/signups-repository.js';
import type { Move } from '../../../shared/storage/subscribers/subscriber-moves.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { changeSubscription, type SubscriptionWrite } from '../change-subscription.js';

interface OpenConfirmationDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load' | 'isConfirmedBy'>;
  readonly now: () => Instant;
}

interface ConfirmAddressDeps {
  readonly subscribers: Pick<SubscriberRepository, 'beginMove'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly enqueue: (notices: readonly SendNotice[]) => Promise<void>;
}

interface ConfirmSubscriptionDeps extends ConfirmAddressDeps {
  readonly subscribers: ConfirmAddressDeps['subscribers'] &
    Pick<SubscriberRepository, 'load' | 'isConfirmedBy' | SubscriptionWrite>;
  readonly signups: Pick<SignupRepository, 'forget'>;
  readonly learnedTopics: Pick<LearnedTopicRepository, 'load' | 'drop' | 'stay' | 'open'>;
  readonly lookUp: (asked: LookUp) => Promise<void>;
  readonly randomToken: () => string;
  readonly now: () => Instant;
}

/** `subscribed`: this very link has confirmed the subscription before. `moving`: it changes an address. */
type ConfirmationAnswer =
  | { readonly answer: 'subscribed' }
  | { readonly answer: 'moving'; readonly isPaused: boolean }
  | { readonly answer: 'confirmed'; readonly subscriber: Subscriber }
  | { readonly answer: 'refused' };

interface Opened {
  readonly subscriber: SubscriberId;
  /** As they were when the link was opened. */
  readonly found: Subscriber;
  readonly tokenHash: string;
  readonly status: KnownStatus;
  /** Whose address the confirmed one replaces. */
  readonly movesFrom?: { readonly id: SubscriberId; readonly isPaused: boolean };
}

/** What a confirmation link's token, `<subscriber>.<32 random bytes, base64url>`, opens just now; changes nothing. */
export async function openConfirmation(
  token: string,
  { subscribers, now }: OpenConfirmationDeps,
): Promise<Opened | 'subscribed' | undefined> {
  const [, before, random] = /^([^.]*)\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  const id = subscriberId.safeParse(before).data;
  if (id === undefined || random === undefined) return undefined;
  const tokenHash = confirmationHash(random);
  const [found] = await subscribers.load([id]);
  const { confirmation } = found?.state ?? {};
  const isOpen = confirmation?.tokenHash === tokenHash && now() < confirmation.expiresAt;
  if (found && isOpen) {
    const { movesFrom } = confirmation;
    const opened = { subscriber: found.id, found, tokenHash, status: standingOf(found.state) };
    if (!movesFrom) return opened;
    // Another confirmed address was faster, or the subscription has ended.
    const [from] = await subscribers.load([movesFrom]);
    const status = from?.state.status;
    if (status !== 'active' && status !== 'paused') return undefined;
    return { ...opened, movesFrom: { id: movesFrom, isPaused: status === 'paused' } };
  }
  return found && (await subscribers.isConfirmedBy(id, tokenHash)) ? 'subscribed' : undefined;
}

/**
 * Activates, once, a subscriber who signed up for the first time or again after bounces; refuses a used, expired or
 * unknown token. The confirmation is written last, so that the link works until everything is done; the welcome that is
 * queued before it waits for it.
 */
export async function confirmSubscription(token: string, deps: ConfirmSubscriptionDeps): Promise<ConfirmationAnswer> {
  const opened = await openConfirmation(token, deps);
  if (opened === 'subscribed') return { answer: 'subscribed' };
  if (!opened) return { answer: 'refused' };
  const { subscriber, found, tokenHash, status, movesFrom } = opened;
  const at = deps.now();
  await deps.signups.forget(subscriber);
  if (movesFrom) {
    const move = { from: movesFrom.id, to: subscriber };
    return (await confirmAddress(move, tokenHash, at, deps)) === 'moving'
      ? { answer: 'moving', isPaused: movesFrom.isPaused }
      : { answer: 'refused' };
  }
  await deps.enqueue([{ kind: 'welcome', subscriber }]);
  await adoptAsked(subscriber, found.profile.topics, { ...deps, topics: deps.learnedTopics, mark: deps.randomToken });
  const change = { event: 'confirmed', tokenHash } as const;
  const result = await changeSubscription({ subscriber, status, at }, change, deps);
  if (result !== 'refused') return { answer: 'confirmed', subscriber: found };
  // The same link may have been sent twice at once.
  const isConfirmed = await deps.subscribers.isConfirmedBy(subscriber, tokenHash);
  return { answer: isConfirmed ? 'subscribed' : 'refused' };
}

/**
 * Takes the confirmation of a new address. The rest is done by the message, which is queued before the confirmation is written: it
 * takes the confirmation itself where this died in between.
 */
async function confirmAddress(
  { from, to }: Move,
  tokenHash: string,
  at: Instant,
  { subscribers, consents, enqueue }: ConfirmAddressDeps,
): Promise<'moving' | 'refused'> {
  await consents.append({ subscriber: to, event: 'confirmed', at, cause: 'change of address', page: pageVersion });
  await enqueue([{ kind: 'move-subscription', from, to, tokenHash, confirmedAt: at }]);
  return (await subscribers.beginMove(to, tokenHash, at)) === 'moving' ? 'moving' : 'refused';
}
