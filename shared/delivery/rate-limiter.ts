/** Waits until the next send may start. */
export type NextTurn = () => Promise<void>;

/**
 * Spaces turns evenly, at most `perSecond` of them a second, in the order in which they were asked for. It reads no
 * clock: the pause after a turn runs from the moment the turn was given, so time spent sending counts.
 */
export function rateLimiter(perSecond: number, sleep: (ms: number) => Promise<unknown>): NextTurn {
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

/** One gate for all jobs of a process, made anew when the rate changes: many small jobs must not each begin with a free turn. */
export function sharedRateLimiter(sleep: (ms: number) => Promise<unknown>): (perSecond: number) => NextTurn {
  let known: { readonly perSecond: number; readonly next: NextTurn } | undefined;
  return (perSecond) => {
    if (known?.perSecond !== perSecond) known = { perSecond, next: rateLimiter(perSecond, sleep) };
    return known.next;
  };
}
