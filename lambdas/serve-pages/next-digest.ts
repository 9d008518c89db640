import { dateOf, type Instant } from '../../shared/domain/calendar-date.js';
import { nextDue } from '../../shared/domain/subscriber/slot.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
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
  const [found] = await deps.subscribers.load([subscriber]);
  return found && firstDigestInWords(found, comingTimeInWords, deps);
}

/** The same for somebody who has been read already, said by `inWords`. */
export async function firstDigestInWords(
  { state, profile }: Pick<Subscriber, 'state' | 'profile'>,
  inWords: typeof comingTimeInWords,
  deps: Omit<NextDigestDeps, 'subscribers'>,
): Promise<string> {
  const now = deps.now();
  const due = nextDue(state.slot, now, deps.publishHour, await deps.editions.newestDate(dateOf(now)));
  return inWords(due, now, profile.timeZone);
}
