import { describe, expect, it } from '@jest/globals';
import { describeHindsight, describeRun, reportOf } from '../../../../cli/commands/watch/show-run.js';
import { slotOf } from '../../../../shared/domain/subscriber/slot.js';
import { aBalance, aHindsight, day, instant, subscriberId } from '../../../support/builders.js';
import { fakeRunRepository } from '../../../support/fake-run-repository.js';

describe('a hindsight in one line', () => {
  it('has every figure, and the biggest miss', () => {
    expect(describeHindsight(aHindsight())).toBe(
      'hindsight of 2026-08-07: NDCG@10 0.81 (raw upvotes 0.75), p@3/5/10 0.67/0.60/0.70; missed 2608.00009, place 31, later 2',
    );
  });

  it('goes without what is not known', () => {
    const { rawUpvotes: _raw, biggestMiss: _miss, ...bare } = aHindsight();
    expect(describeHindsight(bare)).toBe(
      'hindsight of 2026-08-07: NDCG@10 0.81 (raw upvotes not known), p@3/5/10 0.67/0.60/0.70',
    );
    const { ours: _ours, ...unseen } = bare;
    expect(describeHindsight(unseen)).toBe('hindsight of 2026-08-07: no upvotes seen after publication');
  });
});

const run = day('2026-08-07');
const slot = slotOf('UTC', 5);
const at = instant('2026-08-07T05:15');

/** A run of two batches of two; in the second this many of the open digests are broken. */
async function aRun(broken: number) {
  const runs = fakeRunRepository();
  const settled = { balance: aBalance(2, { open: 0, sent: 2 }), uncertain: [], broken: 0, quotaStops: 0 };
  const left = { balance: aBalance(2, { open: 2 }), uncertain: [], broken, quotaStops: 0 };
  for (const [seq, accounting] of [settled, left].entries()) {
    await runs.openBatch({ run, slot, seq, subscribers: [subscriberId(2 * seq), subscriberId(2 * seq + 1)] }, at);
    await runs.replaceBalance(run, `${slot}#000${seq}`, accounting, at);
  }
  return reportOf(run, runs, undefined);
}

describe('a shown run', () => {
  it('names the digests that a fault in Paperboy holds up, and their batches', async () => {
    const report = await aRun(2);
    expect(report).toMatchObject({ broken: 2, brokenBatches: [{ id: `${slot}#0001`, broken: 2 }] });
    const lines = describeRun(run, report).split('\n');
    expect(lines).toContain('broken      2 of the open: a fault in Paperboy, see the log');
    expect(lines).toContain(`broken in batch: ${slot}#0001 2`);
  });

  it('has no such line where there is none', async () => {
    const report = await aRun(0);
    expect(report).toMatchObject({ open: 2, broken: 0, brokenBatches: [] });
    expect(describeRun(run, report)).not.toContain('broken');
  });

  it('is shown when nobody is in it, for its readers were welcomed with the edition', async () => {
    const runs = fakeRunRepository();
    await expect(reportOf(run, runs, undefined)).rejects.toThrow('there is no run of 2026-08-07');
    await runs.openBatch({ run, slot, seq: 0, subscribers: [] }, at);
    expect(await reportOf(run, runs, undefined)).toMatchObject({ candidates: 0, open: 0 });
  });
});
