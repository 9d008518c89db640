import { describe, expect, it } from '@jest/globals';
import { describeHindsight } from '../../../cli/commands/show-run.js';
import { aHindsight } from '../../support/builders.js';

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
    expect(describeHindsight(unseen)).toBe('hindsight of 2026-08-07: no upvote was seen after it came out');
  });
});
