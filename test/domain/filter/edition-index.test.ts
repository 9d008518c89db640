import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileFilter } from '../../../shared/domain/filter/compile-filter.js';
import { editionIndex } from '../../../shared/domain/filter/edition-index.js';
import type { Filter } from '../../../shared/domain/filter/filter.js';
import { indexPaper } from '../../../shared/domain/filter/index-paper.js';
import { isMatch } from '../../../shared/domain/filter/match-filter.js';
import { placesIn } from '../../../shared/domain/filter/paper-set.js';
import { parseFilter } from '../../../shared/domain/filter/parse-filter.js';
import { aPaper } from '../../support/builders.js';
import { arbitraryFacts, arbitraryFilterText, arbitraryPaper } from './arbitrary-filter.js';

function filterOf(text: string): Filter {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

const filters = arbitraryFilterText.filter((text) => parseFilter(text).ok).map(filterOf);
const papers = fc
  .array(fc.tuple(arbitraryPaper, arbitraryFacts), { maxLength: 70, size: 'max' })
  .map((list) => list.map(([paper, facts]) => indexPaper(aPaper(paper), facts)));

const titled = (...titles: readonly string[]) =>
  titles.map((title) => indexPaper(aPaper({ title, abstract: 'Nothing.', keywords: [] })));

describe('the index of an edition', () => {
  it('finds the papers that match one by one', () => {
    fc.assert(
      fc.property(papers, fc.array(filters, { minLength: 1, maxLength: 12 }), (list, asked) => {
        const papersOf = editionIndex(list);
        for (const filter of asked) {
          const wanted = list.flatMap((paper, place) => (isMatch(filter, paper) ? [place] : []));
          expect(placesIn(papersOf(compileFilter(filter)))).toEqual(wanted);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same for a filter alone and among many', () => {
    fc.assert(
      fc.property(papers, fc.array(filters, { minLength: 1, maxLength: 30 }), (list, asked) => {
        const papersOf = editionIndex(list);
        for (const filter of asked) papersOf(compileFilter(filter));
        for (const filter of asked) {
          const form = compileFilter(filter);
          expect(placesIn(papersOf(form))).toEqual(placesIn(editionIndex(list)(form)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('evaluates filters of one form once', () => {
    const papersOf = editionIndex(titled('Lamps', 'Tables', 'A lamp of wax'));
    const first = papersOf(compileFilter(filterOf('lamp (wax OR table)')));
    expect(papersOf(compileFilter(filterOf('(TABLE or waxes) Lamps')))).toBe(first);
    expect(placesIn(first)).toEqual([2]);
  });

  it('finds phrases that begin or end with a paper, and none over a border', () => {
    const papersOf = editionIndex(titled('Red lamp', 'Lamp red', 'Red', 'Lamp'));
    expect(placesIn(papersOf(compileFilter(filterOf('"red lamp"'))))).toEqual([0]);
    expect(placesIn(papersOf(compileFilter(filterOf('="lamp red"'))))).toEqual([1]);
    expect(placesIn(papersOf(compileFilter(filterOf('"nothing red"'))))).toEqual([]);
  });

  it.each([0, 1, 31, 32, 33, 64, 100])('turns a filter round among %i papers', (size) => {
    const papersOf = editionIndex(
      titled(...Array.from({ length: size }, (_, index) => (index % 3 === 0 ? 'Lamp' : 'Wax'))),
    );
    const filter: Filter = { kind: 'not', filter: filterOf('lamp') };
    const wanted = Array.from({ length: size }, (_, index) => index).filter((index) => index % 3 !== 0);
    expect(placesIn(papersOf(compileFilter(filter)))).toEqual(wanted);
    expect(placesIn(papersOf(compileFilter(filter)), 2)).toEqual(wanted.slice(0, 2));
  });
});
