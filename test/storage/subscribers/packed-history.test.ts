import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../../../shared/domain/calendar-date.js';
import { outcomes } from '../../../shared/domain/subscriber/outcome.js';
import {
  outcomesText,
  packSeen,
  readOutcomes,
  unpackSeen,
  withOutcome,
} from '../../../shared/storage/subscribers/packed-history.js';
import { day } from '../../support/builders.js';

const dates = fc.nat(20_000).map((days) => addDays(day('2000-01-01'), days));

describe('seen papers', () => {
  const hashes = fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 255 });
  const seen = fc.array(fc.record({ edition: dates, hashes }), { maxLength: 31 });

  it('come out of their bytes as they went in', () => {
    fc.assert(fc.property(seen, (given) => expect(unpackSeen(packSeen(given))).toEqual(given)));
  });

  it('take four bytes each and three for an edition', () => {
    expect(packSeen([{ edition: day('2026-08-07'), hashes: [1, 2] }])).toHaveLength(11);
  });

  it('are refused when an edition has too many, or bytes are missing', () => {
    expect(() => packSeen([{ edition: day('2026-08-07'), hashes: Array(256).fill(1) }])).toThrow();
    const packed = packSeen([{ edition: day('2026-08-07'), hashes: [1, 2] }]);
    expect(() => unpackSeen(packed.subarray(0, 9))).toThrow();
  });
});

describe('kept outcomes', () => {
  const outcome = fc.record({
    edition: dates,
    outcome: fc.constantFrom(...outcomes),
    batch: fc.constantFrom('Europe/Berlin@07#0001', 'Europe/Berlin@07#0002', 'UTC@23#0002', 'unslotted'),
  });

  it('come out of their text as they went in', () => {
    fc.assert(fc.property(fc.array(outcome), (given) => expect(readOutcomes(outcomesText(given))).toEqual(given)));
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
