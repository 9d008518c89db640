import { isDeepStrictEqual } from 'node:util';
import { type KnownStatus, nextStatus, standingOf } from '../../shared/domain/subscriber/lifecycle.js';
import { type Slot, slotFor, slotOf } from '../../shared/domain/subscriber/slot.js';
import type { SubscriberId, SubscriberProfile, SubscriberState } from '../../shared/domain/subscriber/subscriber.js';
import { learnedAmong, withLearned } from '../../shared/domain/subscriber/topic.js';
import type { SubscriberJourney } from '../../shared/storage/subscribers/subscriber-journey.js';

/** What the fake keeps of a subscriber; a profile that waits for its confirmation lies beside the one in force. */
export interface FakeRow {
  readonly state: SubscriberState;
  readonly profile?: SubscriberProfile | undefined;
  readonly requested?: SubscriberProfile | undefined;
  /** The profile is only there until a confirmation: beside a mark, no address is kept. */
  readonly isLent?: boolean;
  readonly confirmedAt?: number;
  readonly confirmedBy?: string;
  readonly movesTo?: SubscriberId;
  readonly movesAs?: 'active' | 'paused';
  readonly movesFrom?: SubscriberId;
}

const withoutPause = ({ pausedUntil: _, ...state }: SubscriberState): SubscriberState => state;
const withoutConfirmation = ({ confirmation: _, ...state }: SubscriberState): SubscriberState => state;
const withoutBounces = ({ suppressedBy: _, softBounces: __, ...state }: SubscriberState): SubscriberState => state;
const withoutMark = ({ suppressedBy: _, ...state }: SubscriberState): SubscriberState => state;

/** The state after a step of the journey, or a claim: quiet editions are counted anew. */
export const withoutCount = ({ quietEditions: _, ...state }: SubscriberState): SubscriberState => state;

/** The state with the profile's slot. */
const inSlotOf = (state: SubscriberState, profile: SubscriberProfile | undefined): SubscriberState =>
  profile ? { ...state, slot: slotFor(profile) } : state;

