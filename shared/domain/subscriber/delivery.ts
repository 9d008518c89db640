import { type CalendarDate, type Instant, minuteMs } from '../calendar-date.js';
import { noOutcomes, type Outcome, type RunBalance } from './outcome.js';
import { haveEventsCome, type TrafficMinute } from './reputation/mail-traffic.js';
import type { Period } from './slot/delivery-days.js';
import { digestLifetimeMs, periodOfSlot, type Slot } from './slot.js';
import type { Claim, EditionOutcome, Subscriber, SubscriberId, SubscriberState } from './subscriber.js';

/** SES's Send event comes within minutes; a claim without one is settled otherwise after this, given evidence. */
export const doubtLastsMs = 30 * minuteMs;

/** What to do next about one subscriber's digest. */
export type DeliveryStep =
  | { readonly do: 'nothing' }
  | { readonly do: 'send' }
  /** The pause is over: the subscription goes on, and then with the step that follows. */
  | { readonly do: 'end-pause'; readonly pausedUntil: Instant }
  | { readonly do: 'resume' | 'send-again'; readonly claim: Claim }
  | { readonly do: 'record'; readonly claim: Claim; readonly outcome: Outcome }
  | { readonly do: 'expire' };

/** What the steps of one batch depend on besides the subscriber. */
export interface DeliveryMoment {
  readonly edition: CalendarDate;
  readonly now: Instant;
  readonly dueAt: Instant;
  /** How the mails since the oldest open claim fared; without it nothing is known of them. */
  readonly traffic?: readonly TrafficMinute[];
}

/** Whether the edition's digests expire now, or have expired. */
export function isPastLife({ now, dueAt }: Pick<DeliveryMoment, 'now' | 'dueAt'>): boolean {
  return now >= dueAt + digestLifetimeMs;
}

/** The open claim of an edition whose mail may have been sent or not, if there is one. */
export function claimInDoubt({ claim }: SubscriberState, edition: CalendarDate): Claim | undefined {
  return claim?.edition === edition && !claim.isUnsent ? claim : undefined;
}

/** When the pause ended, if it had its time and that time has come. */
function endOfPause({ status, pausedUntil }: SubscriberState, now: Instant): Instant | undefined {
  return status === 'paused' && pausedUntil !== undefined && pausedUntil <= now ? pausedUntil : undefined;
}

function stepOfOpenClaim(subscriber: Subscriber, claim: Claim, moment: DeliveryMoment): DeliveryStep {
  const isActive = subscriber.state.status === 'active';
  const isExpired = isPastLife(moment);
  if (claim.isUnsent) {
    if (!isActive) return { do: 'record', claim, outcome: 'suppressed' };
    return isExpired ? { do: 'record', claim, outcome: 'expired' } : { do: 'resume', claim };
  }
  if (moment.now - claim.at < doubtLastsMs) return { do: 'nothing' };
  const isWithoutEvent = haveEventsCome(claim.at, moment.now, moment.traffic ?? []);
  if (!isExpired && !isWithoutEvent) return { do: 'nothing' };
  if (isExpired || claim.attempt > 1) return { do: 'record', claim, outcome: 'uncertain' };
  // Its event would have come, so nothing was sent; and to who has left, nothing may be any more.
  return isActive ? { do: 'send-again', claim } : { do: 'record', claim, outcome: 'suppressed' };
}

/**
 * Decides from the recorded state alone, so that a job delivered twice, or a worker that died, changes nothing: an edition
 * that has its outcome is left alone. A claim in doubt waits for 30 minutes, and then for evidence that its event would have
 * come: then it is repeated once, unless its owner has left. It is given up when that did not settle it either, or the
 * digest expires.
 */
export function nextStep(subscriber: Subscriber, moment: DeliveryMoment): DeliveryStep {
  const { state } = subscriber;
  if (state.claim?.edition === moment.edition) return stepOfOpenClaim(subscriber, state.claim, moment);
  const isEnded = state.edition !== undefined && state.edition >= moment.edition;
  if (isEnded) return { do: 'nothing' };
  const pausedUntil = endOfPause(state, moment.now);
  if (pausedUntil !== undefined) return { do: 'end-pause', pausedUntil };
  if (state.status !== 'active') return { do: 'nothing' };
  return isPastLife(moment) ? { do: 'expire' } : { do: 'send' };
}

