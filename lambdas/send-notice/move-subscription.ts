import type { SendNotice } from '../../shared/contract/messages.js';
import { pageVersion } from '../../shared/contract/page-version.js';
import { dayMs, type Instant } from '../../shared/domain/calendar-date.js';
import { editionDueIn } from '../../shared/domain/subscriber/slot.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { LearnedTopicRepository } from '../../shared/storage/examples/learned-topics.js';
import type { RunRepository } from '../../shared/storage/runs-repository.js';
import type { Move, SubscriberMoves } from '../../shared/storage/subscribers/subscriber-moves.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type MailNotice, type NoticeRights, sendOnce, type UseRight } from './notice-mailer.js';

type MoveMessage = Extract<SendNotice, { kind: 'move-subscription' }>;

/** A digest on its way to the old address mostly ends within minutes; nothing moves before. */
const waitSeconds = 900;

interface MoveSubscriptionDeps {
  readonly subscribers: SubscriberMoves & Pick<SubscriberRepository, 'load' | 'stop' | 'erase'>;
  readonly topics: Pick<LearnedTopicRepository, 'load' | 'drop' | 'open'>;
  readonly runs: Pick<RunRepository, 'adoptWelcome' | 'batchesOfSlot' | 'plannedSlots'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly signups: NoticeRights;
  readonly mailNotice: MailNotice;
  readonly requeue: (message: MoveMessage, delaySeconds: number) => Promise<void>;
  /** 0–23, UTC. */
  readonly publishHour: number;
  /** 32 new random bytes, base64url. */
  readonly random: () => string;
  readonly now: () => Instant;
}

export interface MoveReport {
  /** `called-off`: the old address had nothing to take over any more. `not-moving`: nothing was left to do. */
  readonly outcome: 'moved' | 'waits' | 'called-off' | 'left' | 'not-moving';
  readonly subscriber: SubscriberId;
}

/**
 * Lets a confirmed address take over a subscription, in steps that can all be made again: whichever step a delivery died
 * at, the next one goes on there. First the old address stops, then the new one begins where it stopped; only then is the old
 * one told and erased. Whoever unsubscribes at either address in between ends the subscription.
 */
export async function moveSubscription(message: MoveMessage, deps: MoveSubscriptionDeps): Promise<MoveReport> {
  const { from, to, tokenHash, confirmedAt } = message;
  const move = { from, to };
  // Before it moves, so that nothing that is added afterwards is among them.
  const left = (await deps.topics.load(to)).filter(({ movedFrom }) => movedFrom !== from);
  const begun = await deps.subscribers.beginMove(to, tokenHash, confirmedAt);
  if (begun === 'moving') for (const topic of left) await deps.topics.drop(to, topic);
  const result = begun === 'moving' ? await takeOver(move, confirmedAt, deps) : begun;
  if (result === 'busy') return waitFor(message, deps);
  if (result === 'called-off') return callOff(move, deps);
  const outcome = await endOldSide(move, confirmedAt, deps);
  return outcome === 'waits' ? waitFor(message, deps) : { outcome, subscriber: to };
}

/** A new message: the queue gives up one that it has delivered a few times. */
async function waitFor(message: MoveMessage, { requeue }: MoveSubscriptionDeps): Promise<MoveReport> {
  await requeue(message, waitSeconds);
  return { outcome: 'waits', subscriber: message.to };
}

/** From the old address to the new one; `called-off` when the old one had left before it could begin. */
async function takeOver(move: Move, confirmedAt: Instant, deps: MoveSubscriptionDeps) {
  const { subscribers, consents, now } = deps;
  const left = await subscribers.leave(move, confirmedAt, now());
  if (left === 'busy') return left;
  if (left === 'paused') await consents.append({ subscriber: move.to, event: 'paused', at: now(), ...cause });
  if (left !== 'gone') await learnAfterwards(move, deps);
  const arrived = left === 'gone' ? 'gone' : await subscribers.arrive(move, now());
  if (arrived !== 'gone') return arrived;
  return (await subscribers.callOff(move, now())) === 'called-off' ? 'called-off' : 'not-moving';
}

