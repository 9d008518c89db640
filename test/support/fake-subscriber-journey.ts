import { type KnownStatus, nextStatus } from '../../shared/domain/subscriber/lifecycle.js';
import { type Slot, slotOf } from '../../shared/domain/subscriber/slot.js';
import type { SubscriberId, SubscriberProfile, SubscriberState } from '../../shared/domain/subscriber/subscriber.js';
import type { SubscriberJourney } from '../../shared/storage/subscribers/subscriber-journey.js';

/** What the fake keeps of a subscriber; a profile that waits for its confirmation lies beside the one in force. */
export interface FakeRow {
  readonly state: SubscriberState;
  readonly profile?: SubscriberProfile | undefined;
  readonly requested?: SubscriberProfile | undefined;
}

const withoutPause = ({ pausedUntil: _, ...state }: SubscriberState): SubscriberState => state;
const withoutConfirmation = ({ confirmation: _, ...state }: SubscriberState): SubscriberState => state;

/** The state with the profile's slot. */
const inSlotOf = (state: SubscriberState, profile: SubscriberProfile | undefined): SubscriberState =>
  profile ? { ...state, slot: slotOf(profile.timeZone, profile.hour) } : state;

/** The subscriber's journey in memory. */
export function fakeSubscriberJourney(rows: Map<SubscriberId, FakeRow>, slots: Set<Slot>): SubscriberJourney {
  const statusNow = (id: SubscriberId): KnownStatus => rows.get(id)?.state.status ?? 'none';
  const isAllowed = (id: SubscriberId, event: Parameters<typeof nextStatus>[1]) => nextStatus(statusNow(id), event);

  return {
    async put(id, profile) {
      const known = rows.get(id);
      if (known && known.state.status !== 'active') return 'not-active';
      const slot = slotOf(profile.timeZone, profile.hour);
      slots.add(slot);
      const state = known?.state ?? { status: 'active', outcomes: [], seen: [] };
      rows.set(id, { state: { ...state, slot }, profile });
      return known ? 'updated' : 'added';
    },
    async request(id, profile, confirmation) {
      if (!isAllowed(id, 'requested')) return 'not-new';
      const row = rows.get(id);
      const before = row?.state ?? { slot: slotOf(profile.timeZone, profile.hour), outcomes: [], seen: [] };
      const state: SubscriberState = inSlotOf({ ...before, status: 'pending', confirmation }, profile);
      rows.set(id, { ...row, state, requested: profile });
      return 'pending';
    },
    async confirm(id, tokenHash, at) {
      const row = rows.get(id);
      const confirmation = row?.state.confirmation;
      const isRight = confirmation?.tokenHash === tokenHash && at < confirmation.expiresAt;
      if (!row || !isRight || !isAllowed(id, 'confirmed')) return 'refused';
      const state: SubscriberState = { ...withoutConfirmation(row.state), status: 'active' };
      slots.add(state.slot);
      rows.set(id, { state, profile: row.requested });
      return 'confirmed';
    },
    async change(id, profile) {
      const row = rows.get(id);
      if (!row || !isAllowed(id, 'changed')) return 'refused';
      const state = inSlotOf(row.state, profile);
      slots.add(state.slot);
      rows.set(id, { state, profile });
      return 'changed';
    },
    async pause(id, until) {
      const row = rows.get(id);
      if (!row || !isAllowed(id, 'paused')) return 'refused';
      const state: SubscriberState = { ...row.state, status: 'paused' };
      rows.set(id, { ...row, state: until === undefined ? state : { ...state, pausedUntil: until } });
      return 'paused';
    },
    async resume(id) {
      const row = rows.get(id);
      if (!row || !isAllowed(id, 'resumed')) return 'refused';
      rows.set(id, { ...row, state: { ...withoutPause(row.state), status: 'active' } });
      return 'resumed';
    },
    async stop(id, status) {
      const row = rows.get(id);
      if (!row) return 'unknown';
      const next = isAllowed(id, status);
      if (!next || next === 'erased' || next === row.state.status) return 'unchanged';
      const state = inSlotOf(withoutPause(withoutConfirmation(row.state)), row.profile);
      rows.set(id, { state: { ...state, status: next }, profile: row.profile });
      return 'stopped';
    },
    async erase(id) {
      const row = rows.get(id);
      if (row?.state.status === 'suppressed') rows.set(id, { state: { ...row.state, outcomes: [], seen: [] } });
      else rows.delete(id);
      return row ? 'erased' : 'unknown';
    },
    async statusOf(id, at) {
      const isExpired = statusNow(id) === 'pending' && (rows.get(id)?.state.confirmation?.expiresAt ?? 0) <= at;
      return isExpired ? 'none' : statusNow(id);
    },
  };
}
