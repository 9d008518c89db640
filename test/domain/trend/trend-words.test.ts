import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { ScorePart } from '../../../shared/domain/trend/trend-score.js';
import { describeRise, describeScore } from '../../../shared/domain/trend/trend-words.js';

const upvotes = { signal: 'upvotes', points: 3, gained: 48, hours: 9.4 } as const;
const today = '2026-08-07' as CalendarDate;

type Ranked = Parameters<typeof describeRise>[0];

function ranked(parts: readonly ScorePart[], changes: Partial<Ranked> = {}): Ranked {
  const value = parts.reduce((sum, { points }) => sum + points, 0);
  return { score: { value, parts }, counts: {}, paper: { listedDays: [] }, ...changes };
}

describe('a rise in words', () => {
  it('tells gains alone, the weightiest first, each beside its time', () => {
    const parts = [
      { signal: 'stars', points: 1, gained: 0, hours: 1, standing: 1 },
      { signal: 'comments', points: 2, gained: 1, hours: 50 },
      upvotes,
    ] as const;
    expect(describeRise(ranked(parts)).gains).toEqual(['+48 upvotes in 9 h', '+1 comment in 2 days']);
    expect(describeRise(ranked([])).gains).toEqual([]);
  });

  it('tells apart what there is in all, unless the gain says the same', () => {
    const totals = (counts: Ranked['counts']) => describeRise(ranked([upvotes], { counts })).totals;
    expect(totals({ upvotes: 1063, stars: 1 })).toEqual(['1,063 upvotes', '1 star']);
    expect(totals({ upvotes: 48, stars: 138 })).toEqual(['138 stars']);
    expect(totals({ upvotes: 0, stars: 0 })).toEqual([]);
    expect(totals({})).toEqual([]);
  });

  it('begins the totals with the end of the curve, even where the gain says the same', () => {
    const curve = [0, 20, 48];
    expect(describeRise(ranked([upvotes], { counts: { upvotes: 48 }, curve })).totals).toEqual(['48 upvotes']);
  });

  it('names the first day on the list', () => {
    const since = (day: string) => ({ paper: { listedDays: [day as CalendarDate] } });
    const gains = ['+48 upvotes in 9 h'];
    expect(describeRise(ranked([upvotes], since('2026-08-07')), today)).toMatchObject({ label: 'First day', gains });
    expect(describeRise(ranked([], since('2026-08-07')), today)).toMatchObject({ label: 'First day', gains: [] });
    expect(describeRise(ranked([upvotes], since('2026-08-06')), today)).toMatchObject({ label: 'Rising', gains });
    expect(describeRise(ranked([upvotes], since('2026-08-07')))).toMatchObject({ label: 'Rising', gains });
  });

  it('compares with the cohort where that is worth telling', () => {
    const times = (timesCohort: number) => describeRise(ranked([{ ...upvotes, timesCohort }])).gains;
    expect(times(3.14)).toEqual(["+48 upvotes in 9 h, 3.1× that day's average"]);
    expect(times(1.2)).toEqual(['+48 upvotes in 9 h']);
  });

  it('says with which papers it compares where the gain took days', () => {
    const gain = (hours: number) => describeRise(ranked([{ ...upvotes, hours, timesCohort: 5 }])).gains;
    expect(gain(47)).toEqual(["+48 upvotes in 47 h, 5.0× that day's average"]);
    expect(gain(48)).toEqual(['+48 upvotes in 2 days, 5.0× the average of papers listed that day']);
  });

  it('says nothing of who was held back', () => {
    const parts = [{ signal: 'submitter', points: -0.4, place: 3 }, upvotes] as const;
    expect(describeRise(ranked(parts))).toEqual({ label: 'Rising', gains: ['+48 upvotes in 9 h'], totals: [] });
  });

  it('says what came back, and that new code is why where nothing else is', () => {
    const lane = 'resurfaced';
    const code = { label: 'Resurfaced', gains: ['its code was published'], totals: [] };
    expect(describeRise(ranked([], { lane }))).toEqual(code);
    expect(describeRise(ranked([upvotes], { lane })).gains).toEqual(['+48 upvotes in 9 h']);
    const starred = [{ signal: 'stars', points: 1, gained: 0, hours: 1, standing: 7 }] as const;
    expect(describeRise(ranked(starred, { lane, counts: { stars: 7 } }))).toEqual({
      label: 'Resurfaced',
      gains: [],
      totals: ['7 stars'],
    });
    expect(describeRise(ranked(starred, { lane, paper: { listedDays: [], codeSince: 0 } }))).toEqual(code);
  });
});

describe('a score in words', () => {
  const described = (...parts: ScorePart[]) => describeScore({ value: 1, parts });

  it('has each of its parts with its points, the weightiest first', () => {
    const stars = { signal: 'stars', points: 3.5, gained: 12, hours: 24, standing: 138 } as const;
    expect(described(upvotes, stars)).toEqual([
      { words: '+12 stars in 24 h, and 138 stars in all', points: 3.5 },
      { words: '+48 upvotes in 9 h', points: 3 },
    ]);
    expect(described()).toEqual([]);
  });

  it('tells what counts although it was not seen to come, and what took points', () => {
    expect(described({ signal: 'stars', points: 0.5, gained: 0, hours: 1, standing: 1 })[0]?.words).toBe(
      '1 star in all',
    );
    const heldBack = { signal: 'submitter', points: -2, place: 3 } as const;
    expect(described(heldBack, { ...upvotes, standing: 48 })).toEqual([
      { words: '+48 upvotes in 9 h', points: 3 },
      { words: 'held back as paper 3 of the same submitter', points: -2 },
    ]);
  });
});
