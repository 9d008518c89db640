import { type Instant, minuteMs } from '../domain/calendar-date.js';
import type { SendQuota } from '../mail/send/ses-sender.js';

/** Waits until the next mail may be sent. */
type NextTurn = () => Promise<void>;

/**
 * Spaces turns evenly, at most `perSecond` of them a second, in the order in which they were asked for. It reads no
 * clock: the pause after a turn starts when the turn is given, so time spent sending counts.
 */
export function evenPace(perSecond: number, sleep: (ms: number) => Promise<unknown>): NextTurn {
  if (!(perSecond > 0)) throw new RangeError(`a rate must be above 0, not ${perSecond}`);
  // Timers drop fractions of a millisecond, which would add up to a rate above the limit.
  const pauseMs = Math.ceil(1000 / perSecond);
  let free: Promise<unknown> = Promise.resolve();
  return () => {
    const turn = free.then(() => undefined);
    free = turn.then(() => sleep(pauseMs));
    return turn;
  };
}

/**
 * One pace for all jobs of a process, replaced when the rate changes: many small jobs must not each start with a free
 * turn.
 */
export function sharedPace(sleep: (ms: number) => Promise<unknown>): (perSecond: number) => NextTurn {
  let known: { readonly perSecond: number; readonly next: NextTurn } | undefined;
  return (perSecond) => {
    if (known?.perSecond !== perSecond) known = { perSecond, next: evenPace(perSecond, sleep) };
    return known.next;
  };
}

/** Reads the quota at most once a minute: SES answers it only once a second for the whole account. */
export function rememberedQuota(read: () => Promise<SendQuota>, now: () => Instant): () => Promise<SendQuota> {
  let known: { readonly quota: SendQuota; readonly at: Instant } | undefined;
  return async () => {
    if (!known || now() - known.at >= minuteMs) known = { quota: await read(), at: now() };
    return known.quota;
  };
}
