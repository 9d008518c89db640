import { describe, expect, it } from '@jest/globals';
import { filterExample, filterForms } from '../../../../lambdas/serve-pages/search/pages/filter-fields.js';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';

describe('the help on filters', () => {
  it('shows only what parses', () => {
    const shown = filterForms.flatMap(([form]) => form.split(', ')).filter((form) => !/^(?:NOT|-)/.test(form));
    for (const filter of [...shown, filterExample, 'b NOT a', 'b -a'])
      expect(parseFilter(filter)).toMatchObject({ ok: true });
  });
});
