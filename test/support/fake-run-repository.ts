import { noOutcomes, sumBalances } from '../../shared/domain/subscriber/outcome.js';
import type { Slot } from '../../shared/domain/subscriber/slot.js';
import { batchIdOf } from '../../shared/storage/run-rows.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';

/** Runs in memory, with the same rules as the ones in DynamoDB. */
export function fakeRunRepository(): RunRepository {
  const batches = new Map<string, Batch>();
  const plans = new Map<string, Set<Slot>>();

  const keyOf = (run: string, id: string) => `${run} ${id}`;
  const ofRun = (run: string) =>
    [...batches.values()].filter((batch) => batch.run === run).sort((a, b) => (a.id < b.id ? -1 : 1));

  return {
    async openBatch({ run, slot, seq, subscribers, pageEnds }, at) {
      const id = batchIdOf(slot, seq);
      if (batches.has(keyOf(run, id))) return 'exists';
      const balance = { candidates: subscribers.length, open: subscribers.length, ...noOutcomes };
      batches.set(keyOf(run, id), {
        run,
        id,
        slot,
        subscribers,
        ...(pageEnds && { pageEnds }),
        balance,
        uncertain: [],
        broken: 0,
        openedAt: at,
        quotaStops: 0,
      });
      return 'opened';
    },
    async adoptWelcome(run, slot, subscriber, at) {
      const id = `welcome#${subscriber}`;
      if (batches.has(keyOf(run, id))) return;
      const balance = { candidates: 1, open: 1, ...noOutcomes };
      const counts = { balance, uncertain: [], broken: 0, quotaStops: 0 };
      batches.set(keyOf(run, id), { run, id, slot, subscribers: [subscriber], ...counts, openedAt: at, countedAt: at });
    },
    async batchesOfSlot(run, slot) {
      return ofRun(run).filter(({ id }) => id.startsWith(`${slot}#`));
    },
    async batchesOf(run) {
      return ofRun(run);
    },
    async findBatch(run, id) {
      return batches.get(keyOf(run, id));
    },
    async completePlan(run, slot) {
      plans.set(run, new Set([...(plans.get(run) ?? []), slot]));
    },
    async plannedSlots(run) {
      return new Set(plans.get(run));
    },
    async replaceBalance(run, id, accounting, at) {
      const batch = batches.get(keyOf(run, id));
      if (!batch) throw new Error(`there is no batch ${id} in run ${run}`);
      batches.set(keyOf(run, id), { ...batch, ...accounting, countedAt: at });
    },
    async openBatches(run, without = new Set()) {
      return ofRun(run).filter(({ id, balance }) => balance.open > 0 && !without.has(id));
    },
    async openBatchIds(run) {
      return (await this.openBatches(run)).map(({ id }) => id);
    },
    async noteAsked(run, id, at) {
      const batch = batches.get(keyOf(run, id));
      if (batch) batches.set(keyOf(run, id), { ...batch, askedAt: at });
    },
    async progress(run) {
      const found = ofRun(run);
      if (found.length === 0) return 'nobody-due';
      return found.some(({ balance }) => balance.open > 0) ? 'open' : 'ended';
    },
    async balance(run) {
      const found = ofRun(run);
      return {
        ...sumBalances(found.map(({ balance }) => balance)),
        uncertainSubscribers: found.flatMap(({ uncertain }) => uncertain),
        broken: found.reduce((sum, { broken }) => sum + broken, 0),
        quotaStops: found.reduce((sum, { quotaStops }) => sum + quotaStops, 0),
      };
    },
  };
}
