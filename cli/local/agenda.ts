import type { Instant } from '../../shared/domain/calendar-date.js';
import type { HouseClock } from './clock.js';

/** What the house has to do at instants of its own time. */
export interface Agenda {
  /** Calls back once, at that instant or as soon as the clock is past it. */
  at(instant: Instant, act: () => void): void;
  /** The earliest instant on the agenda after a given one; Infinity when there is none. */
  next(after: Instant): Instant;
  close(): void;
}

/** The longest time that a timer of Node measures. */
const longestMs = 2 ** 31 - 1;

export function openAgenda(clock: HouseClock): Agenda {
  let entries: { readonly instant: Instant; readonly act: () => void }[] = [];
  const timers = new Set<NodeJS.Timeout>();

  function runDue(): void {
    const due = entries.filter(({ instant }) => instant <= clock.now());
    entries = entries.filter((entry) => !due.includes(entry));
    for (const { act } of due) act();
  }
  function setTimer(instant: Instant): void {
    const waitMs = Math.min(Math.max(0, instant - clock.now()), longestMs);
    const timer = setTimeout(() => {
      timers.delete(timer);
      runDue();
    }, waitMs);
    timers.add(timer.unref());
  }
  const stopListening = clock.onSet(runDue);
  return {
    at(instant, act) {
      entries.push({ instant, act });
      entries.sort((one, other) => one.instant - other.instant);
      if (!clock.shared) setTimer(instant);
    },
    next: (after) => entries.find(({ instant }) => instant > after)?.instant ?? Number.POSITIVE_INFINITY,
    close() {
      stopListening();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