/** Owner of the claims that welcomes take; whichever batch of the run has their subscriber settles one that stays open. */
export const welcomeBatch = 'welcome';

/**
 * Whether the digests of a batch, `<slot>#<number>`, are the best of a day or of a week: as it was planned, even for
 * whoever has moved since. A welcome's is as its subscriber has chosen.
 */
export function periodIn(batch: string, { slot }: Pick<SubscriberState, 'slot'>): Period {
  return periodOfSlot(batch === welcomeBatch ? slot : (batch.slice(0, batch.lastIndexOf('#')) as Slot));
}

/** How an edition stands with one candidate of a batch; `elsewhere` when another batch owns it (a slot was changed). */
function standing(subscriber: Subscriber | undefined, edition: CalendarDate, batch: string, now: Instant) {
  if (!subscriber) return 'suppressed';
  const { state } = subscriber;
  const ended = state.outcomes.find((entry) => entry.edition === edition);
  if (!ended && state.claim?.edition === edition && state.claim.batch === welcomeBatch) return 'open';
  const owner = ended?.batch ?? (state.claim?.edition === edition ? state.claim.batch : batch);
  if (owner !== batch) return 'elsewhere';
  if (ended) return ended.outcome;
  if (state.claim?.edition === edition) return 'open';
  if (state.status !== 'active' && endOfPause(state, now) === undefined) return 'suppressed';
  return state.edition !== undefined && state.edition > edition ? 'expired' : 'open';
}

/** Whether a candidate of a batch, as read, may still come to an outcome there. */
export function isOpen(subscriber: Subscriber, edition: CalendarDate, batch: string, now: Instant): boolean {
  return standing(subscriber, edition, batch, now) === 'open';
}

/** A subscriber whose edition has ended. */
export function withEnded(subscriber: Subscriber, ended: EditionOutcome): Subscriber {
  const { claim: _, ...state } = subscriber.state;
  const others = state.outcomes.filter(({ edition }) => edition !== ended.edition);
  return { ...subscriber, state: { ...state, edition: ended.edition, outcomes: [...others, ended] } };
}

/**
 * Counts a batch anew from what its subscribers' states record; who was erased, left or is paused at `now` counts as suppressed,
 * and one whose pause is over is open.
 */
export function balanceBatch(
  candidates: readonly SubscriberId[],
  subscribers: readonly Subscriber[],
  edition: CalendarDate,
  batch: string,
  now: Instant,
): { balance: RunBalance; uncertain: SubscriberId[] } {
  const byId = new Map(subscribers.map((subscriber) => [subscriber.id, subscriber]));
  const balance = { candidates: 0, open: 0, ...noOutcomes };
  const uncertain: SubscriberId[] = [];
  for (const id of candidates) {
    const found = standing(byId.get(id), edition, batch, now);
    if (found === 'elsewhere') continue;
    balance.candidates += 1;
    balance[found] += 1;
    if (found === 'uncertain') uncertain.push(id);
  }
  return { balance, uncertain };
}

/** After so many editions in a row that ended `unmatched`, the next one without matches brings a still-here mail. */
export const quietEditionsBeforeNote = 7;

/** How many editions in a row have ended `unmatched` after one more that ended so or otherwise; `undefined` for none. */
export function quietEditionsAfter(before: number | undefined, outcome: Outcome): number | undefined {
  return outcome === 'unmatched' ? Math.min(quietEditionsBeforeNote, (before ?? 0) + 1) : undefined;
}

/** Whether a further edition without matches brings a still-here mail. */
export function isNoteDue({ quietEditions = 0 }: Pick<SubscriberState, 'quietEditions'>): boolean {
  return quietEditions >= quietEditionsBeforeNote;
}

/** How an edition ends when the mail of its claim was sent. */
export function outcomeOnceSent({ kind }: Claim): 'sent' | 'quiet-noted' {
  return kind === 'still-here' ? 'quiet-noted' : 'sent';
}
