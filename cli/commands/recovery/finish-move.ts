import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { Move, SubscriberMoves } from '../../../shared/storage/subscribers/subscriber-moves.js';

interface FinishMoveDeps {
  readonly moves: Pick<SubscriberMoves, 'beginMove' | 'leave' | 'arrive'>;
  readonly consents: Pick<ConsentRepository, 'of'>;
  /** Marks what the old address may have been sent since the backup, and ends its open claim. */
  readonly markSent: (id: SubscriberId) => Promise<unknown>;
  readonly now: () => Instant;
}

const cause = 'change of address';

/**
 * Takes the steps of a change of address that the backup knows and that was made after it; one that may still be underway is
 * left to its message. Each step may be made again.
 */
export async function finishMove(
  move: Move,
  tokenHash: string | undefined,
  { moves, consents, markSent, now }: FinishMoveDeps,
): Promise<'arrived' | 'left alone'> {
  const confirmed = (await consents.of(move.to)).findLast(
    (entry) => entry.event === 'confirmed' && entry.cause === cause,
  );
  const isOver = (await consents.of(move.from)).some(
    (entry) => entry.event === 'erased' && entry.cause === cause && entry.at >= (confirmed?.at ?? 0),
  );
  if (!confirmed || !isOver) return 'left alone';
  if (tokenHash !== undefined) await moves.beginMove(move.to, tokenHash, confirmed.at);
  await markSent(move.from);
  // A day later no claim is in the way; it was ended above.
  const left = await moves.leave(move, confirmed.at, now() + dayMs);
  if (left === 'gone' || left === 'busy') return 'left alone';
  return (await moves.arrive(move, now())) === 'arrived' ? 'arrived' : 'left alone';
}
