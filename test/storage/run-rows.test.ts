import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { slotOf } from '../../shared/domain/subscriber/slot.js';
import { batchIdOf, seqOf } from '../../shared/storage/run-rows.js';

const berlin = slotOf('Europe/Berlin', 7);

describe('the ids of a slot’s batches', () => {
  const around = fc.constantFrom(4, 5, 6, 7, 15).chain((digits) => fc.nat(2).map((step) => 10 ** digits - 1 + step));
  const numbers = fc.oneof(fc.nat(), fc.maxSafeInteger().map(Math.abs), around);

  it('sort as their numbers do, however many there are', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        expect(batchIdOf(berlin, one) < batchIdOf(berlin, other)).toBe(one < other);
      }),
    );
  });

  it('tell their numbers', () => {
    fc.assert(fc.property(numbers, (seq) => expect(seqOf(batchIdOf(berlin, seq))).toBe(seq)));
  });

  it('are those of earlier versions up to 9999, and longer ones of those are read too', () => {
    expect([0, 42, 9999].map((seq) => batchIdOf(berlin, seq))).toEqual(
      ['0000', '0042', '9999'].map((digits) => `Europe/Berlin@07#${digits}`),
    );
    expect([10_000, 123_456].map((seq) => batchIdOf(berlin, seq))).toEqual(
      ['a10000', 'b123456'].map((end) => `Europe/Berlin@07#${end}`),
    );
    expect(seqOf('Europe/Berlin@07#10000')).toBe(10_000);
  });

  it('have a whole number from 0', () => {
    for (const seq of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => batchIdOf(berlin, seq)).toThrow(RangeError);
  });
});