/** The subscriber's journey in memory. */
export function fakeSubscriberJourney(rows: Map<SubscriberId, FakeRow>, slots: Set<Slot>): SubscriberJourney {
  const statusNow = (id: SubscriberId) => rows.get(id)?.state.status ?? 'none';
  const standingNow = (id: SubscriberId): KnownStatus => {
    const state = rows.get(id)?.state;
    return state ? standingOf(state) : 'none';
  };
  const isAllowed = (id: SubscriberId, event: Parameters<typeof nextStatus>[1]) => nextStatus(standingNow(id), event);

  const stop: SubscriberJourney['stop'] = async (id, standing, _at, mailSentAt) => {
    const row = rows.get(id);
    if (!row) return 'unknown';
    if (standing === 'bounced' && mailSentAt !== undefined && mailSentAt < (row.confirmedAt ?? 0)) return 'unchanged';
    if (!isAllowed(id, standing) || standing === standingNow(id)) return 'unchanged';
    const state = inSlotOf(withoutCount(withoutMark(withoutPause(withoutConfirmation(row.state)))), row.profile);
    const status =
      standing === 'bounced' ? ({ status: 'suppressed', suppressedBy: 'bounce' } as const) : { status: standing };
    rows.set(id, { ...row, requested: undefined, state: { ...state, ...status } });
    return 'stopped';
  };

  return {
    stop,
    async unsubscribe(id, at, first) {
      if (rows.has(id) && isAllowed(id, 'unsubscribed')) await first();
      return stop(id, 'unsubscribed', at);
    },
    async put(id, profile, at) {
      const known = rows.get(id);
      if (known && known.state.status !== 'active') return 'not-active';
      const slot = slotFor(profile);
      slots.add(slot);
      const state: SubscriberState = known?.state ?? { status: 'active', slot, outcomes: [], seen: [] };
      const { confirmedAt = at, confirmedBy } = known ?? {};
      rows.set(id, {
        state: { ...withoutCount(state), slot },
        profile,
        confirmedAt,
        ...(confirmedBy && { confirmedBy }),
      });
      return known ? 'updated' : 'added';
    },
    async request(id, profile, confirmation) {
      if (!isAllowed(id, 'requested')) return 'not-new';
      const row = rows.get(id);
      const before: SubscriberState = row?.state ?? {
        status: 'pending',
        slot: slotFor(profile),
        outcomes: [],
        seen: [],
      };
      const isMark = before.status === 'suppressed';
      const status = isMark ? 'suppressed' : 'pending';
      const state: SubscriberState = inSlotOf({ ...withoutCount(before), status, confirmation }, profile);
      if (isMark && (row?.isLent || !row?.profile)) {
        const { confirmedAt, confirmedBy } = row ?? {};
        const before = { ...(confirmedAt && { confirmedAt }), ...(confirmedBy && { confirmedBy }) };
        rows.set(id, { ...before, state, profile, isLent: true });
        return 'pending';
      }
      rows.set(id, { ...row, state, requested: profile });
      return 'pending';
    },
    async confirm(id, tokenHash, at) {
      const row = rows.get(id);
      const confirmation = row?.state.confirmation;
      const isRight = confirmation?.tokenHash === tokenHash && at < confirmation.expiresAt && !confirmation.movesFrom;
      if (!row || !isRight || !isAllowed(id, 'confirmed')) return 'refused';
      const state: SubscriberState = {
        ...withoutCount(withoutBounces(withoutConfirmation(row.state))),
        status: 'active',
      };
      slots.add(state.slot);
      rows.set(id, { state, profile: row.requested ?? row.profile, confirmedAt: at, confirmedBy: tokenHash });
      return 'confirmed';
    },
    async change(id, given) {
      const row = rows.get(id);
      if (!row || !isAllowed(id, 'changed')) return 'refused';
      const topics = withLearned(given.topics, learnedAmong((row.requested ?? row.profile)?.topics ?? []));
      const profile = { ...given, topics };
      const state = inSlotOf(withoutCount(row.state), profile);
      slots.add(state.slot);
      rows.set(id, { ...row, state, profile, requested: undefined });
      return 'changed';
    },
    async learn(id, learn) {
      const learned = await learn();
      const row = rows.get(id);
      const kept = row?.requested ?? row?.profile;
      if (!row || !kept || !['pending', 'active', 'paused', 'unsubscribed'].includes(row.state.status))
        return 'refused';
      const profile = { ...kept, topics: withLearned(kept.topics, learned) };
      if (isDeepStrictEqual(profile, kept)) return 'unchanged';
      rows.set(id, row.requested ? { ...row, requested: profile } : { ...row, profile });
      return 'learned';
    },
    async pause(id, until) {
      const row = rows.get(id);
      if (!row || !isAllowed(id, 'paused')) return 'refused';
      const state: SubscriberState = { ...withoutCount(row.state), status: 'paused' };
      rows.set(id, { ...row, state: until === undefined ? state : { ...state, pausedUntil: until } });
      return 'paused';
    },
    async resume(id) {
      const row = rows.get(id);
      if (!row || !isAllowed(id, 'resumed')) return 'refused';
      rows.set(id, { ...row, state: { ...withoutCount(withoutPause(row.state)), status: 'active' } });
      return 'resumed';
    },
    async endPause(id, pausedUntil, at) {
      return rows.get(id)?.state.pausedUntil === pausedUntil ? this.resume(id, at) : 'refused';
    },
    async markComplaint(id) {
      const row = rows.get(id);
      if (row) return (await this.stop(id, 'suppressed', 0)) === 'stopped' ? 'stopped' : 'unchanged';
      rows.set(id, { state: { status: 'suppressed', slot: slotOf('UTC', 0), outcomes: [], seen: [] } });
      return 'stopped';
    },
    async isConfirmedBy(id, tokenHash) {
      return ['active', 'paused', 'moving'].includes(statusNow(id)) && rows.get(id)?.confirmedBy === tokenHash;
    },
    async rejoin(id) {
      const row = rows.get(id);
      if (!row?.profile || !isAllowed(id, 'resubscribed')) return 'refused';
      slots.add(row.state.slot);
      rows.set(id, { ...row, state: { ...row.state, status: 'active' } });
      return 'rejoined';
    },
    async erase(id) {
      const row = rows.get(id);
      const { status, slot, suppressedBy } = row?.state ?? {};
      if (status === 'suppressed' && slot) {
        rows.set(id, { state: { status, slot, ...(suppressedBy && { suppressedBy }), outcomes: [], seen: [] } });
      } else rows.delete(id);
      return row ? 'erased' : 'unknown';
    },
    async finishErasure(id) {
      const row = rows.get(id);
      const isLeft = row && !row.profile && !row.requested && ['active', 'paused'].includes(row.state.status);
      return isLeft ? rows.delete(id) : false;
    },
    async hasConfirmedSince(id, instant) {
      return (rows.get(id)?.confirmedAt ?? Number.NEGATIVE_INFINITY) >= instant;
    },
    async statusOf(id, at) {
      const isExpired = statusNow(id) === 'pending' && (rows.get(id)?.state.confirmation?.expiresAt ?? 0) <= at;
      return isExpired ? 'none' : statusNow(id);
    },
    async mayComeBack(id) {
      return standingNow(id) === 'bounced';
    },
  };
}
