import type { Instant } from '../../shared/domain/calendar-date.js';

/** The time in a house and in every function of it. */
export interface HouseClock {
  now(): Instant;
  /** Where worker threads read a virtual clock's milliseconds; a real clock has none. */
  readonly shared?: SharedArrayBuffer;
  /** Calls back whenever a virtual clock is set; returns how to stop. */
  onSet(listener: () => void): () => void;
}

/** A clock that stands still until it is set. */
export interface VirtualClock extends HouseClock {
  readonly shared: SharedArrayBuffer;
  /** Sets the time; it never goes back. */
  set(at: Instant): void;
}

/** The machine's own time. */
export function realClock(): HouseClock {
  return { now: () => Date.now(), onSet: () => () => undefined };
}

/** A clock that shows `start` until it is set to something later. */
export function virtualClock(start: Instant): VirtualClock {
  const shared = new SharedArrayBuffer(8);
  const hand = new BigInt64Array(shared);
  const listeners = new Set<() => void>();
  const now = () => Number(Atomics.load(hand, 0));
  Atomics.store(hand, 0, BigInt(start));
  return {
    now,
    shared,
    onSet(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(at) {
      if (at < now()) throw new Error(`a clock cannot go back from ${now()} to ${at}`);
      Atomics.store(hand, 0, BigInt(at));
      for (const listener of listeners) listener();
    },
  };
}
