import {
  type ClaimedResult,
  type DeliverClaimedDeps,
  deliverAgain,
  deliverFirst,
} from '../../shared/delivery/deliver-claimed.js';
import type { LoadedEdition } from '../../shared/delivery/loaded-edition.js';
import { contentFor } from '../../shared/delivery/mail-content.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { type DeliveryMoment, nextStep } from '../../shared/domain/subscriber/delivery.js';
import type { Claim, Subscriber } from '../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { Turns } from './sending-turns.js';

/** What the deliveries of one batch share. */
export interface Delivery {
  /** Absent when the digests have expired: then nothing is sent any more. */
  readonly edition: LoadedEdition | undefined;
  readonly batch: string;
  readonly moment: DeliveryMoment;
  readonly turns: Turns;
}

export interface DeliverDeps extends DeliverClaimedDeps {
  readonly subscribers: Pick<
    SubscriberRepository,
    'claim' | 'reclaim' | 'markUnsent' | 'record' | 'close' | 'endPause'
  >;
  readonly consents: Pick<ConsentRepository, 'append'>;
}

/**
 * After the first four the next subscriber follows (`broken` stays open for a later tick, `in-doubt` for evidence); the
 * others stop the batch.
 */
export type DeliveryResult =
  | 'mailed'
  | 'ended'
  | 'broken'
  | 'in-doubt'
  | 'quota-exhausted'
  | 'sending-paused'
  | 'throttled'
  | 'out-of-time'
  | 'stopped';

/** Does the next step of one subscriber's digest: match, choose, claim, compose, send, record. */
export async function deliverDigest(
  subscriber: Subscriber,
  delivery: Delivery,
  deps: DeliverDeps,
): Promise<DeliveryResult> {
  const step = nextStep(subscriber, delivery.moment);
  const { batch, moment } = delivery;
  switch (step.do) {
    case 'nothing':
      return 'ended';
    case 'record':
      await deps.subscribers.record(subscriber, step.outcome, step.claim);
      return 'ended';
    case 'expire':
      await deps.subscribers.close(subscriber, moment.edition, 'expired', batch);
      return 'ended';
    case 'send':
      return sendFirst(subscriber, delivery, deps);
    case 'end-pause': {
      const resumed = await endPause(subscriber, step.pausedUntil, deps);
      return resumed ? deliverDigest(resumed, delivery, deps) : 'ended';
    }
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

/**
 * Makes a subscriber active again whose pause is over; `undefined` when they changed it meanwhile. The journal has it at the
 * pause's own end, which comes before whatever they chose since then.
 */
async function endPause(
  { id, state, ...rest }: Subscriber,
  pausedUntil: Instant,
  { consents, subscribers, now }: DeliverDeps,
): Promise<Subscriber | undefined> {
  await consents.append({ subscriber: id, event: 'resumed', at: pausedUntil, cause: 'the pause is over' });
  const result = await subscribers.endPause(id, pausedUntil, now());
  return result === 'resumed' ? { id, ...rest, state: { ...state, status: 'active' } } : undefined;
}

async function sendFirst(subscriber: Subscriber, delivery: Delivery, deps: DeliverDeps): Promise<DeliveryResult> {
  const { edition, batch } = delivery;
  if (!edition) return 'ended';
  const content = await contentFor(subscriber, { edition, batch }, deps);
  if (!content) {
    await deps.subscribers.close(subscriber, edition.date, 'unmatched', batch);
    return 'ended';
  }
  return inTurn(delivery, () => deliverFirst(subscriber, content, { edition, batch }, deps));
}

async function sendAgain(
  subscriber: Subscriber,
  old: Claim,
  attempt: number,
  delivery: Delivery,
  deps: DeliverDeps,
): Promise<DeliveryResult> {
  const { edition } = delivery;
  if (!edition) return 'ended';
  return inTurn(delivery, () => deliverAgain(subscriber, old, attempt, edition, deps));
}

/** A claim that another worker got, or that came too late, ends this subscriber's step. */
async function inTurn({ turns }: Delivery, deliver: () => Promise<ClaimedResult>): Promise<DeliveryResult> {
  const refusal = await turns.take();
  if (refusal) return refusal;
  const result = await deliver();
  if (result !== 'mailed' && result !== 'in-doubt') turns.giveBack();
  return result === 'already-claimed' || result === 'not-active' ? 'ended' : result;
}
