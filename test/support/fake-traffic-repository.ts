import { minuteMs } from '../../shared/domain/calendar-date.js';
import { minuteOf, type TrafficMinute, trafficCounts } from '../../shared/domain/subscriber/mail-traffic.js';
import type { SendingState, TrafficRepository } from '../../shared/storage/traffic-repository.js';

/** Traffic in memory, with the same rules as that in DynamoDB. */
export function fakeTrafficRepository(): TrafficRepository {
  const minutes = new Map<number, TrafficMinute>();
  const sending = new Map<string, SendingState>();
  const probes = new Map<string, { at: number; isRefused: boolean }>();

  return {
    async add(minute, counts, at) {
      const before = minutes.get(minute) ?? { minute };
      const names = trafficCounts.filter((name) => counts[name]);
      const sums = names.map((name) => [name, (before[name] ?? 0) + (counts[name] ?? 0)] as const);
      if (sums.length > 0)
        minutes.set(minute, { ...before, ...(at !== undefined && { changedAt: at }), ...Object.fromEntries(sums) });
    },
    async between(from, to) {
      const found = [...minutes.values()].filter(({ minute }) => minute >= minuteOf(from) && minute <= to);
      return found.sort((a, b) => a.minute - b.minute);
    },
    async takeProbe(run, at) {
      const last = probes.get(run);
      if (last && at - last.at < 15 * minuteMs) return last.isRefused ? 'down' : 'up';
      probes.set(run, { at, isRefused: false });
      return 'taken';
    },
    async sending(sort) {
      return sending.get(sort) ?? {};
    },
    async halt(sort, at) {
      const before = sending.get(sort);
      if (before?.haltedAt === undefined) sending.set(sort, { ...before, haltedAt: at });
    },
    async resume(sort, at) {
      if (sending.get(sort)?.haltedAt === undefined) return 'not-halted';
      sending.set(sort, { resumedAt: at });
      return 'resumed';
    },
    async noteProbeRefused(run, at) {
      if (probes.get(run)?.at === at) probes.set(run, { at, isRefused: true });
    },
  };
}
