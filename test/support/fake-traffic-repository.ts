import { minuteMs } from '../../shared/domain/calendar-date.js';
import {
  minuteOf,
  sumMinutes,
  type TrafficMinute,
  trafficCounts,
} from '../../shared/domain/subscriber/reputation/mail-traffic.js';
import type { SendingState, TrafficRepository } from '../../shared/storage/traffic-repository.js';

const totalOf = (row?: TrafficMinute) => trafficCounts.reduce((sum, name) => sum + (row?.[name] ?? 0), 0);

/** Traffic in memory, with the same rules as that in DynamoDB. */
export function fakeTrafficRepository(): TrafficRepository {
  const rows = new Map<string, TrafficMinute>();
  const sending = new Map<string, SendingState>();
  const probes = new Map<string, { at: number; isRefused: boolean }>();

  return {
    async add(minute, counts, at, key) {
      const row = `${minute} ${key ?? ''}`;
      const changed = at !== undefined && { changedAt: at };
      const before = rows.get(row);
      const added = sumMinutes([...(before && key === undefined ? [before] : []), { minute, ...counts }]);
      const [sum = { minute }] = added;
      if (totalOf(sum) > totalOf(before)) rows.set(row, { ...before, ...sum, ...changed });
    },
    async between(from, to) {
      const found = [...rows.values()].filter(({ minute }) => minute >= minuteOf(from) && minute <= to);
      return sumMinutes(found);
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
    async halt(sort, at, haltedBy) {
      const before = sending.get(sort);
      if (before?.haltedAt !== undefined) return 'already-halted';
      sending.set(sort, { ...before, haltedAt: at, ...(haltedBy && { haltedBy }) });
      return 'halted';
    },
    async resume(sort, at) {
      const { haltedAt, haltedBy, ...before } = sending.get(sort) ?? {};
      if (haltedAt === undefined) return 'not-halted';
      sending.set(sort, haltedBy === 'admin' ? before : { resumedAt: at });
      return 'resumed';
    },
    async noteProbeRefused(run, at) {
      if (probes.get(run)?.at === at) probes.set(run, { at, isRefused: true });
    },
  };
}
