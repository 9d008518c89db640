import {
  type ClaimedResult,
  type DeliverClaimedDeps,
  deliverAgain,
  deliverFirst,
} from '../../shared/delivery/deliver-claimed.js';
import type { MailDigest } from '../../shared/delivery/digest-mailer.js';
import type { LoadEdition, LoadedEdition } from '../../shared/delivery/loaded-edition.js';
import { chooseFor } from '../../shared/delivery/mail-content.js';
import type { CalendarDate, Instant } from '../../shared/domain/calendar-date.js';
import type { ChosenPapers } from '../../shared/domain/edition/choose-papers.js';
import { welcomeBatch } from '../../shared/domain/subscriber/delivery.js';
import { nextDue } from '../../shared/domain/subscriber/slot.js';
import type { Claim, Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { comingTimeInWords } from '../../shared/domain/text/time-in-words.js';
import { editionUrl } from '../../shared/mail/send/installation.js';
import type { RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import {
  type MailNotice,
  type NoticeResult,
  type NoticeRights,
  type SentOnce,
  sendOnce,
  type UseRight,
} from './notice-mailer.js';

/** The pages ask for the welcome just before they confirm: how long it waits for that, one pause after the other. */
const confirmationPausesMs = [500, 1000, 2000];

interface WelcomeSubscriberDeps extends DeliverClaimedDeps {
  readonly subscribers: DeliverClaimedDeps['subscribers'] & Pick<SubscriberRepository, 'load'>;
  readonly runs: Pick<RunRepository, 'adoptWelcome'>;
  readonly signups: NoticeRights;
  readonly loadEdition: LoadEdition;
  /** The newest edition that still counts now, sealed. */
  readonly newestEdition: (now: Instant) => Promise<LoadedEdition | undefined>;
  readonly mailNotice: MailNotice;
  /** 0–23, UTC. */
  readonly publishHour: number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

export interface WelcomeReport {
  readonly outcome: SentOnce | 'not-active';
  readonly subscriber: SubscriberId;
  /** The edition whose digest came with it. */
  readonly edition?: CalendarDate;
}

/**
 * Welcomes a new subscriber, once: with the newest edition's digest if something matches and the day's run has not
 * taken it, claimed, sent and recorded like every digest; otherwise with a notice of when the first one comes. A digest
 * that was not sent, or is in doubt, is left to the day's run like every other; one that was certainly not sent is resumed
 * by the message too, when that comes again first. Throws while the subscription still waits for its confirmation, so that
 * the message comes again.
 */
export async function welcomeSubscriber(
  { subscriber: id }: { readonly subscriber: SubscriberId },
  deps: WelcomeSubscriberDeps,
): Promise<WelcomeReport> {
  const subscriber = await confirmedSubscriber(id, deps);
  if (subscriber?.state.status !== 'active') return { outcome: 'not-active', subscriber: id };
  const { claim } = subscriber.state;
  return claim?.batch === welcomeBatch ? goOn(subscriber, claim, deps) : welcomeOnce(subscriber, deps);
}

/** Goes on with a digest that an earlier delivery of the message claimed. */
async function goOn(subscriber: Subscriber, claim: Claim, deps: WelcomeSubscriberDeps): Promise<WelcomeReport> {
  await adopt(subscriber, claim.edition, deps);
  if (!claim.isUnsent) return { outcome: 'too-soon', subscriber: subscriber.id };
  const edition = await deps.loadEdition(claim.edition);
  const result = await deliverAgain(subscriber, claim, claim.attempt, edition, deps);
  return reportOf(result, subscriber.id, claim.edition);
}

/** Gives an open digest to the run: whoever confirmed after their slot was planned is in no other batch of it. */
function adopt({ id, state }: Subscriber, edition: CalendarDate, { runs, now }: WelcomeSubscriberDeps): Promise<void> {
  return runs.adoptWelcome(edition, state.slot, id, now());
}

async function confirmedSubscriber(id: SubscriberId, deps: WelcomeSubscriberDeps): Promise<Subscriber | undefined> {
  const isWaiting = (found: Subscriber | undefined) => deps.now() < (found?.state.confirmation?.expiresAt ?? 0);
  let [found] = await deps.subscribers.load([id]);
  for (const pauseMs of confirmationPausesMs) {
    if (!isWaiting(found)) break;
    await deps.sleep(pauseMs);
    [found] = await deps.subscribers.load([id]);
  }
  if (isWaiting(found)) throw new Error('a welcome waits for the confirmation');
  return found;
}

async function welcomeOnce(subscriber: Subscriber, deps: WelcomeSubscriberDeps): Promise<WelcomeReport> {
  const { id } = subscriber;
  const now = deps.now();
  const edition = await deps.newestEdition(now);
  const chosen = edition ? await chooseFor(subscriber, { edition, batch: welcomeBatch }, deps) : undefined;
  const mail = async (useRight: UseRight) => {
    const hasPapers = edition && chosen && chosen.papers.length > 0;
    const first = hasPapers ? await mailFirst(subscriber, chosen, edition, { ...deps, useRight }) : undefined;
    return first ?? welcomePlainly(subscriber, now, edition, { ...deps, useRight });
  };
  const guard = { key: id, at: now, kind: 'welcome', message: 'welcome' } as const;
  const sent = await sendOnce(guard, mail, deps.signups);
  if (typeof sent === 'string') return { outcome: sent, subscriber: id };
  if (sent.kind === 'failed') throw sent.error;
  const isEnded = ['mailed', 'ended', 'not-active', 'already-claimed'].includes(sent.result);
  if (!isEnded) await adopt(subscriber, sent.edition, deps);
  return reportOf(sent.result, id, sent.edition);
}

/**
 * How a first digest ended. Either way the right to welcome is used up: a throw once the digest was offered must not
 * give it back.
 */
type FirstDigest =
  | { readonly kind: 'delivered'; readonly result: ClaimedResult; readonly edition: CalendarDate }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Sends the first digest; `undefined` when the day's run has claimed the edition already. Throws only before it was
 * offered.
 */
async function mailFirst(
  subscriber: Subscriber,
  chosen: ChosenPapers,
  edition: LoadedEdition,
  deps: WelcomeSubscriberDeps & { readonly useRight: UseRight },
): Promise<FirstDigest | undefined> {
  let isOffered = false;
  const mailDigest: MailDigest = async (digest) => {
    if (!(await deps.useRight())) return { kind: 'paused', reason: 'another delivery has the right to welcome' };
    isOffered = true;
    return deps.mailDigest(digest);
  };
  try {
    const result = await deliverFirst(subscriber, chosen, { edition, batch: welcomeBatch }, { ...deps, mailDigest });
    if (result === 'already-claimed' && !(await isWelcomes(subscriber.id, edition.date, deps))) return undefined;
    return { kind: 'delivered', result, edition: edition.date };
  } catch (error) {
    if (!isOffered) throw error;
    return { kind: 'failed', error };
  }
}

/**
 * Whether the claim in the way is a welcome's own, whose reply was lost, or another delivery's: it is given to the run, for
 * nobody else brings it to an end.
 */
async function isWelcomes(id: SubscriberId, edition: CalendarDate, deps: WelcomeSubscriberDeps): Promise<boolean> {
  const [subscriber] = await deps.subscribers.load([id]);
  const { claim } = subscriber?.state ?? {};
  if (!subscriber || claim?.batch !== welcomeBatch || claim.edition !== edition) return false;
  await adopt(subscriber, edition, deps);
  return true;
}

function welcomePlainly(
  { id, state, profile: { address, timeZone, quietDays } }: Subscriber,
  at: number,
  edition: LoadedEdition | undefined,
  { mailNotice, useRight, publishHour }: WelcomeSubscriberDeps & { readonly useRight: UseRight },
): Promise<NoticeResult> {
  const next = comingTimeInWords(nextDue(state.slot, at, publishHour, edition?.date), at, timeZone);
  const noticeIn: Parameters<MailNotice>[2] = (frame) => ({
    kind: 'welcome',
    to: address,
    next,
    ...(quietDays && { quietDays }),
    editionUrl: edition ? editionUrl(frame, edition.date) : `${frame.pagesUrl}/`,
    ...frame,
  });
  return mailNotice(id, at, noticeIn, useRight);
}

/** Throws when the digest was not sent for now: its claim, which says so, is what the next delivery resumes. */
function reportOf(result: ClaimedResult, subscriber: SubscriberId, edition: CalendarDate): WelcomeReport {
  switch (result) {
    case 'mailed':
    case 'in-doubt':
      return { outcome: result, subscriber, edition };
    case 'ended':
      return { outcome: 'rejected', subscriber, edition };
    case 'not-active':
      return { outcome: 'not-active', subscriber };
    case 'already-claimed':
      return { outcome: 'too-soon', subscriber };
    case 'broken':
      throw new Error('a welcome could not be composed and was not sent');
    default:
      throw new Error(`SES takes no mail for now (${result}): a welcome was not sent`);
  }
}
