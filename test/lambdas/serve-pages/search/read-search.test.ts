import { describe, expect, it } from '@jest/globals';
import { readSearch } from '../../../../lambdas/serve-pages/search/read-search.js';
import { day } from '../../../support/builders.js';

const read = (query: Record<string, string>) => readSearch(query, day('2026-08-07'));

describe('the query of a search', () => {
  it('looks at the 30 days up to the newest edition, by trend, unless it says otherwise', () => {
    const { fields, search, errors } = read({ q: 'lamp' });
    expect(fields).toEqual({ q: 'lamp', from: '2026-07-09', to: '2026-08-07', sort: 'trend' });
    expect(search).toMatchObject({ span: { from: '2026-07-09', to: '2026-08-07' }, sort: 'trend', page: 1 });
    expect(errors).toEqual({});
  });

  it('completes a span of which one end is given', () => {
    expect(read({ from: '2026-06-01' }).fields).toMatchObject({ from: '2026-06-01', to: '2026-06-30' });
    expect(read({ from: '2026-08-01' }).fields).toMatchObject({ from: '2026-08-01', to: '2026-08-07' });
    expect(read({ to: '2026-06-30' }).fields).toMatchObject({ from: '2026-06-01', to: '2026-06-30' });
  });

  it('takes every sort, and pages from 1', () => {
    expect(read({ q: 'lamp', sort: 'relevance', page: '3' }).search).toMatchObject({ sort: 'relevance', page: 3 });
    for (const page of ['0', '-1', 'x', '1e3', '1000000000', ''])
      expect(read({ q: 'lamp', page }).search?.page).toBe(1);
    expect(read({ q: 'lamp', sort: 'loudest' }).search?.sort).toBe('trend');
  });

  it('looks for nothing without words', () => {
    expect(read({ q: '  ' })).toMatchObject({ errors: {} });
    expect(read({ q: '  ' }).search).toBeUndefined();
  });

  it.each([
    [{ q: 'lamp AND (' }, { q: 'The bracket opened at the end is never closed.' }],
    [{ q: 'lamp\u202e' }, { q: expect.stringContaining('invisible characters') }],
    [{ q: 'lamp', from: '2026-02-30' }, { from: expect.stringContaining('a valid date') }],
    [{ q: 'lamp', to: 'soon' }, { to: expect.stringContaining('a valid date') }],
    [{ q: 'lamp', from: '2026-08-02', to: '2026-08-01' }, { from: expect.stringContaining('not after the last') }],
    [
      { q: 'lamp', from: '2026-06-01', to: '2026-07-02' },
      { from: expect.stringContaining('start on 2026-06-02, then search earlier days') },
    ],
  ])('says of %j what to do, and keeps what was typed', (query, errors) => {
    const result = read(query);
    expect(result.errors).toEqual(errors);
    expect(result.search).toBeUndefined();
    expect(result.fields).toMatchObject(query);
  });

  it('is usual only with the days and the order that it has unasked, even where they are named', () => {
    const usual = { from: '2026-07-09', to: '2026-08-07', sort: 'trend' };
    for (const query of [{}, { q: 'lamp' }, { q: 'lamp', ...usual }, { q: 'lamp AND (' }])
      expect(read(query).isUsual).toBe(true);
    for (const query of [{ sort: 'newest' }, { ...usual, to: '2026-08-06' }, { from: '2026-07-10' }, { from: 'x' }])
      expect(read({ q: 'lamp', ...query }).isUsual).toBe(false);
  });

  it('takes 31 days at once', () => {
    expect(read({ q: 'lamp', from: '2026-06-01', to: '2026-07-01' }).search).toBeDefined();
  });
});
