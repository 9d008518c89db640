import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../../../shared/domain/calendar-date.js';
import { outcomes } from '../../../shared/domain/subscriber/outcome.js';
import {
  claimedPapersText,
  formerOutcomesText,
  outcomesText,
  readClaimedPapers,
  readOutcomes,
  withOutcome,
} from '../../../shared/storage/subscribers/packed-history.js';
import { day, paperId } from '../../support/builders.js';

const dates = fc.nat(20_000).map((days) => addDays(day('2000-01-01'), days));

describe('kept outcomes', () => {
  const outcome = fc.record({
    edition: dates,
    outcome: fc.constantFrom(...outcomes),
    batch: fc.constantFrom('Europe/Berlin@07#0001', 'Europe/Berlin@07#0002', 'UTC@23#0002', 'unslotted'),
  });

  it('come out of their text as they went in', () => {
    fc.assert(fc.property(fc.array(outcome), (given) => expect(readOutcomes(outcomesText(given))).toEqual(given)));
  });

  it('come out of the text of an earlier version, too', () => {
    fc.assert(
      fc.property(fc.array(outcome), (given) => expect(readOutcomes(formerOutcomesText(given))).toEqual(given)),
    );
  });

  it('take ten characters each beside the first', () => {
    const batch = 'Europe/Berlin@07#0001';
    const kept = [7, 8, 9].map((date) => ({ edition: day(`2026-08-0${date}`), outcome: 'unmatched', batch }) as const);
    expect(outcomesText(kept)).toBe('fy8nEurope/Berlin@07#0001\nfy9n#0001\nfyan#0001');
  });

  it('are the newest seven, one for an edition, in the order of editions', () => {
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1 }), (given) => {
        const kept = given.reduce(withOutcome, [] as ReturnType<typeof withOutcome>);
        const editions = kept.map(({ edition }) => edition);
        expect(editions).toEqual([...new Set(editions)].sort());
        expect(kept.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('are refused when the text holds an unknown one', () => {
    expect(() => readOutcomes('2026-08-07 lost batch')).toThrow();
  });
});

describe('papers of a claim', () => {
  const ids = fc.oneof(
    fc.nat(99_999).map(paperId),
    fc.constantFrom('2607.00012', '0801.1234', 'cs/0112017', 'math.AG/0309136') as fc.Arbitrary<never>,
  );

  it('come out of their text as they went in, and out of that of an earlier version', () => {
    fc.assert(
      fc.property(fc.array(ids), (given) => {
        expect(readClaimedPapers(claimedPapersText(given))).toEqual(given);
        expect(readClaimedPapers(given.join(' '))).toEqual(given);
      }),
    );
  });

  it('are written without the month where it is that of the one before', () => {
    expect(claimedPapersText([paperId(1), paperId(2), '2607.00012' as never])).toBe('2608.00001 00002 2607.00012');
  });
});
