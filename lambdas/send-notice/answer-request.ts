import { createHmac } from 'node:crypto';
import type { SendNotice } from '../../shared/contract/messages.js';
import { dayMs, hourMs, type Instant } from '../../shared/domain/calendar-date.js';
import { parseAddress } from '../../shared/domain/subscriber/mail-address.js';
import type { SubscriberId, SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import { checkChoices } from '../../shared/domain/subscriber/subscription-form.js';
import { type AskedFor, unpackAsked } from '../../shared/learning/asked-topics.js';
import type { Keys } from '../../shared/runtime/keys.js';
import { ownerOf } from '../../shared/storage/subscribers/subscriber-rows.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type AskToConfirmDeps, askToConfirm } from './ask-to-confirm.js';
import { type MailNotice, type SentOnce, sendOnce, type UseRight } from './notice-mailer.js';
import { type Asker, withinBudget } from './within-budget.js';

/**
 * How long a request waits for room in the hourly budget, and how long until it asks again: as long as SQS can delay
 * it.
 */
const requestLifeMs = dayMs;
const putBackSeconds = 900;
/** One of many from its network or for its domain waits no longer: thousands that wait would hold up all others. */
const crowdedLifeMs = hourMs;

/** The message behind a request on the form, or for another address. */
type RequestMessage = Extract<SendNotice, { kind: 'answer-request' | 'change-address' }>;

interface AnswerRequestDeps extends AskToConfirmDeps {
  readonly subscribers: AskToConfirmDeps['subscribers'] &
    Pick<SubscriberRepository, 'statusOf' | 'mayComeBack' | 'hasConfirmedSince' | 'load' | 'finishErasure'>;
  readonly keys: () => Promise<Keys>;
  readonly requeue: (message: RequestMessage, delaySeconds: number) => Promise<void>;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

export interface AnswerRequestReport {
  readonly notice?: 'confirmation' | 'already-subscribed';
  readonly outcome:
    | SentOnce
    | 'not-new'
    | 'answered'
    | 'suppressed'
    | 'put-back'
    | 'crowded'
    | 'too-old'
    | 'not-subscribed';
  readonly subscriber?: SubscriberId;
}

/**
 * Answers a request for mail to an address: with a confirmation mail, or if it is subscribed already, with a notice
 * that nothing has changed. The right to write to this address comes first, so that whoever repeats one address takes
 * nothing from the others' hourly budget; then that budget, the journal, the pending state, the mail. After a crash before
 * the mail is offered the same message goes on with its right; a request for which there is no room gives its right back
 * and waits in the queue. An address that bounced stays suppressed until its confirmation; one that complained is never
 * written to. Throws on a message that the form itself would have refused: two parts of us disagree, and the queue keeps it
 * until somebody has looked. A subscriber's new address is asked and limited like everybody's; `not-subscribed` when its
 * subscriber has left meanwhile.
 */
export async function answerRequest(message: RequestMessage, deps: AnswerRequestDeps): Promise<AnswerRequestReport> {
  const request = await readRequest(message, deps);
  if (!request) return { outcome: 'not-subscribed' };
  if ('wrongFields' in request) {
    throw new Error(`the form would not have accepted these fields of a request: ${request.wrongFields.join(', ')}`);
  }
  const keys = await deps.keys();
  const now = deps.now();
  const subscriber = await ownerOf(request, keys.identity, (id) => deps.subscribers.statusOf(id, now));
  const name = nameOf(message, keys);
  if (Math.abs(now - message.requestedAt) >= requestLifeMs) {
    deps.warn('a request waited a day for room in the hourly budget and was dropped', { subscriber });
    return { outcome: 'too-old', subscriber };
  }
  const status = await deps.subscribers.statusOf(subscriber, now);
  // The same message, delivered once more after its link was followed, and after a bounce perhaps, asks for nothing new.
  const isAnswered = status !== 'none' && (await deps.subscribers.hasConfirmedSince(subscriber, message.requestedAt));
  if (isAnswered) return { outcome: 'answered', subscriber };
  if (status === 'moving') return putBack(message, subscriber, 'moving', deps);
  const isMark = status === 'suppressed';
  if (isMark && !(await deps.subscribers.mayComeBack(subscriber))) return { outcome: 'suppressed', subscriber };
  const kind = isMark ? 'comeback' : 'confirmation';
  const isSubscribed =
    (status === 'active' || status === 'paused') && !(await deps.subscribers.finishErasure(subscriber, now));
  const report = isSubscribed
    ? await remind(subscriber, { name, now, asker: message }, deps)
    : await askToConfirm(subscriber, request, { asked: askedIn(message), name, now, kind }, deps);
  if (report.outcome === 'put-back') return putBack(message, subscriber, 'full', deps);
  if (report.outcome !== 'crowded') return report;
  if (now - message.requestedAt < crowdedLifeMs) return putBack(message, subscriber, 'crowded', deps);
  deps.warn('a request was one of many for an hour, found no room in the hourly budget and was dropped', {
    subscriber,
  });
  return { outcome: 'crowded', subscriber };
}

const reasons = {
  crowded:
    'a request is one of many from its network or for its domain, which have had their share; it waits 15 minutes',
  full: 'the hourly budget of notices is used up, or they are halted; a request waits 15 minutes',
  moving: 'an address is being changed; a request from it waits 15 minutes',
} as const;

async function putBack(
  message: RequestMessage,
  subscriber: SubscriberId,
  why: keyof typeof reasons,
  deps: AnswerRequestDeps,
) {
  deps.warn(reasons[why], { subscriber });
  await deps.requeue(message, putBackSeconds);
  return { outcome: 'put-back', subscriber } as const;
}

function askedIn(message: RequestMessage) {
  const { requestedAt, page, origin } = message;
  return { requestedAt, page, origin, ...(message.kind === 'change-address' && { movesFrom: message.subscriber }) };
}

/** What was chosen on the form, or what the subscriber has whose address is to change; `undefined` when they have left. */
async function choicesOf(message: RequestMessage, { subscribers, catalogue }: AnswerRequestDeps) {
  if (message.kind === 'answer-request') {
    return checkChoices({ ...message, learned: message.learned?.length ?? 0 }, catalogue);
  }
  const [found] = await subscribers.load([message.subscriber]);
  if (found?.state.status !== 'active' && found?.state.status !== 'paused') return undefined;
  return { ok: true, value: found.profile } as const;
}

const learnedIn = (message: RequestMessage): readonly AskedFor[] =>
  message.kind === 'answer-request' ? (message.learned ?? []).map(unpackAsked) : [];

/** Checks a message by the form's own rules; otherwise the names of its wrong fields, without what is in them. */
async function readRequest(message: RequestMessage, deps: AnswerRequestDeps) {
  const address = parseAddress(message.address);
  const choices = await choicesOf(message, deps);
  if (!choices) return undefined;
  if (address.ok && choices.ok) {
    const profile: SubscriberProfile = { ...choices.value, address: address.address };
    // For identity and limits only; never mailed to.
    const learned = learnedIn(message);
    const topics = [...profile.topics, ...learned.map(({ choice }) => choice)];
    return { canonical: address.canonical, formerly: address.formerly, profile: { ...profile, topics }, learned };
  }
  return { wrongFields: [...(address.ok ? [] : ['address']), ...(choices.ok ? [] : Object.keys(choices.errors))] };
}

/** The mail goes to the address that is subscribed, however the typed one was spelt; nothing on the form is applied. */
async function remind(
  subscriber: SubscriberId,
  { name, now, asker }: { readonly name: string; readonly now: Instant; readonly asker: Asker },
  deps: AnswerRequestDeps,
): Promise<AnswerRequestReport> {
  const [found] = await deps.subscribers.load([subscriber]);
  if (!found) throw new Error('a subscriber was erased while their request was answered');
  const { address: to, hour, timeZone } = found.profile;
  const isPaused = found.state.status === 'paused';
  const noticeIn: Parameters<MailNotice>[2] = (frame) => ({
    kind: 'already-subscribed',
    to,
    hour,
    timeZone,
    isPaused,
    ...frame,
  });
  const mail = (useRight: UseRight) => deps.mailNotice(subscriber, now, noticeIn, useRight);
  const guard = { key: subscriber, at: now, kind: 'reminder', message: name } as const;
  const outcome = await sendOnce(guard, withinBudget(mail, now, asker, deps), deps.signups);
  return { notice: 'already-subscribed', outcome, subscriber };
}

/** Tells a request from every other to the same address, and without the key says nothing about what is in it. */
function nameOf(message: RequestMessage, { identity }: Keys): string {
  return createHmac('sha256', identity).update(JSON.stringify(message)).digest('base64url').slice(0, 16);
}
