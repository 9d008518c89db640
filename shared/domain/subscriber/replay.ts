import type { Instant } from '../calendar-date.js';
import type { Consent } from './consent.js';
import { type KnownStatus, standingAfter } from './lifecycle.js';
import { softBouncePolicy } from './reputation/bounce.js';

/** A subscription as a backup has it. */
interface BackedUp {
  readonly standing: KnownStatus;
  /** When it began: whatever was erased after that, is this one. */
  readonly begunAt: Instant;
  readonly changedAt: Instant;
  /** Whether it waits to take over another address's subscription; then that change makes it what it becomes. */
  readonly isToTakeOver: boolean;
}

/** What becomes of a subscription of a backup, or of nothing, once what happened later is known. */
export type Replay =
  | { readonly do: 'nothing' }
  /** Nothing is known of them but the id: they subscribed after the backup. */
  | { readonly do: 'list' }
  /** Nothing is kept but, for who may not be mailed, a mark. Who came back afterwards is listed as well. */
  | { readonly do: 'erase'; readonly mark?: Mark; readonly isListed: boolean }
  | { readonly do: 'mark'; readonly mark: Mark }
  | {
      readonly do: 'stand';
      readonly standing: Exclude<KnownStatus, 'none' | 'pending' | 'moving'>;
      readonly pausedUntil?: Instant;
      readonly confirmedAt?: Instant;
    };

type Mark = 'bounced' | 'suppressed';

/**
 * Decides by the whole journal, oldest entry first, that begins where the backup's row stands: entries from before the backup
 * lead to where the row is, and a subscriber without a journal stays there.
 */
export function replayOf(journal: readonly Consent[], backedUp: BackedUp | undefined): Replay {
  if (!backedUp) return ofNobody(standingAfter(journal));
  const standing = standingAfter(journal, backedUp.standing);
  const isErased = journal.some(({ event, at }) => event === 'erased' && at > backedUp.begunAt);
  if (isErased) return erased(standingAfter(journal), standing);
  const pause = newest(journal, 'paused');
  const isPausedAnew = standing === 'paused' && pause !== undefined && pause.at > backedUp.changedAt;
  if (standing === 'none' || standing === 'moving' || (standing === backedUp.standing && !isPausedAnew)) return nothing;
  if (backedUp.isToTakeOver && isMailed(standing)) return nothing;
  // The request's own link is not known here: who has asked again, asks once more.
  if (standing === 'pending') return isMailed(backedUp.standing) ? { do: 'stand', standing: 'unsubscribed' } : nothing;
  const confirmedAt = newest(journal, 'confirmed')?.at;
  const pausedUntil = standing === 'paused' ? endOfPause(pause) : undefined;
  return {
    do: 'stand',
    standing,
    ...(confirmedAt !== undefined && { confirmedAt }),
    ...(pausedUntil !== undefined && { pausedUntil }),
  };
}

const nothing: Replay = { do: 'nothing' };
const isMailed = (standing: KnownStatus) => standing === 'active' || standing === 'paused';
const isMark = (standing: KnownStatus): standing is Mark => standing === 'bounced' || standing === 'suppressed';

function ofNobody(standing: KnownStatus): Replay {
  if (isMark(standing)) return { do: 'mark', mark: standing };
  return isMailed(standing) ? { do: 'list' } : nothing;
}

/** The backup's row may hold a mark of which the journal knows nothing. */
function erased(byJournal: KnownStatus, fromRow: KnownStatus): Replay {
  const mark = [fromRow, byJournal].find(isMark);
  return { do: 'erase', ...(mark && { mark }), isListed: !mark && isMailed(byJournal) };
}

const newest = (journal: readonly Consent[], wanted: Consent['event']) =>
  journal.findLast(({ event }) => event === wanted);

/** Pauses of earlier versions do not say until when, but for those after bounces, which last a week. */
function endOfPause(pause: Consent | undefined): Instant | undefined {
  if (pause?.cause === 'soft bounces') return pause.until ?? pause.at + softBouncePolicy.pauseMs;
  return pause?.until;
}
