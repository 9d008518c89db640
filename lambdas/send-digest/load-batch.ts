import type { Instant } from '../../shared/domain/calendar-date.js';
import { balanceBatch, isOpen, withEnded } from '../../shared/domain/subscriber/delivery.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import type { Batch } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { RecordedOutcome } from './tally-outcomes.js';

interface LoadBatchDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  readonly warn: (message: string, what: object) => void;
}

/** The subscribers of a batch, and those whose rows cannot be read. */
export interface LoadedBatch {
  readonly readable: readonly Subscriber[];
  readonly unreadable: readonly SubscriberId[];
}

/**
 * Reads a batch's subscribers; one bad row costs nobody else their digest. A table that does not answer makes no row
 * unreadable: that throws, and the job is delivered again.
 */
export async function loadBatch(
  batch: Pick<Batch, 'subscribers'>,
  { subscribers, warn }: LoadBatchDeps,
): Promise<LoadedBatch> {
  const unreadable: SubscriberId[] = [];
  const readable = await subscribers.load(batch.subscribers, (id, error) => {
    warn('a subscriber cannot be read', { subscriber: id, reason: describeFault(error) });
    unreadable.push(id);
  });
  return { readable, unreadable };
}

/**
 * A batch as its job leaves it. What the job recorded is known, as is who had ended, or was not to be mailed, when it read
 * them; all others are read again: another worker may hold their claim, or an event have closed it.
 */
export async function afterJob(
  batch: Batch,
  before: LoadedBatch,
  recorded: readonly RecordedOutcome[],
  deps: LoadBatchDeps & { readonly now: () => Instant },
): Promise<LoadedBatch> {
  const ended = new Map(recorded.map(({ subscriber, ended }) => [subscriber, ended]));
  const readAt = deps.now();
  const known: Subscriber[] = [];
  const asked: SubscriberId[] = [];
  for (const subscriber of before.readable) {
    const own = ended.get(subscriber.id);
    if (own) known.push(withEnded(subscriber, own));
    else if (isOpen(subscriber, batch.run, batch.id, readAt)) asked.push(subscriber.id);
    else known.push(subscriber);
  }
  if (asked.length === 0) return { ...before, readable: known };
  const { readable, unreadable } = await loadBatch({ subscribers: asked }, deps);
  return { readable: [...known, ...readable], unreadable: [...before.unreadable, ...unreadable] };
}

/**
 * Counts a batch by what is recorded at `now`. A subscriber who cannot be read joins the broken, and is open until the
 * digests expire: then the run must close without them.
 */
export function countBatch(
  batch: Batch,
  { readable, unreadable }: LoadedBatch,
  broken: ReadonlySet<SubscriberId>,
  { now, isPastLife }: { readonly now: Instant; readonly isPastLife: boolean },
) {
  const count = (ids: readonly SubscriberId[]) => {
    const known = ids.filter((id) => !unreadable.includes(id));
    const { balance, uncertain } = balanceBatch(known, readable, batch.run, batch.id, now);
    const lost = ids.length - known.length;
    const ending = isPastLife ? 'expired' : 'open';
    return {
      balance: { ...balance, candidates: balance.candidates + lost, [ending]: balance[ending] + lost },
      uncertain,
    };
  };
  const isAffected = (id: SubscriberId) => broken.has(id) || unreadable.includes(id);
  return { ...count(batch.subscribers), broken: count(batch.subscribers.filter(isAffected)).balance.open };
}
