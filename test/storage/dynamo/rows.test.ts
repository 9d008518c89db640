import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { expiryOf, isExpired, rowReader } from '../../../shared/storage/dynamo/rows.js';
import { instant } from '../../support/builders.js';

describe('rows', () => {
  const read = rowReader(
    () => z.object({ name: z.string(), tags: z.array(z.string()) }),
    [({ title, ...row }) => ({ ...row, name: title }), (row) => ({ ...row, tags: [] })],
  );

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
