import { quietEditionsAfter } from '../../shared/domain/subscriber/delivery.js';
import type { Outcome } from '../../shared/domain/subscriber/outcome.js';
import { withMailSent, withSoftBounce } from '../../shared/domain/subscriber/reputation/bounce.js';
import { type DeliveryDays, weekdays, weekdaysOf } from '../../shared/domain/subscriber/slot/delivery-days.js';
import { daysOf, type Slot } from '../../shared/domain/subscriber/slot.js';
import type {
  Claim,
  EditionOutcome,
  Subscriber,
  SubscriberId,
  SubscriberState,
} from '../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type FakeRow, fakeSubscriberJourney, withoutCount } from './fake-subscriber-journey.js';
import { fakeSubscriberMoves } from './fake-subscriber-moves.js';

const sameClaim = (a: Claim | undefined, b: Claim) =>
  a?.edition === b.edition && a.attempt === b.attempt && a.at === b.at && a.isUnsent === b.isUnsent;

const withoutClaim = ({ claim: _, ...state }: SubscriberState): SubscriberState => state;

const mailed: readonly Outcome[] = ['sent', 'quiet-noted'];

const unseen = (state: SubscriberState, edition: string): SubscriberState => ({
  ...state,
  seen: state.seen.filter((entry) => entry.edition !== edition),
});

function ended(state: SubscriberState, outcome: EditionOutcome): SubscriberState {
  const others = state.outcomes.filter(({ edition }) => edition !== outcome.edition);
  const outcomes = [...others, outcome].sort((a, b) => a.edition.localeCompare(b.edition)).slice(-7);
  return { ...state, outcomes };
}

/** Subscribers in memory, with the same rules as the ones in DynamoDB; those given are there from the start. */
export function fakeSubscriberRepository(...given: readonly Subscriber[]): SubscriberRepository {
  const subscribers = new Map<SubscriberId, FakeRow>(
    given.map(({ id, state, profile }) => [
      id,
      state.status === 'pending' ? { state, requested: profile } : { state, profile },
    ]),
  );
  const slots = new Set<Slot>(given.map(({ state }) => state.slot));

  const change = (id: SubscriberId, state: SubscriberState) => {
    subscribers.set(id, { ...subscribers.get(id)!, state });
  };
  const isTaken = (state: SubscriberState, edition: string) => state.edition !== undefined && state.edition >= edition;

  return {
    ...fakeSubscriberJourney(subscribers, slots),
    ...fakeSubscriberMoves(subscribers, slots),

    async slots(on = weekdays) {
      const isOn = (days: DeliveryDays | undefined) =>
        days === undefined || weekdaysOf(days).some((day) => on.includes(day));
      return [...slots].filter((slot) => isOn(daysOf(slot))).sort();
    },
    async inSlot(slot, after = '' as SubscriberId, limit = 100) {
      const isIn = ({ state }: FakeRow) =>
        state.slot === slot &&
        (state.status === 'active' || (state.status === 'paused' && state.pausedUntil !== undefined));
      const ids = [...subscribers].filter(([id, row]) => id > after && isIn(row)).map(([id]) => id);
      return ids.sort().slice(0, limit);
    },
    async load(ids) {
      return ids.flatMap((id) => {
        const { state, profile, requested } = subscribers.get(id) ?? {};
        const inForce = requested ?? profile;
        return state && inForce ? [{ id, state, profile: inForce }] : [];
      });
    },
    async states() {
      return (id) => {
        const { slot: _, ...state } = subscribers.get(id)?.state ?? {};
        return 'status' in state ? (state as Omit<SubscriberState, 'slot'>) : undefined;
      };
    },
    async claim({ id, state: read }, claim, seen) {
      const state = subscribers.get(id)?.state;
      if (state?.status !== 'active') return 'not-active';
      if (isTaken(state, claim.edition)) return 'already-claimed';
      if (JSON.stringify(state.seen) !== JSON.stringify(read.seen)) throw new Error('other papers were seen since');
      if ((state.claim?.isUnsent ?? false) !== (read.claim?.isUnsent ?? false))
        throw new Error('the open claim was sent or not since');
      const { edition, batch, isUnsent } = state.claim ?? {};
      const lost = isUnsent ? 'expired' : 'uncertain';
      const before = edition && batch ? ended(state, { edition, outcome: lost, batch }) : state;
      change(id, { ...withoutCount(before), edition: claim.edition, claim, seen });
      return 'claimed';
    },
    async reclaim(id, old, next) {
      if (next.attempt < old.attempt || (next.attempt === old.attempt && !old.isUnsent))
        throw new Error('not a takeover');
      const state = subscribers.get(id)?.state;
      if (state?.status !== 'active') return 'not-active';
      if (!state.claim || !sameClaim(state.claim, old)) return 'already-claimed';
      const firstAt = next.attempt > old.attempt ? { firstAt: old.firstAt ?? old.at } : {};
      change(id, { ...state, claim: { ...state.claim, ...next, isUnsent: false, ...firstAt } });
      return 'claimed';
    },
    async markUnsent(id, claim) {
      const state = subscribers.get(id)?.state;
      if (state?.claim && sameClaim(state.claim, claim))
        change(id, { ...state, claim: { ...state.claim, isUnsent: true } });
    },
    async record({ id }, outcome, { edition, attempt, batch, isUnsent }) {
      const state = subscribers.get(id)?.state;
      if (state?.claim?.edition !== edition || state.claim.attempt !== attempt) return 'not-open';
      const isGone = outcome === 'failed' || (isUnsent && ['expired', 'suppressed'].includes(outcome));
      const kept = isGone ? unseen(state, edition) : state;
      change(id, ended(withoutClaim(kept), { edition, outcome, batch }));
      return 'recorded';
    },
    async close({ id }, edition, outcome, batch) {
      const state = subscribers.get(id)?.state;
      if (state?.status !== 'active' || isTaken(state, edition)) return 'not-open';
      const quietEditions = quietEditionsAfter(state.quietEditions, outcome);
      const counted = { ...withoutCount(state), ...(quietEditions && { quietEditions }) };
      change(id, { ...ended(counted, { edition, outcome, batch }), edition });
      return 'recorded';
    },
    async amend(id, edition, outcome, mailSentAt = Number.POSITIVE_INFINITY) {
      if (mailSentAt < (subscribers.get(id)?.confirmedAt ?? 0)) return;
      const state = subscribers.get(id)?.state;
      const sent = state?.outcomes.find((entry) => entry.edition === edition && mailed.includes(entry.outcome));
      if (state && sent) change(id, ended(unseen(state, edition), { ...sent, outcome }));
    },
    async noteSoftBounce(id, mailSentAt) {
      const state = subscribers.get(id)?.state;
      if (!state) return 0;
      const softBounces = withSoftBounce(state.softBounces, mailSentAt);
      change(id, { ...state, softBounces });
      return softBounces.bouncedAt === mailSentAt ? softBounces.count : 0;
    },
    async noteSent(id, mailSentAt) {
      const { softBounces, ...state } = subscribers.get(id)?.state ?? {};
      const after = softBounces && withMailSent(softBounces, mailSentAt);
      const held = subscribers.get(id)?.state;
      if (held && softBounces) change(id, { ...(state as SubscriberState), ...(after && { softBounces: after }) });
    },
  };
}