/** What is learned of the old address's examples meanwhile would stay there: the new one learns once more. */
async function learnAfterwards({ from, to }: Move, { topics, random, now }: MoveSubscriptionDeps): Promise<void> {
  if ((await topics.load(from)).length > 0) await topics.open(to, random(), now());
}

const cause = { cause: 'change of address', page: pageVersion } as const;

/** The new address holds nothing but what was copied to it for the confirmation. */
async function callOff({ to }: Move, { subscribers, consents, now }: MoveSubscriptionDeps): Promise<MoveReport> {
  await consents.append({ subscriber: to, event: 'erased', at: now(), ...cause });
  await subscribers.erase(to, now());
  return { outcome: 'called-off', subscriber: to };
}

/** Tells and erases the old address, and gives the day's digest to the new one if the run has passed it by. */
async function endOldSide(
  move: Move,
  confirmedAt: Instant,
  deps: MoveSubscriptionDeps,
): Promise<MoveReport['outcome']> {
  const { subscribers, consents, now } = deps;
  const side = await subscribers.oldSideOf(move);
  if (side === 'over') return 'not-moving';
  if (side === 'left') return leaveToo(move, deps);
  await joinRun(move.to, deps);
  const told = side === 'moving' ? await tellOldAddress(move, deps) : 'bounced';
  // SES may be away for hours; after a day, deleting the address comes first.
  if (told === 'put-back' && now() - confirmedAt < dayMs) return 'waits';
  await consents.append({ subscriber: move.from, event: 'erased', at: now(), ...cause });
  if ((await subscribers.eraseMoved(move, now())) === 'erased') return 'moved';
  return (await subscribers.oldSideOf(move)) === 'left' ? leaveToo(move, deps) : 'moved';
}

/** Unsubscribing was acknowledged at the old address before it was gone, so it holds for the new one. */
async function leaveToo({ to }: Move, { subscribers, consents, now }: MoveSubscriptionDeps): Promise<'left'> {
  await consents.append({ subscriber: to, event: 'unsubscribed', at: now(), ...cause });
  await subscribers.stop(to, 'unsubscribed', now());
  return 'left';
}

/** The run of the day asked for the old address only: without a batch of its own the new one would miss the edition. */
async function joinRun(id: SubscriberId, { subscribers, runs, publishHour, now }: MoveSubscriptionDeps): Promise<void> {
  const [subscriber] = await subscribers.load([id]);
  if (subscriber?.state.status !== 'active') return;
  const { slot, edition: last } = subscriber.state;
  const edition = editionDueIn(slot, now(), publishHour);
  if (edition === undefined || (last !== undefined && last >= edition)) return;
  const isPlanned =
    (await runs.plannedSlots(edition)).has(slot) || (await runs.batchesOfSlot(edition, slot)).length > 0;
  if (isPlanned) await runs.adoptWelcome(edition, slot, id, now());
}

/** The note is a notice like all others: sent once, given up when its fate is unknown, `put-back` while SES takes none. */
async function tellOldAddress({ from }: Move, { subscribers, signups, mailNotice, now }: MoveSubscriptionDeps) {
  const [old] = await subscribers.load([from]);
  // Only after its profile was erased: the note was sent before that.
  if (!old) return 'sent before';
  const at = now();
  const noticeIn: Parameters<MailNotice>[2] = ({ sender, postalAddress, pagesUrl }) => ({
    kind: 'address-changed',
    to: old.profile.address,
    formUrl: `${pagesUrl}/`,
    sender,
    postalAddress,
  });
  const mail = async (useRight: UseRight) => {
    const result = await mailNotice(from, at, noticeIn, useRight);
    return result === 'unsent' ? 'put-back' : result;
  };
  return sendOnce({ key: from, at, kind: 'address-changed', message: 'address-changed' }, mail, signups);
}
