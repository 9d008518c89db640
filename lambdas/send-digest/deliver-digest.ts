import type { Instant } from '../../shared/domain/calendar-date.js';
import { type ChosenPaper, choosePapers } from '../../shared/domain/choose-papers.js';
import { type DeliveryMoment, nextStep } from '../../shared/domain/delivery.js';
import type { PaperId } from '../../shared/domain/paper-id.js';
import { rememberPapers } from '../../shared/domain/seen-papers.js';
import type { Claim, Subscriber } from '../../shared/domain/subscriber.js';
import { resolveTopics, type Topic } from '../../shared/domain/topic.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers-repository.js';
import type { LoadedEdition } from './loaded-edition.js';
import type { MailDigest } from './mail-digest.js';

/** What the deliveries of one batch share. */
export interface Delivery {
  readonly edition: LoadedEdition;
  readonly batch: string;
  readonly moment: DeliveryMoment;
  /** Mails that the account may still send today. */
  allowance: number;
}

export interface DeliverDeps {
  readonly subscribers: Pick<SubscriberRepository, 'claim' | 'reclaim' | 'markUnsent' | 'record' | 'close'>;
  readonly catalogue: readonly Topic[];
  readonly mailDigest: MailDigest;
  /** Resolves when the next mail may be sent. */
  readonly pace: () => Promise<void>;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/** `mailed` and `ended` go on with the next subscriber; the others stop the batch until a later tick. */
export type DeliveryResult = 'mailed' | 'ended' | 'quota-exhausted' | 'sending-paused' | 'throttled';

/** Does the next step of one subscriber's digest: match, choose, claim, compose, send, record. */
export async function deliverDigest(
  subscriber: Subscriber,
  delivery: Delivery,
  deps: DeliverDeps,
): Promise<DeliveryResult> {
  const step = nextStep(subscriber, delivery.moment);
  const { edition, batch } = delivery;
  switch (step.do) {
    case 'nothing':
      return 'ended';
    case 'record':
      await deps.subscribers.record(subscriber, step.outcome, step.claim);
      return 'ended';
    case 'expire':
      await deps.subscribers.close(subscriber, edition.date, 'expired', batch);
      return 'ended';
    case 'send':
      return sendFirst(subscriber, delivery, deps);
    default:
      return sendAgain(
        subscriber,
        step.claim,
        step.do === 'resume' ? step.claim.attempt : step.claim.attempt + 1,
        delivery,
        deps,
      );
  }
}

async function sendFirst(subscriber: Subscriber, delivery: Delivery, deps: DeliverDeps): Promise<DeliveryResult> {
  const { edition, batch } = delivery;
  const { topics, unknown } = resolveTopics(subscriber.profile.topics, deps.catalogue);
  if (unknown.length > 0)
    deps.warn('topics that no longer exist were passed over', { subscriber: subscriber.id, unknown });
  const chosen = choosePapers(edition.indexed, {
    topics,
    seen: subscriber.state.seen,
    maxPapers: subscriber.profile.maxPapers,
  });
  if (chosen.length === 0) {
    await deps.subscribers.close(subscriber, edition.date, 'unmatched', batch);
    return 'ended';
  }
  if (delivery.allowance <= 0) return 'quota-exhausted';
  await deps.pace();
  const papers = chosen.map(({ ranked }) => ranked.paper.id);
  const claim: Claim = { edition: edition.date, batch, attempt: 1, at: deps.now(), papers, isUnsent: false };
  const seen = rememberPapers(subscriber.state.seen, edition.date, papers);
  if ((await deps.subscribers.claim(subscriber, claim, seen)) !== 'claimed') return 'ended';
  return mailClaimed(subscriber, claim, chosen, edition, deps);
}

/** Takes over a claim that another worker left: the same papers, without asking again what would be chosen now. */
async function sendAgain(
  subscriber: Subscriber,
  old: Claim,
  attempt: number,
  delivery: Delivery,
  deps: DeliverDeps,
): Promise<DeliveryResult> {
  if (delivery.allowance <= 0) return 'quota-exhausted';
  await deps.pace();
  const next = { attempt, at: deps.now() };
  if ((await deps.subscribers.reclaim(subscriber.id, old, next)) !== 'claimed') return 'ended';
  const claim: Claim = { ...old, ...next, isUnsent: false };
  const chosen = rechoose(subscriber, claim.papers, delivery.edition, deps);
  return mailClaimed(subscriber, claim, chosen, delivery.edition, deps);
}

function rechoose(
  { profile }: Subscriber,
  papers: readonly PaperId[],
  edition: LoadedEdition,
  deps: DeliverDeps,
): readonly ChosenPaper[] {
  const { topics } = resolveTopics(profile.topics, deps.catalogue);
  const matching = choosePapers(edition.indexed, { topics, seen: [], maxPapers: Number.POSITIVE_INFINITY });
  const reasons = new Map(matching.map((chosen) => [chosen.ranked.paper.id, chosen]));
  return edition.indexed.edition.papers
    .filter(({ paper }) => papers.includes(paper.id))
    .map((ranked) => reasons.get(ranked.paper.id) ?? { ranked, reasons: [] });
}

/** Sends one claimed digest and records what SES said; a lost reply leaves the claim open, in doubt. */
async function mailClaimed(
  subscriber: Subscriber,
  claim: Claim,
  chosen: readonly ChosenPaper[],
  edition: LoadedEdition,
  deps: DeliverDeps,
): Promise<DeliveryResult> {
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
