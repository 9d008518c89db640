import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, daysUpTo } from '../../../shared/domain/calendar-date.js';
import {
  isSameSeen,
  packPlaces,
  packSeen,
  readSeen,
  seenAttributes,
  unpackPlaces,
  unpackSeen,
} from '../../../shared/storage/subscribers/packed-seen.js';
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

describe('places of seen papers', () => {
  const places = fc.uniqueArray(fc.nat(40_000), { maxLength: 255 }).map((each) => each.sort((a, b) => a - b));
  const shown = fc
    .uniqueArray(fc.record({ edition: dates, places }), { selector: ({ edition }) => edition, maxLength: 45 })
    .map((each) => each.sort((a, b) => (a.edition < b.edition ? -1 : 1)));

  it('come out of their bytes as they went in, beside hashes of earlier versions', () => {
    fc.assert(
      fc.property(shown, (given) => {
        expect(unpackPlaces(packPlaces(given))).toEqual(given);
        const old = { edition: day('2026-01-01'), hashes: [1, 2] };
        const { seen = Buffer.of(), shown = Buffer.of() } = seenAttributes([old, ...given]);
        expect(readSeen({ seen, shown })).toEqual([old, ...given]);
        expect(isSameSeen([old, ...given], [...given])).toBe(false);
        expect(isSameSeen([...given], [...given])).toBe(true);
      }),
    );
  });

  it('take a byte each in an edition of hundreds, and one for an edition', () => {
    const days = daysUpTo(day('2026-08-07'), 45);
    const sent = days.map((edition) => ({ edition, places: [3, 17, 40, 41, 90, 120, 200, 260, 301, 399] }));
    expect(packPlaces(sent).length).toBe(45 * 11 + 3);
    expect(seenAttributes([])).toEqual({ seen: undefined, shown: undefined });
  });

  it('stand beside editions that count as seen as a whole, which take two bytes each', () => {
    const [first, second] = daysUpTo(day('2026-08-07'), 2);
    const given = [
      { edition: first!, places: [1, 2] },
      { edition: first!, isWhole: true as const },
      { edition: second!, isWhole: true as const },
    ];
    const { seen, shown = Buffer.of(), whole = Buffer.of() } = seenAttributes(given);
    expect([seen, whole.length]).toEqual([undefined, 4]);
    expect(readSeen({ shown, whole })).toEqual(given);
    expect(isSameSeen(given, given.slice(0, 2))).toBe(false);
    expect(() => readSeen({ whole: whole.subarray(0, 3) })).toThrow();
  });

  it('are refused when they do not ascend, or bytes are missing', () => {
    const edition = day('2026-08-07');
    expect(() => packPlaces([{ edition, places: [2, 1] }])).toThrow();
    expect(() => packPlaces([{ edition, places: [1, 1] }])).toThrow();
    const many = Array.from({ length: 256 }, (_, place) => place);
    expect(() => packPlaces([{ edition, places: many }])).toThrow();
    expect(() =>
      packPlaces([
        { edition, places: [1] },
        { edition, places: [2] },
      ]),
    ).toThrow();
    const packed = packPlaces([{ edition, places: [1, 2] }]);
    expect(() => unpackPlaces(packed.subarray(0, packed.length - 1))).toThrow('too early');
  });
});
