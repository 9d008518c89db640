import { describe, expect, it } from '@jest/globals';
import { describeRank, describeRise } from '../../../shared/domain/trend/trend-words.js';

const upvotes = { signal: 'upvotes', points: 3, gained: 48, hours: 9.4 } as const;

describe('a score in words', () => {
  it('tells the weightiest part first, a gain beside its time, and what stands without one', () => {
    const parts = [
      { signal: 'stars', points: 1, gained: 0, hours: 1, standing: 1 },
      { signal: 'comments', points: 2, gained: 1, hours: 50 },
      upvotes,
    ] as const;
    expect(describeRise({ value: 6, parts })).toEqual(['+48 upvotes in 9 h', '+1 comment in 2 days', '1 GitHub star']);
    expect(describeRise({ value: 0, parts: [] })).toEqual([]);
  });

  it('compares with the cohort where that is worth telling', () => {
    const times = (timesCohort: number) => describeRise({ value: 3, parts: [{ ...upvotes, timesCohort }] });
    expect(times(3.14)).toEqual(["+48 upvotes in 9 h, 3.1× that day's average"]);
    expect(times(1.2)).toEqual(['+48 upvotes in 9 h']);
  });

  it('says who was held back, and what came back', () => {
    const parts = [{ signal: 'submitter', points: -0.4, place: 3 }, upvotes] as const;
    expect(describeRank({ score: { value: 2.6, parts } })).toEqual({
      label: 'Rising',
      words: ['+48 upvotes in 9 h', 'ranked lower: paper 3 by the same submitter'],
    });
    expect(describeRank({ score: { value: 0, parts: [] }, lane: 'resurfaced' })).toEqual({
      label: 'Resurfaced',
      words: ['its code was published'],
    });
  });
});
