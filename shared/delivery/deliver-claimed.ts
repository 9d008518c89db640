import type { Instant } from '../domain/calendar-date.js';
import { type ChosenPaper, choosePapers, explainPapers } from '../domain/edition/choose-papers.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import type { Outcome } from '../domain/subscriber/outcome.js';
import { rememberPapers } from '../domain/subscriber/seen-papers.js';
import type { Claim, SeenPapers, Subscriber, SubscriberId } from '../domain/subscriber/subscriber.js';
import { resolveTopics, type Topic } from '../domain/subscriber/topic.js';
import type { MailDigest } from './digest-mailer.js';
import type { LoadedEdition } from './loaded-edition.js';

type ClaimResult = 'claimed' | 'already-claimed' | 'not-active';

/** Where the right to send one digest is taken, given back and closed; the subscribers' repository is one. */
export interface DigestLedger {
  claim(subscriber: Subscriber, claim: Claim, seen: readonly SeenPapers[]): Promise<ClaimResult>;
  reclaim(id: SubscriberId, old: Claim, next: { readonly attempt: number; readonly at: Instant }): Promise<ClaimResult>;
  markUnsent(id: SubscriberId, claim: Claim): Promise<void>;
  record(subscriber: Subscriber, outcome: Outcome, claim: Claim): Promise<unknown>;
}

export interface DeliverClaimedDeps {
  readonly subscribers: DigestLedger;
  readonly catalogue: readonly Topic[];
  readonly mailDigest: MailDigest;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/** `mailed`: sent, or in doubt; `ended`: SES will never take it; the last three: for certain not sent, may be resumed. */
export type ClaimedResult =
  | Exclude<ClaimResult, 'claimed'>
  | 'mailed'
  | 'ended'
  | 'quota-exhausted'
  | 'sending-paused'
  | 'throttled';

/** Chooses what an edition has for a subscriber; a topic that no longer exists is passed over with a warning. */
export function chooseFor(
  { id, profile, state }: Subscriber,
  edition: LoadedEdition,
  deps: Pick<DeliverClaimedDeps, 'catalogue' | 'warn'>,
): readonly ChosenPaper[] {
  const { topics, unknown } = resolveTopics(profile.topics, deps.catalogue);
  if (unknown.length > 0) deps.warn('topics that no longer exist were passed over', { subscriber: id, unknown });
  return choosePapers(edition.indexed, { topics, seen: state.seen, maxPapers: profile.maxPapers });
}

/** Claims an edition with the papers chosen of it, composes, sends and records. */
export async function deliverFirst(
  subscriber: Subscriber,
  chosen: readonly ChosenPaper[],
  { edition, batch }: { readonly edition: LoadedEdition; readonly batch: string },
  deps: DeliverClaimedDeps,
): Promise<ClaimedResult> {
  const papers = chosen.map(({ ranked }) => ranked.paper.id);
  const claim: Claim = { edition: edition.date, batch, attempt: 1, at: deps.now(), papers, isUnsent: false };
  const seen = rememberPapers(subscriber.state.seen, edition.date, papers);
  const result = await deps.subscribers.claim(subscriber, claim, seen);
  return result === 'claimed' ? mailClaimed(subscriber, claim, chosen, edition, deps) : result;
}

/** Takes over a claim that another worker left: the same papers, without asking again what would be chosen now. */
export async function deliverAgain(
  subscriber: Subscriber,
  old: Claim,
  attempt: number,
  edition: LoadedEdition,
  deps: DeliverClaimedDeps,
): Promise<ClaimedResult> {
  const next = { attempt, at: deps.now() };
  const result = await deps.subscribers.reclaim(subscriber.id, old, next);
  if (result !== 'claimed') return result;
  const claim: Claim = { ...old, ...next, isUnsent: false };
  return mailClaimed(subscriber, claim, rechoose(subscriber, claim.papers, edition, deps), edition, deps);
}

function rechoose(
  { profile }: Subscriber,
  papers: readonly PaperId[],
  edition: LoadedEdition,
  deps: DeliverClaimedDeps,
): readonly ChosenPaper[] {
  const { topics } = resolveTopics(profile.topics, deps.catalogue);
  const places = edition.indexed.papers.flatMap(({ ranked }, place) =>
    papers.includes(ranked.paper.id) ? [place] : [],
  );
  return explainPapers(edition.indexed, topics, places);
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
      await deps.subscribers.record(holder, 'sent', claim);
      return 'mailed';
    case 'rejected':
      deps.warn('a digest cannot be sent', { ...ids, reason: answer.reason });
      await deps.subscribers.record(holder, 'failed', claim);
      return 'ended';
    case 'lost':
      deps.warn('nobody knows whether a digest was sent; its Send event will tell', { ...ids, reason: answer.reason });
      return 'mailed';
    default:
      await deps.subscribers.markUnsent(subscriber.id, claim);
      return answer.kind === 'paused' ? 'sending-paused' : answer.kind;
  }
}
