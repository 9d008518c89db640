import type { Instant } from '../domain/calendar-date.js';
import { outcomeOnceSent } from '../domain/subscriber/delivery.js';
import { rememberPapers, seenBy } from '../domain/subscriber/seen-papers.js';
import type { Claim, Subscriber } from '../domain/subscriber/subscriber.js';
import type { ClaimResult } from '../storage/subscribers/digest-claims.js';
import type { SubscriberRepository } from '../storage/subscribers/subscribers-repository.js';
import type { MailDigest } from './digest-mailer.js';
import type { LoadedEdition } from './loaded-edition.js';
import { type BatchEdition, type ContentDeps, contentAgain, type MailContent, placesOf } from './mail-content.js';
import type { TrafficTally } from './traffic-tally.js';

export interface DeliverClaimedDeps extends ContentDeps {
  readonly subscribers: Pick<SubscriberRepository, 'claim' | 'reclaim' | 'markUnsent' | 'record'>;
  readonly mailDigest: MailDigest;
  readonly tally: Pick<TrafficTally, 'note'>;
  readonly now: () => Instant;
}

/**
 * `in-doubt`: it may have been sent. `ended`: SES will never take it. The others were certainly not sent and may be
 * resumed: `broken` because we could not compose the mail, the last three because SES takes none for now.
 */
export type ClaimedResult =
  | Exclude<ClaimResult, 'claimed'>
  | 'mailed'
  | 'in-doubt'
  | 'ended'
  | 'broken'
  | 'quota-exhausted'
  | 'sending-paused'
  | 'throttled';

/** Claims an edition with the papers chosen of it, composes, sends and records. */
export async function deliverFirst(
  subscriber: Subscriber,
  content: MailContent,
  { edition, batch }: BatchEdition,
  deps: DeliverClaimedDeps,
): Promise<ClaimedResult> {
  const papers = content.papers.map(({ ranked }) => ranked.paper.id);
  const kind = content.kind === undefined ? {} : { kind: content.kind };
  const claim: Claim = { edition: edition.date, batch, attempt: 1, ...kind, at: deps.now(), papers, isUnsent: false };
  const places = placesOf(papers, edition).sort((one, other) => one - other);
  const seen = rememberPapers(seenBy(subscriber.state), edition.date, places);
  const result = await deps.subscribers.claim(subscriber, claim, seen);
  return result === 'claimed' ? mailClaimed(subscriber, claim, content, edition, deps) : result;
}

/** Takes over a claim that another worker left: the same papers, not what would be chosen now. */
export async function deliverAgain(
  subscriber: Subscriber,
  old: Claim,
  attempt: number,
  edition: LoadedEdition,
  deps: DeliverClaimedDeps,
): Promise<ClaimedResult> {
  // Before the claim is taken over: a throw in between would leave it in doubt, though nothing was sent.
  const content = await contentAgain(subscriber, old, edition, deps);
  const next = { attempt, at: deps.now() };
  const result = await deps.subscribers.reclaim(subscriber.id, old, next);
  if (result !== 'claimed') return result;
  return mailClaimed(subscriber, { ...old, ...next, isUnsent: false }, content, edition, deps);
}

/** Sends one claimed digest and records what SES said; a lost reply leaves the claim open, in doubt. */
async function mailClaimed(
  subscriber: Subscriber,
  claim: Claim,
  content: MailContent,
  edition: LoadedEdition,
  deps: DeliverClaimedDeps,
): Promise<ClaimedResult> {
  const holder: Subscriber = { ...subscriber, state: { ...subscriber.state, edition: claim.edition, claim } };
  const answer = await deps.mailDigest({ subscriber: holder, claim, content, edition });
  const ids = { subscriber: subscriber.id, edition: claim.edition, attempt: claim.attempt };
  switch (answer.kind) {
    case 'accepted':
      deps.tally.note(claim.at, 'accepted');
      await deps.subscribers.record(holder, outcomeOnceSent(claim), claim);
      return 'mailed';
    case 'rejected':
      deps.warn('a digest cannot be sent', { ...ids, reason: answer.reason });
      await deps.subscribers.record(holder, 'failed', claim);
      return 'ended';
    case 'lost':
      deps.warn('the reply was lost; only its Send event can tell whether a digest was sent', {
        ...ids,
        reason: answer.reason,
      });
      return 'in-doubt';
    case 'not-composed':
      deps.warn('a digest could not be composed; it is tried again until it expires', {
        ...ids,
        reason: answer.reason,
      });
      await deps.subscribers.markUnsent(subscriber.id, claim);
      return 'broken';
    default:
      await deps.subscribers.markUnsent(subscriber.id, claim);
      return answer.kind === 'paused' ? 'sending-paused' : answer.kind;
  }
}
