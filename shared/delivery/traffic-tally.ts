import type { Instant } from '../domain/calendar-date.js';
import { minuteOf, type TrafficCount } from '../domain/subscriber/mail-traffic.js';
import type { TrafficRepository } from '../storage/traffic-repository.js';

/** Counts mails in memory, so that an invocation writes once for each minute rather than once for each mail. */
export interface TrafficTally {
  note(at: Instant, name: TrafficCount): void;
  /** Writes what was noted since the last time; what could not be written stays for the next. */
  flush(): Promise<void>;
}

/** Makes the tally of one process. */
export function trafficTally({ add }: Pick<TrafficRepository, 'add'>, now: () => Instant): TrafficTally {
  const noted = new Map<Instant, Partial<Record<TrafficCount, number>>>();
  return {
    note(at, name) {
      const counts = noted.get(minuteOf(at)) ?? {};
      noted.set(minuteOf(at), { ...counts, [name]: (counts[name] ?? 0) + 1 });
    },
    async flush() {
      for (const [minute, counts] of [...noted]) {
        await add(minute, counts, now());
        noted.delete(minute);
      }
    },
  };
}
