import type { MailEvent } from '../../shared/contract/events.js';
import { calendarDate, subscriberId } from '../../shared/contract/ids.js';
import { mailTags } from '../../shared/contract/mail-tags.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { outcomeOnceSent } from '../../shared/domain/subscriber/delivery.js';
import { nextStatus, standingOf } from '../../shared/domain/subscriber/lifecycle.js';
import { kindOfBounce, softBouncePolicy } from '../../shared/domain/subscriber/reputation/bounce.js';
import type { Subscriber, SubscriberId, SubscriberState } from '../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

/** What a Send event, which each mail has, needs to know of its subscriber. */
type SendState = Pick<SubscriberState, 'claim' | 'softBounces' | 'outcomes' | 'seen'>;

export interface RecordMailEventsDeps {
  readonly subscribers: Pick<
    SubscriberRepository,
    'load' | 'states' | 'record' | 'amend' | 'stop' | 'markComplaint' | 'pause' | 'noteSoftBounce' | 'noteSent'
  >;
  readonly tally: Pick<TrafficTally, 'note'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly now: () => Instant;
}

export interface MailEventReport {
  readonly event: string;
  readonly outcome:
    | 'settled'
    | 'suppressed'
    | 'paused'
    | 'soft-bounce'
    | 'rejected'
    | 'nothing-open'
    | 'not-ours'
    | 'unknown-subscriber';
}

/**
 * Records what SES reports about one mail: any event of a sent mail settles its open claim, a hard bounce or a
 * complaint suppresses the subscriber, soft bounces in a row pause and then suppress, a rejection turns `sent` into
 * `failed`. Recording an event twice changes nothing. A complaint leaves its mark even where nothing is kept of the
 * subscriber any more.
 */
export async function recordMailEvent(event: MailEvent, deps: RecordMailEventsDeps): Promise<MailEventReport> {
  const id = subscriberId.safeParse(tagOf(event, 'subscriber')).data;
  const outcome = id === undefined ? 'not-ours' : await recordFor(id, event, deps);
  // Only now: an event that fails comes again, and would be counted twice.
  noteTraffic(event, id !== undefined, deps);
  return { event: event.eventType, outcome };
}

/** Writes what was counted; if that fails, all events of the invocation come again, and are counted then. */
export async function countTraffic({
  flush,
  forgetEvents,
}: Pick<TrafficTally, 'flush' | 'forgetEvents'>): Promise<void> {
  try {
    await flush();
  } catch (error) {
    forgetEvents();
    throw error;
  }
}

async function recordFor(
  id: SubscriberId,
  event: MailEvent,
  deps: RecordMailEventsDeps,
): Promise<MailEventReport['outcome']> {
  if (event.eventType === 'Send') return recordSending(id, event, deps);
  const reaction = reactionTo(event);
  const [subscriber] = await deps.subscribers.load([id]);
  if (!subscriber) {
    if (reaction !== 'complaint') return 'unknown-subscriber';
    await markComplaint(id, event, deps);
    return 'suppressed';
  }
  const edition = editionOf(event);
  const settled = await settleClaim(subscriber, event, deps);
  if (event.eventType === 'Reject') {
    if (edition) await deps.subscribers.amend(id, edition, 'failed', Date.parse(event.mail.timestamp));
    return 'rejected';
  }
  if (reaction === 'none') return settled ? 'settled' : 'nothing-open';
  if (reaction === 'count') return countSoftBounce(subscriber, event, deps);
  await suppress(subscriber, reaction, event, deps);
  return 'suppressed';
}

/** Each mail has such an event, and nearly all find nothing to do: its outcome is recorded by whoever sent it. */
async function recordSending(
  id: SubscriberId,
  event: MailEvent,
  deps: RecordMailEventsDeps,
): Promise<MailEventReport['outcome']> {
  const state = (await deps.subscribers.states([id]))(id);
  if (!state) return 'unknown-subscriber';
  const settled = await settleClaim({ id, state }, event, deps);
  if (state.softBounces) await deps.subscribers.noteSent(id, Date.parse(event.mail.timestamp));
  return settled ? 'settled' : 'nothing-open';
}

const editionOf = (event: MailEvent) => calendarDate.safeParse(tagOf(event, 'edition')).data;

/** When SES heard of a bounce or a complaint; for want of that, when the mail was sent. */
function happenedAt({ mail, bounce, complaint }: MailEvent): Instant {
  const at = Date.parse(complaint?.timestamp ?? bounce?.timestamp ?? '');
  return Number.isNaN(at) ? Date.parse(mail.timestamp) : at;
}

const tagOf = ({ mail }: MailEvent, tag: keyof typeof mailTags) => mail.tags?.[mailTags[tag]]?.[0];

