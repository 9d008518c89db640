import { createHmac } from 'node:crypto';
import type { SendNotice } from '../../shared/contract/messages.js';
import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import { dayMs, hourMs, type Instant } from '../../shared/domain/calendar-date.js';
import { parseAddress } from '../../shared/domain/subscriber/mail-address.js';
import type { SubscriberId, SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import { checkChoices } from '../../shared/domain/subscriber/subscription-form.js';
import type { Topic } from '../../shared/domain/subscriber/topic.js';
import type { AskedChoices } from '../../shared/mail/notice/notice.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import type { Keys } from '../../shared/runtime/keys.js';
import { confirmationHash } from '../../shared/runtime/tokens.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { SignupRepository } from '../../shared/storage/signups-repository.js';
import { subscriberIdOf } from '../../shared/storage/subscribers/subscriber-rows.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type MailNotice, type NoticeRights, type SentOnce, sendOnce, type UseRight } from './notice-mailer.js';

/** How long a confirmation link opens. */
const confirmationLifeMs = 48 * hourMs;

/**
 * How long a request waits for room in the hourly budget, and how long until it asks again: as long as SQS can delay
 * it.
 */
const requestLifeMs = dayMs;
const putBackSeconds = 900;

/** Share of a day's sending quota that strangers may use up through the form. */
const strangersShare = 0.25;

/** The message behind a request on the form. */
type RequestMessage = Extract<SendNotice, { kind: 'answer-request' }>;

interface AnswerRequestDeps {
  readonly subscribers: Pick<
    SubscriberRepository,
    'statusOf' | 'mayComeBack' | 'hasConfirmedSince' | 'load' | 'request' | 'finishErasure'
  >;
  readonly signups: NoticeRights & Pick<SignupRepository, 'takeFromBudget' | 'allowOwn'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly keys: () => Promise<Keys>;
  readonly catalogue: readonly Topic[];
  readonly quota: () => Promise<SendQuota>;
  readonly mailNotice: MailNotice;
  readonly mayAskStrangers: SendingGate;
  readonly tally: Pick<TrafficTally, 'note'>;
  readonly requeue: (message: RequestMessage, delaySeconds: number) => Promise<void>;
  /** 32 new random bytes, base64url. */
  readonly random: () => string;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

export interface AnswerRequestReport {
  readonly notice?: 'confirmation' | 'already-subscribed';
  readonly outcome: SentOnce | 'not-new' | 'answered' | 'suppressed' | 'put-back' | 'too-old';
  readonly subscriber?: SubscriberId;
}

/**
 * Answers a request for mail to an address: with a confirmation mail, or if it is subscribed already, with a notice
 * that nothing has changed. The right to write to this address comes first, so that whoever repeats one address takes
 * nothing from the others' hourly budget; then that budget, the journal, the pending state, the mail. After a crash before
 * the mail is offered the same message goes on with its right; a request for which there is no room gives its right back
 * and waits in the queue. An address that bounced stays suppressed until its confirmation; one that complained is never
 * written to. Throws on a message that the form itself would have refused: two parts of us disagree, and the queue keeps it
 * until somebody has looked.
 */
export async function answerRequest(message: RequestMessage, deps: AnswerRequestDeps): Promise<AnswerRequestReport> {
  const request = readRequest(message, deps.catalogue);
  if ('wrongFields' in request) {
    throw new Error(`the form would not have accepted these fields of a request: ${request.wrongFields.join(', ')}`);
  }
  const keys = await deps.keys();
  const subscriber = subscriberIdOf(request.canonical, keys.identity);
  const name = nameOf(message, keys);
  const now = deps.now();
  if (Math.abs(now - message.requestedAt) >= requestLifeMs) {
    deps.warn('a request waited a day for room in the hourly budget and was dropped', { subscriber });
    return { outcome: 'too-old', subscriber };
  }
  const status = await deps.subscribers.statusOf(subscriber, now);
  // The same message, delivered once more after its link was followed, and after a bounce perhaps, asks for nothing new.
  const isAnswered = status !== 'none' && (await deps.subscribers.hasConfirmedSince(subscriber, message.requestedAt));
  if (isAnswered) return { outcome: 'answered', subscriber };
  const isMark = status === 'suppressed';
  if (isMark && !(await deps.subscribers.mayComeBack(subscriber))) return { outcome: 'suppressed', subscriber };
  const kind = isMark ? 'comeback' : 'confirmation';
  const isSubscribed =
    (status === 'active' || status === 'paused') && !(await deps.subscribers.finishErasure(subscriber, now));
  const report = isSubscribed
    ? await remind(subscriber, { name, now }, deps)
    : await askToConfirm(subscriber, request.profile, { message, name, now, kind }, deps);
  if (report.outcome === 'put-back') {
    deps.warn('the hourly budget of notices is used up, or they are halted; a request waits 15 minutes', {
      subscriber,
    });
    await deps.requeue(message, putBackSeconds);
  }
  return report;
}

/** Checks a message by the form's own rules; otherwise the names of its wrong fields, without what is in them. */
function readRequest(message: RequestMessage, catalogue: readonly Topic[]) {
  const address = parseAddress(message.address);
  const choices = checkChoices(message, catalogue);
  if (address.ok && choices.ok) {
    const profile: SubscriberProfile = { ...choices.value, address: address.address };
    // For identity and limits only; never mailed to.
    return { canonical: address.canonical, profile };
  }
  return { wrongFields: [...(address.ok ? [] : ['address']), ...(choices.ok ? [] : Object.keys(choices.errors))] };
}

/** How many notices all requests of one hour together may cause; none while the account can send nothing anyway. */
function noticesPerHour({ per24Hours, sentLast24Hours }: SendQuota): number {
  if (sentLast24Hours >= per24Hours) return 0;
  // An account without a limit has an infinite quota, but what is compared in a table must be finite.
  return Math.min(Math.max(1, Math.floor((per24Hours * strangersShare) / 24)), Number.MAX_SAFE_INTEGER);
}

/** Mails only if there is room in the hourly budget. */
function withinBudget<Answer>(
  mail: (useRight: UseRight) => Promise<Answer>,
  now: Instant,
  { signups, quota, mayAskStrangers, tally }: AnswerRequestDeps,
) {
  return async (useRight: UseRight): Promise<Answer | 'put-back'> => {
    if (!(await mayAskStrangers())) return 'put-back';
    if (!(await signups.takeFromBudget(now, noticesPerHour(await quota())))) return 'put-back';
    const result = await mail(useRight);
    if (result === 'mailed') tally.note(now, 'noticesAccepted');
    return result;
  };
}

/** The mail goes to the address that is subscribed, however the typed one was spelt; nothing on the form is applied. */
async function remind(
  subscriber: SubscriberId,
  { name, now }: Pick<AskedNow, 'name' | 'now'>,
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
  const outcome = await sendOnce(guard, withinBudget(mail, now, deps), deps.signups);
  return { notice: 'already-subscribed', outcome, subscriber };
}

/** Tells a request from every other to the same address, and without the key says nothing about what is in it. */
function nameOf(message: RequestMessage, { identity }: Keys): string {
  return createHmac('sha256', identity).update(JSON.stringify(message)).digest('base64url').slice(0, 16);
}

interface AskedNow {
  readonly message: RequestMessage;
  readonly name: string;
  readonly now: Instant;
  readonly kind: 'confirmation' | 'comeback';
}

/** What a request chose of ours; of its own filters, which somebody typed, only how many. */
function askedChoices({ topics, hour }: SubscriberProfile, catalogue: readonly Topic[]): AskedChoices {
  const ids = new Set(topics.flatMap((topic) => ('catalogueId' in topic ? [topic.catalogueId] : [])));
  const names = catalogue.filter(({ id }) => ids.has(id)).map(({ name }) => name);
  return { topics: names, ownFilters: topics.length - ids.size, hour };
}

async function askToConfirm(
  subscriber: SubscriberId,
  profile: SubscriberProfile,
  { message, name, now, kind }: AskedNow,
  deps: AnswerRequestDeps,
): Promise<AnswerRequestReport> {
  const { requestedAt, page } = message;
  const mail = async (useRight: UseRight) => {
    const random = deps.random();
    const tokenHash = confirmationHash(random);
    const confirmation = { tokenHash, expiresAt: now + confirmationLifeMs };
    await deps.consents.append({ subscriber, event: 'requested', at: requestedAt, cause: 'form', page });
    const requested = await deps.subscribers.request(subscriber, profile, confirmation, now);
    if (requested === 'not-new') return requested;
    // Now, while no link is out that could confirm: later, a welcome delivered twice could be sent twice.
    await deps.signups.allowOwn(subscriber);
    const noticeIn: Parameters<MailNotice>[2] = ({ pagesUrl, ...frame }) => ({
      kind: 'confirmation',
      to: profile.address,
      confirmUrl: `${pagesUrl}/confirm?token=${subscriber}.${random}`,
      ...askedChoices(profile, deps.catalogue),
      ...frame,
    });
    return deps.mailNotice(subscriber, now, noticeIn, useRight);
  };
  const guard = { key: subscriber, at: now, kind, message: name };
  const outcome = await sendOnce(guard, withinBudget(mail, now, deps), deps.signups);
  if (kind === 'comeback' && (outcome === 'too-soon' || outcome === 'too-many'))
    return { outcome: 'suppressed', subscriber };
  return { notice: 'confirmation', outcome, subscriber };
}
