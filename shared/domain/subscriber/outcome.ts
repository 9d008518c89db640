/**
 * How a digest ended: `unmatched` = nothing new matched, `quiet-noted` = nothing new matched for the eighth time in a row
 * and a still-here mail said so, `uncertain` = nobody knows whether it was sent.
 */
export const outcomes = ['sent', 'unmatched', 'quiet-noted', 'suppressed', 'failed', 'expired', 'uncertain'] as const;

export type Outcome = (typeof outcomes)[number];

/** How many candidates ended how. */
type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** All digests of one edition; balanced when `candidates` is the sum of the outcomes, so `open` is 0. */
export interface RunBalance extends OutcomeCounts {
  readonly candidates: number;
  /** Candidates without an outcome yet. */
  readonly open: number;
}

export const noOutcomes: OutcomeCounts = {
  sent: 0,
  unmatched: 0,
  'quiet-noted': 0,
  suppressed: 0,
  failed: 0,
  expired: 0,
  uncertain: 0,
};

/** Adds batches up to a run. */
export function sumBalances(balances: readonly RunBalance[]): RunBalance {
  const total = { candidates: 0, open: 0, ...noOutcomes };
  for (const balance of balances) {
    total.candidates += balance.candidates;
    total.open += balance.open;
    for (const outcome of outcomes) total[outcome] += balance[outcome];
  }
  return total;
}
