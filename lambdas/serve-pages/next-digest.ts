import { dateOf, type Instant } from '../../shared/domain/calendar-date.js';
import { nextDue } from '../../shared/domain/subscriber/slot.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { comingTimeInWords } from '../../shared/domain/text/time-in-words.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

interface TimeDeps {
  /** 0–23, UTC. */
  readonly publishHour: number;
  readonly now: () => Instant;
}

interface NextDigestDeps extends TimeDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
}

interface FirstDigestDeps extends TimeDeps {
  readonly editions: Pick<EditionRepository, 'newestDate'>;
}

/**
 * When somebody who came back gets the next digest, in words: of today's edition too, unless they had it before;
 * `undefined` when they are gone again.
 */
export async function nextDigestInWords(
  subscriber: SubscriberId,
  { subscribers, publishHour, now }: NextDigestDeps,
): Promise<string | undefined> {
  const [found] = await subscribers.load([subscriber]);
  if (!found) return undefined;
  const { state, profile } = found;
  const at = now();
  return comingTimeInWords(nextDue(state.slot, at, publishHour, state.edition), at, profile.timeZone);
}

/** When a new subscriber can get the first digest of an edition that is not out yet, said by `inWords`. */
export async function firstDigestInWords(
  { state, profile }: Pick<Subscriber, 'state' | 'profile'>,
  inWords: typeof comingTimeInWords,
  deps: FirstDigestDeps,
): Promise<string> {
  const now = deps.now();
  const due = nextDue(state.slot, now, deps.publishHour, await deps.editions.newestDate(dateOf(now)));
  return inWords(due, now, profile.timeZone);
}
