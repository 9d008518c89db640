import { nextStatus, standingOf } from '../../shared/domain/subscriber/lifecycle.js';
import { rememberPapers, seenBy } from '../../shared/domain/subscriber/seen-papers.js';
import { type Slot, slotFor } from '../../shared/domain/subscriber/slot.js';
import type { SubscriberId, SubscriberState } from '../../shared/domain/subscriber/subscriber.js';
import type { SubscriberMoves } from '../../shared/storage/subscribers/subscriber-moves.js';
import type { FakeRow } from './fake-subscriber-journey.js';

const dayMs = 86_400_000;

function takenOver(theirs: SubscriberState, own: SubscriberState) {
  const { claim, outcomes } = theirs;
  const lost = claim && {
    edition: claim.edition,
    outcome: claim.isUnsent ? 'expired' : 'uncertain',
    batch: claim.batch,
  };
  const all = [...outcomes, ...(lost ? [lost as (typeof outcomes)[number]] : [])];
  const others = all.filter(({ edition }) => !own.outcomes.some((entry) => entry.edition === edition));
  const edition = [theirs.edition, own.edition]
    .sort()
    .reverse()
    .find((date) => date !== undefined);
  const places = own.seen.flatMap((entry) => ('places' in entry ? [entry] : []));
  const seen = places.reduce((kept, entry) => rememberPapers(kept, entry.edition, entry.places), [...seenBy(theirs)]);
  return {
    ...(edition && { edition }),
    outcomes: [...others, ...own.outcomes].sort((a, b) => a.edition.localeCompare(b.edition)).slice(-7),
    seen: [...own.seen.filter((entry) => 'hashes' in entry), ...seen],
    ...(theirs.quietEditions && { quietEditions: theirs.quietEditions }),
  };
}

/** Changes of address in memory. */
export function fakeSubscriberMoves(rows: Map<SubscriberId, FakeRow>, slots: Set<Slot>): SubscriberMoves {
  return {
    async beginMove(to, tokenHash, at) {
      const row = rows.get(to);
      if (row?.state.status === 'moving' && row.confirmedBy === tokenHash)
        return row.movesFrom ? 'moving' : 'called-off';
      const { confirmation, suppressedBy: _, softBounces: __, ...state } = row?.state ?? {};
      const isRight = confirmation?.tokenHash === tokenHash && at < confirmation.expiresAt && confirmation.movesFrom;
      if (!row || !isRight || !nextStatus(standingOf(row.state), 'confirmed')) return 'refused';
      const profile = row.requested ?? row.profile;
      const moving = { ...state, status: 'moving' } as SubscriberState;
      rows.set(to, { state: moving, profile, confirmedAt: at, confirmedBy: tokenHash, movesFrom: isRight });
      return 'moving';
    },
    async leave({ from, to }, confirmedAt, at) {
      const row = rows.get(from);
      const { status, claim } = row?.state ?? {};
      if (row && status === 'moving' && row.movesTo === to) return row.movesAs ?? 'active';
      if (!row || (status !== 'active' && status !== 'paused') || (row.confirmedAt ?? 0) > confirmedAt) return 'gone';
      if (claim && at - claim.at < dayMs) return 'busy';
      rows.set(from, { ...row, state: { ...row.state, status: 'moving' }, movesTo: to, movesAs: status });
      return status;
    },
    async arrive({ from, to }) {
      const own = rows.get(to);
      if (own?.state.status !== 'moving' || own.movesFrom !== from) return 'not-moving';
      const old = rows.get(from);
      if (!old?.profile || !own.profile || old.state.status !== 'moving' || old.movesTo !== to) return 'gone';
      const { pausedUntil } = old.state;
      const { movesFrom: _, ...kept } = own;
      const profile = { ...old.profile, address: own.profile.address };
      const state: SubscriberState = {
        ...(own.state.claim && { claim: own.state.claim }),
        ...takenOver(old.state, own.state),
        status: old.movesAs ?? 'active',
        slot: slotFor(profile),
        ...(pausedUntil !== undefined && { pausedUntil }),
      };
      slots.add(state.slot);
      rows.set(to, { ...kept, state, profile });
      return 'arrived';
    },
    async callOff({ from, to }) {
      const own = rows.get(to);
      if (own?.state.status !== 'moving' || own.movesFrom !== from) return 'not-moving';
      const { movesFrom: _, ...kept } = own;
      rows.set(to, kept);
      return 'called-off';
    },
    async oldSideOf({ from, to }) {
      const row = rows.get(from);
      const standing = row && row.movesTo === to ? standingOf(row.state) : 'active';
      if (standing === 'active' || standing === 'paused') return 'over';
      return standing === 'moving' || standing === 'bounced' ? standing : 'left';
    },
    async eraseMoved({ from, to }) {
      const row = rows.get(from);
      if (row?.movesTo !== to) return 'unchanged';
      const { status, slot, suppressedBy } = row.state;
      if (status === 'moving') rows.delete(from);
      else if (suppressedBy) rows.set(from, { state: { status, slot, suppressedBy, outcomes: [], seen: [] } });
      else return 'unchanged';
      return 'erased';
    },
  };
}
