import type { Instant } from '../domain/calendar-date.js';
import { type ChosenPaper, choosePapers, explainPapers } from '../domain/edition/choose-papers.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import { periodIn } from '../domain/subscriber/delivery.js';
import { rememberPapers, seenBy } from '../domain/subscriber/seen-papers.js';
import type { Claim, Subscriber } from '../domain/subscriber/subscriber.js';
import { resolveTopics, type Topic } from '../domain/subscriber/topic.js';
import type { ClaimResult } from '../storage/subscribers/digest-claims.js';
import type { SubscriberRepository } from '../storage/subscribers/subscribers-repository.js';
import type { MailDigest } from './digest-mailer.js';
import type { LoadedEdition } from './loaded-edition.js';
import type { SeenHashesOf } from './seen-hashes.js';
import type { TrafficTally } from './traffic-tally.js';

export interface DeliverClaimedDeps {
  readonly subscribers: Pick<SubscriberRepository, 'claim' | 'reclaim' | 'markUnsent' | 'record'>;
  readonly catalogue: readonly Topic[];
  readonly seenHashes: SeenHashesOf;
  readonly mailDigest: MailDigest;
  readonly tally: Pick<TrafficTally, 'note'>;
  readonly warn: (message: string, what: object) => void;
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

/** An edition, and the batch whose digests of it are sent. */
interface BatchEdition {
  readonly edition: LoadedEdition;
  readonly batch: string;
}

/**
 * Chooses what an edition has for a subscriber, of the day or of the week; a topic that no longer exists is skipped with a
 * warning.
 */
export async function chooseFor(
  { id, profile, state }: Subscriber,
  { edition, batch }: BatchEdition,
  deps: Pick<DeliverClaimedDeps, 'catalogue' | 'seenHashes' | 'warn'>,
): Promise<readonly ChosenPaper[]> {
  const { topics, unknown } = resolveTopics(profile.topics, deps.catalogue);
  if (unknown.length > 0) deps.warn('topics that no longer exist were skipped', { subscriber: id, unknown });
  const seen = await deps.seenHashes(seenBy(state));
  const bestOf = periodIn(batch, state) === 'week' ? edition.week : edition.indexed;
  return choosePapers(bestOf, { topics, seen, maxPapers: profile.maxPapers });
}

/** Claims an edition with the papers chosen of it, composes, sends and records. */
export async function deliverFirst(
  subscriber: Subscriber,
  chosen: readonly ChosenPaper[],
  { edition, batch }: BatchEdition,
  deps: DeliverClaimedDeps,
): Promise<ClaimedResult> {
  const papers = chosen.map(({ ranked }) => ranked.paper.id);
  const claim: Claim = { edition: edition.date, batch, attempt: 1, at: deps.now(), papers, isUnsent: false };
  const places = placesOf(papers, edition).sort((one, other) => one - other);
  const seen = rememberPapers(seenBy(subscriber.state), edition.date, places);
  const result = await deps.subscribers.claim(subscriber, claim, seen);
  return result === 'claimed' ? mailClaimed(subscriber, claim, chosen, edition, deps) : result;
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
  const chosen = rechoose(subscriber, old.papers, edition, deps);
  const next = { attempt, at: deps.now() };
  const result = await deps.subscribers.reclaim(subscriber.id, old, next);
  if (result !== 'claimed') return result;
  return mailClaimed(subscriber, { ...old, ...next, isUnsent: false }, chosen, edition, deps);
}

function rechoose(
  { profile }: Subscriber,
  papers: readonly PaperId[],
  edition: LoadedEdition,
  deps: DeliverClaimedDeps,
): readonly ChosenPaper[] {
  const { topics } = resolveTopics(profile.topics, deps.catalogue);
  return explainPapers(edition.indexed, topics, placesOf(papers, edition));
}

/** The places of papers in an edition, in the order of the papers. */
function placesOf(papers: readonly PaperId[], { placeOf }: LoadedEdition): number[] {
  return papers.flatMap((id) => placeOf.get(id) ?? []);
}

/** Sends one claimed digest and records what SES said; a lost reply leaves the claim open, in doubt. */
async function mailClaimed(
  subscriber: Subscriber,
  claim: Claim,
  chosen: readonly ChosenPaper[],
  edition: LoadedEdition,
  deps: DeliverClaimedDeps,
): Promise<ClaimedResult> {
  const holder: Subscriber = { ...subscriber, state: { ...subscriber.state, edition: claim.edition, claim } };
  const answer = await deps.mailDigest({ subscriber: holder, claim, chosen, edition });
  const ids = { subscriber: subscriber.id, edition: claim.edition, attempt: claim.attempt };
  switch (answer.kind) {
    case 'accepted':
      deps.tally.note(claim.at, 'accepted');
      await deps.subscribers.record(holder, 'sent', claim);
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