/** Counts Send events of digests and probes by the minute of the claim: that of SES's own clock may be another. */
function noteTraffic(event: MailEvent, isOurs: boolean, { tally }: RecordMailEventsDeps): void {
  if (event.eventType !== 'Send') return;
  const claimed = Number(tagOf(event, 'claimed'));
  const at = claimed > 0 ? claimed : Date.parse(event.mail.timestamp);
  if (tagOf(event, 'probe') !== undefined) tally.note(at, 'probesSeen');
  else if (isOurs && isDigest(event)) tally.note(at, 'seen');
}

/**
 * Whether an event says that the owner wants no mail, that the address accepts none, or that this mail did not arrive.
 */
function reactionTo({ eventType, complaint, bounce }: MailEvent): 'complaint' | 'bounce' | 'count' | 'none' {
  if (eventType === 'Complaint') {
    // RFC 6430: the reader took the mail out of the spam folder.
    const isPraise = complaint?.complaintFeedbackType?.toLowerCase() === 'not-spam' && !complaint.complaintSubType;
    return isPraise ? 'none' : 'complaint';
  }
  if (eventType !== 'Bounce' || !bounce) return 'none';
  const kind = kindOfBounce(bounce);
  if (kind === 'hard') return 'bounce';
  return kind === 'soft' ? 'count' : 'none';
}

async function countSoftBounce(
  subscriber: Subscriber,
  event: MailEvent,
  deps: RecordMailEventsDeps,
): Promise<'soft-bounce' | 'paused' | 'suppressed'> {
  const { id, state } = subscriber;
  const { pauseFrom, pauseMs, suppressFrom } = softBouncePolicy;
  const count = await deps.subscribers.noteSoftBounce(id, Date.parse(event.mail.timestamp));
  if (count >= suppressFrom) {
    await suppress(subscriber, 'soft bounces', event, deps);
    return 'suppressed';
  }
  if (count < pauseFrom || nextStatus(state.status, 'paused') === undefined) return 'soft-bounce';
  const now = deps.now();
  const until = now + pauseMs;
  await deps.consents.append({ subscriber: id, event: 'paused', at: happenedAt(event), cause: 'soft bounces', until });
  await deps.subscribers.pause(id, until, now);
  return 'paused';
}

/** Journals the suppression before it is done: a crash in between leaves one entry too many rather than one too few. */
async function suppress(
  { id, state }: Subscriber,
  cause: 'complaint' | 'bounce' | 'soft bounces',
  event: MailEvent,
  deps: RecordMailEventsDeps,
): Promise<void> {
  const to = cause === 'complaint' ? 'suppressed' : 'bounced';
  const from = standingOf(state);
  if (from === to || nextStatus(from, to) === undefined) return;
  if (cause === 'complaint') return markComplaint(id, event, deps);
  await deps.consents.append({ subscriber: id, event: 'suppressed', at: happenedAt(event), cause });
  const result = await deps.subscribers.stop(id, to, deps.now(), Date.parse(event.mail.timestamp));
  // Once for each address, however often it is told: so a repeated event halts nobody's mail.
  if (result === 'stopped') deps.tally.note(deps.now(), isDigest(event) ? 'bounced' : 'noticesBounced');
}

async function markComplaint(id: SubscriberId, event: MailEvent, deps: RecordMailEventsDeps): Promise<void> {
  await deps.consents.append({ subscriber: id, event: 'suppressed', at: happenedAt(event), cause: 'complaint' });
  const result = await deps.subscribers.markComplaint(id, deps.now());
  if (result === 'stopped') deps.tally.note(deps.now(), isDigest(event) ? 'complained' : 'noticesComplained');
}

const isDigest = (event: MailEvent) => tagOf(event, 'edition') !== undefined;

/**
 * Any event of a mail shows that SES took it; an event of the first attempt settles a second one too. That of another claim
 * to the same edition, from an earlier life of the subscriber, settles nothing. Mails of older versions have no such tag.
 */
async function settleClaim(
  subscriber: { readonly id: SubscriberId; readonly state: SendState },
  event: MailEvent,
  deps: RecordMailEventsDeps,
): Promise<boolean> {
  const { claim } = subscriber.state;
  const edition = editionOf(event);
  const attempt = Number(tagOf(event, 'attempt'));
  if (!claim || claim.edition !== edition || !(attempt <= claim.attempt)) return false;
  const claimed = tagOf(event, 'claimed');
  if (claimed !== undefined && ![claim.at, claim.firstAt].includes(Number(claimed))) return false;
  return (await deps.subscribers.record(subscriber, outcomeOnceSent(claim), claim)) === 'recorded';
}
