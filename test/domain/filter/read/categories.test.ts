import { describe, expect, it } from '@jest/globals';
import { isArxivCategory, unreadCategoriesNote } from '../../../../shared/domain/filter/read/categories.js';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { compiledOf } from '../../../support/filters.js';

describe('the categories of arXiv', () => {
  it.each(['cs.cl', 'cs', 'hep-th', 'astro-ph.co', 'cond-mat.mes-hall', 'q-bio.nc', 'math'])('have %s', (category) => {
    expect(isArxivCategory(category)).toBe(true);
  });

  it.each(['cs.xx', 'cs.', 'nlp', 'cl', 'cs.cl.x', 'toString'])('do not have %s', (category) => {
    expect(isArxivCategory(category)).toBe(false);
  });

  it('are asked for only where that is wanted: an older filter stays one', () => {
    expect(parseFilter('wax OR cat:cs.XX').ok).toBe(true);
    expect(parseFilter('wax OR cat:cs.XX', isArxivCategory)).toEqual({
      ok: false,
      error: { position: 8, message: '"cs.XX" is not an arXiv category: write, for example, cat:cs.CL' },
    });
  });
});

describe('a category that is not read', () => {
  it.each([
    ['cat:math.OC', 'This Paperboy reads cs.CL and cs.LG: cat:math.OC only finds'],
    ['wax OR cat:(stat OR cs.RO)', 'cat:cs.RO and cat:stat only find papers'],
    ['cat:cs.CL OR cat:cs', undefined],
    ['wax -cat:math.OC', undefined],
    ['wax', undefined],
  ])('is told of: %s', (filter, wanted) => {
    const note = unreadCategoriesNote(compiledOf(filter), ['cs.CL', 'cs.LG']);
    if (wanted === undefined) expect(note).toBeUndefined();
    else expect(note).toContain(wanted);
  });

  it('is none within an archive that is read whole', () => {
    expect(unreadCategoriesNote(compiledOf('cat:math.OC'), ['math'])).toBeUndefined();
  });
});
