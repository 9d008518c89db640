import type { SendNotice } from '../../shared/contract/messages.js';
import type { MailDigest } from '../../shared/delivery/digest-mailer.js';
import type { LoadEdition, LoadedEdition } from '../../shared/delivery/loaded-edition.js';
import type { SeenHashesOf } from '../../shared/delivery/seen-hashes.js';
import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import type { MailSort } from '../../shared/domain/subscriber/reputation/breaker.js';
import type { FilterTopic } from '../../shared/domain/subscriber/topic.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import type { Keys } from '../../shared/runtime/keys.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { LearnedTopicRepository } from '../../shared/storage/examples/learned-topics.js';
import type { RequestRepository } from '../../shared/storage/requests-repository.js';
import type { RunRepository } from '../../shared/storage/runs-repository.js';
import type { SignupRepository } from '../../shared/storage/signups-repository.js';
import { closedTable, type TableGate } from '../../shared/storage/subscribers/name-row.js';
import type { SubscriberMoves } from '../../shared/storage/subscribers/subscriber-moves.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type AnswerRequestReport, answerRequest } from './answer-request.js';
import { type MoveReport, moveSubscription } from './move-subscription.js';
import type { MailNotice } from './notice-mailer.js';
import { mailAddressLink, type OwnNoticeReport, sayGoodbye } from './own-notices.js';
import { type WelcomeReport, welcomeSubscriber } from './welcome-subscriber.js';

/** How long a message waits, as long as SQS can delay it, before it looks whether the admin still pauses mails of its sort. */
const pausedSeconds = 900;

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
    | 'stop'
    | 'erase'
  > &
    SubscriberMoves;
  readonly topics: Pick<LearnedTopicRepository, 'load' | 'keep' | 'drop' | 'open'>;
  /** Whether the Subscribers table is no copy that waits for its replay. */
  readonly isOwnTable: TableGate;
  readonly runs: Pick<RunRepository, 'adoptWelcome' | 'batchesOfSlot' | 'plannedSlots'>;
  readonly signups: Pick<SignupRepository, 'takeNotice' | 'useRight' | 'giveBack' | 'allowOwn'>;
  readonly requests: Pick<RequestRepository, 'crowdOf' | 'takeFromBudget'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly keys: () => Promise<Keys>;
  readonly catalogue: readonly FilterTopic[];
  readonly quota: () => Promise<SendQuota>;
  readonly loadEdition: LoadEdition;
  /** The newest edition that still counts now, sealed. */
  readonly newestEdition: (now: Instant) => Promise<LoadedEdition | undefined>;
  readonly seenHashes: SeenHashesOf;
  readonly mailDigest: MailDigest;
  readonly mailNotice: MailNotice;
  /** 0–23, UTC. */
  readonly publishHour: number;
  readonly tally: TrafficTally;
  /** Whether notices that strangers can cause may be sent, as far as bounces and complaints go. */
  readonly mayAskStrangers: SendingGate;
  /** Whether the admin has paused any of these sorts of mails. */
  readonly isPaused: (sorts: readonly MailSort[]) => Promise<boolean>;
  /** Told of every message: 1 when it waits because the admin has paused its sort of mails, else 0. */
  readonly countPaused: (count: 0 | 1) => void;
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
export type SendNoticeReport = Pick<SendNotice, 'kind'> &
  (AnswerRequestReport | WelcomeReport | OwnNoticeReport | MoveReport | PutBackReport);

/** The message was put back: the admin has paused its sort of mails, or the Subscribers table waits for its replay. */
interface PutBackReport {
  readonly outcome: 'paused' | 'restored-table';
}

/** Sends one mail that is no digest, at most once however often the message is delivered. */
export function sendNotice(message: SendNotice, deps: SendNoticeDeps): Promise<SendNoticeReport> {
  return handle(message, deps).finally(deps.tally.flush);
}

async function handle(message: SendNotice, deps: SendNoticeDeps): Promise<SendNoticeReport> {
  if (!(await deps.isOwnTable())) {
    deps.warn(closedTable, { kind: message.kind });
    await deps.requeue(message, inHandSeconds);
    return { kind: message.kind, outcome: 'restored-table' };
  }
  // A welcome may bring a digest along.
  const isPaused = await deps.isPaused(message.kind === 'welcome' ? ['notices', 'digests'] : ['notices']);
  deps.countPaused(isPaused ? 1 : 0);
  if (isPaused) {
    await deps.requeue(message, pausedSeconds);
    return { kind: message.kind, outcome: 'paused' };
  }
  const report = await answer(message, deps);
  if (report.outcome !== 'in-hand') return report;
  // The delivery that has the right may have died: then this message takes it, when it comes again.
  await deps.requeue(message, inHandSeconds);
  return { ...report, outcome: 'too-soon' };
}

async function answer(message: SendNotice, deps: SendNoticeDeps): Promise<SendNoticeReport> {
  const { kind } = message;
  switch (kind) {
    case 'answer-request':
    case 'change-address':
      return { kind, ...(await answerRequest(message, deps)) };
    case 'address-link':
      return { kind, ...(await mailAddressLink(message, deps)) };
    case 'move-subscription':
      return { kind, ...(await moveSubscription(message, deps)) };
    case 'welcome':
      return { kind, ...(await welcomeSubscriber(message, deps)) };
    case 'goodbye':
      return { kind, ...(await sayGoodbye(message, deps)) };
  }
}
