import { type CalendarDate, dateOf } from '../../shared/domain/calendar-date.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber.js';
import {
  type ClaimedResult,
  chooseFor,
  type DeliverClaimedDeps,
  deliverAgain,
  deliverFirst,
} from '../../shared/mail/deliver-claimed.js';
import { editionUrl } from '../../shared/mail/installation.js';
import type { LoadEdition, LoadedEdition } from '../../shared/mail/loaded-edition.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers-repository.js';
import type { MailNotice, NoticeResult } from './notice-mailer.js';
import { type NoticeRights, ownGuard, type SentOnce, sendOnce } from './send-once.js';

/** Stands for a batch in the claims of welcomes: the day's run sees that the edition is taken, and counts it elsewhere. */
const welcomeBatch = 'welcome';

export interface WelcomeSubscriberDeps extends DeliverClaimedDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load' | 'claim' | 'reclaim' | 'markUnsent' | 'record'>;
  readonly signups: NoticeRights;
  readonly loadEdition: LoadEdition;
  /** The newest edition that still counts today. */
  readonly newestEdition: (today: CalendarDate) => Promise<LoadedEdition | undefined>;
  readonly mailNotice: MailNotice;
}

export interface WelcomeReport {
  readonly outcome: SentOnce | 'not-active';
  readonly subscriber: SubscriberId;
  /** The edition whose digest came along. */
  readonly edition?: CalendarDate;
}

/**
 * Welcomes a new subscriber, once: with the newest edition's digest where something matches and the day's run has not
 * taken it, claimed, sent and recorded as every digest; else with a word of when the first one comes. A claim that SES
 * did not take is resumed when the message comes again; one that nobody resumes the day's run takes over.
 */
export async function welcomeSubscriber(
  { subscriber: id }: { readonly subscriber: SubscriberId },
  deps: WelcomeSubscriberDeps,
): Promise<WelcomeReport> {
  const [subscriber] = await deps.subscribers.load([id]);
  if (subscriber?.state.status !== 'active') return { outcome: 'not-active', subscriber: id };
  const { claim } = subscriber.state;
  if (claim?.batch === welcomeBatch && claim.isUnsent) {
    const edition = await deps.loadEdition(claim.edition);
    const result = await deliverAgain(subscriber, claim, claim.attempt, edition, deps);
    return reportOf(result, id, claim.edition);
  }
  return welcomeOnce(subscriber, deps);
}

async function welcomeOnce(subscriber: Subscriber, deps: WelcomeSubscriberDeps): Promise<WelcomeReport> {
  const { id } = subscriber;
  const now = deps.now();
  const edition = await deps.newestEdition(dateOf(now));
  const chosen = edition ? chooseFor(subscriber, edition, deps) : [];
  const mail = async () => {
    if (edition && chosen.length > 0) {
      const result = await deliverFirst(subscriber, chosen, { edition, batch: welcomeBatch }, deps);
      if (result !== 'already-claimed') return reportOf(result, id, edition.date);
    }
    return welcomePlainly(subscriber, now, edition, deps);
  };
  const sent = await sendOnce(ownGuard('welcome', id, now), mail, deps.signups);
  return typeof sent === 'string' ? { outcome: sent, subscriber: id } : sent;
}

function welcomePlainly(
  { id, profile: { address, hour, timeZone } }: Subscriber,
  at: number,
  edition: LoadedEdition | undefined,
  { mailNotice }: WelcomeSubscriberDeps,
): Promise<NoticeResult> {
  return mailNotice(id, at, (frame) => ({
    kind: 'welcome',
    to: address,
    hour,
    timeZone,
    editionUrl: edition ? editionUrl(frame, edition.date) : `${frame.pagesUrl}/`,
    ...frame,
  }));
}

/** Throws when the digest was not sent for now: its claim, which says so, is what the next delivery resumes. */
function reportOf(result: ClaimedResult, subscriber: SubscriberId, edition: CalendarDate): WelcomeReport {
  switch (result) {
    case 'mailed':
      return { outcome: 'mailed', subscriber, edition };
    case 'ended':
      return { outcome: 'rejected', subscriber, edition };
    case 'not-active':
      return { outcome: 'not-active', subscriber };
    case 'already-claimed':
      return { outcome: 'too-soon', subscriber };
    default:
      throw new Error(`SES takes no mail for now (${result}): a welcome was not sent`);
  }
}
