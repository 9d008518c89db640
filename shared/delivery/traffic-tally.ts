import { type Instant, minuteMs } from '../domain/calendar-date.js';
import { minuteOf, type TrafficCount, trafficCounts } from '../domain/subscriber/reputation/mail-traffic.js';
import { realSurroundings } from '../runtime/surroundings.js';
import type { TrafficRepository } from '../storage/traffic-repository.js';

/** Counts mails in memory, so that an invocation writes once for each minute rather than once for each mail. */
export interface TrafficTally {
  note(at: Instant, name: TrafficCount): void;
  /** Writes what was noted since the last time; what could not be written stays for the next. */
  flush(): Promise<void>;
  /** Forgets what was noted of events and could not be written: these will come again, and be noted again. */
  forgetEvents(): void;
}

type Counts = Partial<Record<TrafficCount, number>>;

/** A row of one minute which this process alone writes. */
interface OwnRow {
  readonly key: string;
  /** All that is counted in it, and what of that is surely written. */
  counts: Counts;
  written: Counts;
  /** When it was begun, or last written or tried to be; nothing is added to one that is never touched again. */
  touchedAt: Instant | 'never again';
}

/** Events, which come again when they are not taken. */
const events: readonly string[] = ['seen', 'probesSeen'] satisfies TrafficCount[];

/** A row may be written again after so long. */
const restMs = 1000;

/** Nothing is added to a row that was not written for so long: whatever comes late begins another. */
const closedAfterMs = 10 * minuteMs;

const sumOf = (one: Counts, other: Counts): Counts =>
  Object.fromEntries(
    trafficCounts.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]).filter(([, sum]) => sum),
  );

/**
 * Makes the tally of one process. It writes rows of its own, and what it writes replaces what these hold: so no two processes
 * write one row, and a write whose reply was lost may be repeated. None is written more than once a second: whoever comes
 * back to a minute sooner begins another, since a function that is frozen must not leave behind what it has counted.
 */
export function trafficTally(
  { add }: Pick<TrafficRepository, 'add'>,
  now: () => Instant,
  random: () => number = realSurroundings.random,
): TrafficTally {
  const noted = new Map<Instant, Counts>();
  const rows = new Map<Instant, OwnRow[]>();

  function rowFor(minute: Instant): OwnRow {
    const own = rows.get(minute) ?? [];
    const rested = own.find(({ touchedAt }) => touchedAt !== 'never again' && touchedAt <= now() - restMs);
    if (rested) return rested;
    const row: OwnRow = { key: random().toString(36).slice(2), counts: {}, written: {}, touchedAt: now() };
    rows.set(minute, [...own, row]);
    return row;
  }

  async function write(minute: Instant, row: OwnRow): Promise<void> {
    const { counts } = row;
    if (row.touchedAt !== 'never again') row.touchedAt = now();
    await add(minute, counts, now(), row.key);
    row.written = counts;
  }

  /** Rows that are written and grow no more need not be remembered. */
  function tidy(): void {
    const isOver = ({ counts, written, touchedAt }: OwnRow) =>
      counts === written && (touchedAt === 'never again' || touchedAt < now() - closedAfterMs);
    for (const [minute, own] of rows) {
      const kept = own.filter((row) => !isOver(row));
      if (kept.length > 0) rows.set(minute, kept);
      else rows.delete(minute);
    }
  }

  async function writeAll(): Promise<void> {
    tidy();
    for (const [minute, counts] of noted) {
      const row = rowFor(minute);
      row.counts = sumOf(row.counts, counts);
    }
    noted.clear();
    for (const [minute, own] of rows) {
      for (const row of own.filter(({ counts, written }) => counts !== written)) await write(minute, row);
    }
  }

  let flushed: Promise<void> = Promise.resolve();

  return {
    note(at, name) {
      noted.set(minuteOf(at), sumOf(noted.get(minuteOf(at)) ?? {}, { [name]: 1 }));
    },

    flush() {
      // One after the other: jobs that end together would write the same rows at once.
      flushed = flushed.then(writeAll, writeAll);
      return flushed;
    },

    forgetEvents() {
      const withoutEvents = (counts: Counts, kept: Counts = {}): Counts => {
        const others = Object.entries(counts).filter(([name]) => !events.includes(name));
        const before = Object.entries(kept).filter(([name]) => events.includes(name));
        return Object.fromEntries([...others, ...before]);
      };
      for (const [minute, counts] of noted) noted.set(minute, withoutEvents(counts));
      for (const row of [...rows.values()].flat().filter(({ counts, written }) => counts !== written)) {
        // Maybe it is written all the same, and then no smaller sum replaces it.
        Object.assign(row, { counts: withoutEvents(row.counts, row.written), touchedAt: 'never again' });
      }
    },
  };
}
