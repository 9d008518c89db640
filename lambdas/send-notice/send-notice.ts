import type { SendNotice } from '../../shared/contract/messages.js';
import type { MailDigest } from '../../shared/delivery/digest-mailer.js';
import type { LoadEdition, LoadedEdition } from '../../shared/delivery/loaded-edition.js';
import type { SeenHashesOf } from '../../shared/delivery/seen-hashes.js';
import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import type { CalendarDate, Instant } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { Topic } from '../../shared/domain/subscriber/topic.js';
import { undoDays } from '../../shared/mail/send/installation.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import type { Keys } from '../../shared/runtime/keys.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { RunRepository } from '../../shared/storage/runs-repository.js';
import type { SignupRepository } from '../../shared/storage/signups-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type AnswerRequestReport, answerRequest } from './answer-request.js';
import { type MailNotice, type SentOnce, sendOnce, type UseRight } from './notice-mailer.js';
import { type WelcomeReport, welcomeSubscriber } from './welcome-subscriber.js';

/** Longer than a right stays in the hand of one that died. */
const inHandSeconds = 900;

export interface SendNoticeDeps {
  readonly subscribers: Pick<
    SubscriberRepository,
    | 'statusOf'
    | 'mayComeBack'
    | 'hasConfirmedSince'
    | 'finishErasure'
    | 'load'
    | 'request'
    | 'claim'
    | 'reclaim'
    | 'markUnsent'
    | 'record'
  >;
  readonly runs: Pick<RunRepository, 'adoptWelcome'>;
  readonly signups: Pick<SignupRepository, 'takeNotice' | 'useRight' | 'giveBack' | 'takeFromBudget' | 'allowOwn'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly keys: () => Promise<Keys>;
  readonly catalogue: readonly Topic[];
  readonly quota: () => Promise<SendQuota>;
  readonly loadEdition: LoadEdition;
  /** The newest edition that still counts today. */
  readonly newestEdition: (today: CalendarDate) => Promise<LoadedEdition | undefined>;
  readonly seenHashes: SeenHashesOf;
  readonly mailDigest: MailDigest;
  readonly mailNotice: MailNotice;
  /** 0–23, UTC. */
  readonly publishHour: number;
  readonly tally: TrafficTally;
  /** Whether notices that strangers can cause may be sent, as far as bounces and complaints go. */
  readonly mayAskStrangers: SendingGate;
  readonly requeue: (message: SendNotice, delaySeconds: number) => Promise<void>;
  /** 32 new random bytes, base64url. */
  readonly random: () => string;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Told of a subscriber whose own filters cannot all be read any more: how many cannot. */
  readonly countUnreadable: (filters: number) => void;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/** What became of one message, with nothing about the person behind it. */
export type SendNoticeReport = Pick<SendNotice, 'kind'> & (AnswerRequestReport | WelcomeReport | GoodbyeReport);

/** Sends one mail that is no digest, at most once however often the message is delivered. */
export function sendNotice(message: SendNotice, deps: SendNoticeDeps): Promise<SendNoticeReport> {
  return handle(message, deps).finally(deps.tally.flush);
}

async function handle(message: SendNotice, deps: SendNoticeDeps): Promise<SendNoticeReport> {
  const report = await answer(message, deps);
  if (report.outcome !== 'in-hand') return report;
  // The delivery that has the right may have died: then this message takes it, when it comes again.
  await deps.requeue(message, inHandSeconds);
  return { ...report, outcome: 'too-soon' };
}

async function answer(message: SendNotice, deps: SendNoticeDeps): Promise<SendNoticeReport> {
  const { kind } = message;
  if (kind === 'answer-request') return { kind, ...(await answerRequest(message, deps)) };
  return kind === 'welcome'
    ? { kind, ...(await welcomeSubscriber(message, deps)) }
    : { kind, ...(await sayGoodbye(message, deps)) };
}

interface GoodbyeReport {
  readonly outcome: SentOnce | 'not-unsubscribed';
  readonly subscriber: SubscriberId;
}

/**
 * Tells someone who unsubscribed on the page that no more mail comes; nothing goes to those suppressed, erased or back
 * again.
 */
async function sayGoodbye(
  { subscriber: id }: { readonly subscriber: SubscriberId },
  deps: SendNoticeDeps,
): Promise<GoodbyeReport> {
  const [subscriber] = await deps.subscribers.load([id]);
  if (subscriber?.state.status !== 'unsubscribed') return { outcome: 'not-unsubscribed', subscriber: id };
  const now = deps.now();
  const to = subscriber.profile.address;
  const mail = (useRight: UseRight) => {
    const noticeIn: Parameters<MailNotice>[2] = ({ sender, postalAddress, undoUrl, eraseUrl }) => ({
      kind: 'goodbye',
      to,
      undoUrl,
      eraseUrl,
      undoDays,
      sender,
      postalAddress,
    });
    return deps.mailNotice(id, now, noticeIn, useRight);
  };
  const guard = { key: id, at: now, kind: 'goodbye', message: 'goodbye' } as const;
  return { outcome: await sendOnce(guard, mail, deps.signups), subscriber: id };
}
