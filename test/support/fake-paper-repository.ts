import { addDays, type CalendarDate, dateOf, dayMs, startOf } from '../../shared/domain/calendar-date.js';
import type { Observation, Paper } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { SourceHealth } from '../../shared/domain/paper/source-health.js';
import type { KnownPaper } from '../../shared/storage/papers/paper-changes.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';

/** Papers in memory, with the same rules as the ones in DynamoDB. */
export function fakePaperRepository(): PaperRepository {
  const papers = new Map<string, KnownPaper>();
  const histories = new Map<string, Map<number, Observation>>();
  const days = new Map<CalendarDate, { listed: number; at: number }>();
  const sources = new Map<string, SourceHealth>();
  let withdrawn: readonly PaperId[] = [];

  const activeIn = (first: CalendarDate, last: CalendarDate) =>
    [...papers.values()]
      .filter(({ paper }) => newestDayOf(paper) >= first && newestDayOf(paper) <= last)
      .sort((a, b) => (a.paper.id < b.paper.id ? -1 : 1));
  const historyOf = (id: string) => histories.get(id) ?? new Map<number, Observation>();
  const newestDayOf = (paper: Paper) => [...paper.listedDays, dateOf(paper.firstSeenAt)].sort().at(-1)!;

  return {
    async find(ids) {
      return new Map(ids.flatMap((id) => (papers.has(id) ? [[id, papers.get(id)!]] : [])));
    },
    async descriptions(ids) {
      return ids.flatMap((id) => papers.get(id)?.paper ?? []);
    },
    async keep(changes, at) {
      for (const { paper, latest } of changes.map(({ after }) => after)) {
        const history = historyOf(paper.id);
        if (latest?.at === at) histories.set(paper.id, new Map([[at, latest], ...history]));
        const newest = latest && (history.get(latest.at) ?? latest);
        papers.set(paper.id, { paper, ...(newest && { latest: newest }) });
      }
    },
    async activeBetween(first, last) {
      const keptFrom = startOf(addDays(last, -90));
      return activeIn(first, last).map(({ paper }) => ({
        paper,
        history: [...historyOf(paper.id).values()].filter(({ at }) => at > keptFrom).sort((a, b) => a.at - b.at),
      }));
    },
    async idsActiveOn(date) {
      return activeIn(date, date).map(({ paper }) => paper.id);
    },
    async knownBetween(first, last) {
      return activeIn(first, last);
    },
    async newestUntil(ids, at) {
      const isKept = (observation: Observation) => observation.at <= at && observation.at + 90 * dayMs > at;
      return new Map(
        ids.flatMap((id) => {
          const kept = [...historyOf(id).values()].filter(isKept).sort((a, b) => b.at - a.at);
          return kept[0] ? [[id, kept[0]] as const] : [];
        }),
      );
    },
    async withdrawn() {
      return [...withdrawn].sort();
    },
    async noteWithdrawn(ids) {
      withdrawn = ids;
    },
    async noteListedDay({ date, listed }, at) {
      if (at >= (days.get(date)?.at ?? 0)) days.set(date, { listed, at });
    },
    async listedDays(dates) {
      const known = [...new Set(dates)].sort().filter((date) => days.has(date));
      return known.map((date) => ({ date, listed: days.get(date)!.listed }));
    },
    async noteHealth(health) {
      sources.set(health.source, health);
    },
    async health() {
      return [...sources.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
    },
  };
}
