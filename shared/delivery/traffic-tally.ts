import type { Instant } from '../domain/calendar-date.js';
import { minuteOf, type TrafficCount } from '../domain/subscriber/mail-traffic.js';
import { realSurroundings } from '../runtime/surroundings.js';
import type { TrafficRepository } from '../storage/traffic-repository.js';

/** Counts mails in memory, so that an invocation writes once for each minute rather than once for each mail. */
export interface TrafficTally {
  note(at: Instant, name: TrafficCount): void;
  /** Writes what was noted since the last time; what could not be written stays for the next. */
  flush(): Promise<void>;
}

type Counts = Readonly<Partial<Record<TrafficCount, number>>>;

/** No more is counted as seen than was accepted, so only those counts need a key, and a minute's row stays small. */
const mayRepeat: readonly string[] = ['seen', 'probesSeen'] satisfies TrafficCount[];

/**
 * Makes the tally of one process. A write whose reply was lost is repeated, by the SDK or the next flush: counted twice,
 * one mail would look like one whose event is missing, and in a small house no claim in doubt would be settled any more.
 */
export function trafficTally(
  { add }: Pick<TrafficRepository, 'add'>,
  now: () => Instant,
  random: () => number = realSurroundings.random,
): TrafficTally {
  const noted = new Map<Instant, Counts>();
  const unwritten = new Set<{ readonly minute: Instant; readonly counts: Counts; readonly key: string | undefined }>();
  const keyOf = (counts: Counts) =>
    Object.keys(counts).every((name) => mayRepeat.includes(name)) ? undefined : random().toString(36).slice(2);
  return {
    note(at, name) {
      const counts = noted.get(minuteOf(at)) ?? {};
      noted.set(minuteOf(at), { ...counts, [name]: (counts[name] ?? 0) + 1 });
    },
    async flush() {
      for (const [minute, counts] of noted) unwritten.add({ minute, counts, key: keyOf(counts) });
      noted.clear();
      for (const write of [...unwritten]) {
        await add(write.minute, write.counts, now(), write.key);
        unwritten.delete(write);
      }
    },
  };
}
