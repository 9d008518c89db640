import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { addDays } from '../../../shared/domain/calendar-date.js';
import { outcomes } from '../../../shared/domain/subscriber/outcome.js';
import { expiryOf, isExpired, rowReader } from '../../../shared/storage/dynamo/row-reader.js';
import { outcomesText, readOutcomes, withOutcome } from '../../../shared/storage/subscribers/kept-outcomes.js';
import { packSeen, unpackSeen } from '../../../shared/storage/subscribers/packed-seen.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-id.js';
import { day, instant } from '../../support/builders.js';

const dates = fc.nat(20_000).map((days) => addDays(day('2000-01-01'), days));

describe('rows', () => {
  const read = rowReader(z.object({ name: z.string(), tags: z.array(z.string()) }), [
    ({ title, ...row }) => ({ ...row, name: title }),
    (row) => ({ ...row, tags: [] }),
  ]);

  it('are upgraded step by step from the version they were written with', () => {
    const newest = { name: 'x', tags: [] };
    expect(read({ v: 1, title: 'x' })).toEqual(newest);
    expect(read({ v: 2, name: 'x' })).toEqual(newest);
    expect(read({ v: 3, name: 'x', tags: [] })).toEqual(newest);
  });

  it('are refused without a version, or with one that is not known yet', () => {
    expect(() => read({ name: 'x', tags: [] })).toThrow('version undefined');
    expect(() => read({ pk: 'p', sk: 's', v: 4, name: 'x', tags: [] })).toThrow(
      'row p s is of version 4, and 3 is the newest',
    );
  });

  it('expire at their time, and not before; rows without one never do', () => {
    const at = instant('2026-08-07T05:00:00.500');
    const expiresAt = expiryOf(at, 2);
    expect(expiresAt).toBe(instant('2026-08-09T05:00:01') / 1000);
    expect(isExpired({ expiresAt }, expiresAt * 1000 - 1)).toBe(false);
    expect(isExpired({ expiresAt }, expiresAt * 1000)).toBe(true);
    expect(isExpired({}, expiresAt * 1000)).toBe(false);
  });
});

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

describe('a subscriber id', () => {
  const key = Buffer.alloc(32, 1);

  it('is 22 safe characters, the same for the same address and key only', () => {
    const id = subscriberIdOf('reader@example.org', key);
    expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(subscriberIdOf('reader@example.org', Buffer.alloc(32, 1))).toBe(id);
    expect(subscriberIdOf('reader@example.com', key)).not.toBe(id);
    expect(subscriberIdOf('reader@example.org', Buffer.alloc(32, 2))).not.toBe(id);
  });
});
