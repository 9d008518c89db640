import type { Hindsight } from '../../shared/domain/edition/hindsight.js';
import type { HindsightRepository } from '../../shared/storage/hindsights-repository.js';

/** Hindsights in memory. */
export function fakeHindsightRepository(...kept: readonly Hindsight[]): HindsightRepository {
  const byDate = new Map(kept.map((hindsight) => [hindsight.date, hindsight]));
  return {
    async keep(hindsight) {
      if (byDate.has(hindsight.date)) return 'already-kept';
      byDate.set(hindsight.date, hindsight);
      return 'kept';
    },
    async newest(count) {
      const dates = [...byDate.keys()].sort().reverse().slice(0, count);
      return dates.map((date) => byDate.get(date)!);
    },
  };
}
