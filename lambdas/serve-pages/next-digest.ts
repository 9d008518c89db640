import { dateOf, type Instant } from '../../shared/domain/calendar-date.js';
import { nextDue } from '../../shared/domain/subscriber/slot.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { comingTimeInWords } from '../../shared/domain/text/time-in-words.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

interface NextDigestDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  readonly editions: Pick<EditionRepository, 'newestDate'>;
  /** 0–23, UTC. */
  readonly publishHour: number;
  readonly now: () => Instant;
}

/**
 * When somebody who is subscribed from now on can get the first digest of an edition that is not out yet, in words;
 * `undefined` when they are gone again.
 */
export async function nextDigestInWords(subscriber: SubscriberId, deps: NextDigestDeps): Promise<string | undefined> {
  const now = deps.now();
  const [found] = await deps.subscribers.load([subscriber]);
  if (!found) return undefined;
  const due = nextDue(found.state.slot, now, deps.publishHour, await deps.editions.newestDate(dateOf(now)));
  return comingTimeInWords(due, now, found.profile.timeZone);
}
