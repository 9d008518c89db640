import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editionIndex } from '../../../../shared/domain/filter/bitmaps/edition-index.js';
import { compileFilter } from '../../../../shared/domain/filter/compile-filter.js';
import type { Filter } from '../../../../shared/domain/filter/filter.js';
import { indexPaper } from '../../../../shared/domain/filter/match/index-paper.js';
import { matchFilter } from '../../../../shared/domain/filter/match/match-filter.js';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { aPaper } from '../../../support/builders.js';
import { filterOf, isMatch } from '../../../support/filters.js';
import { arbitraryFacts, arbitraryFilterText, arbitraryPaper } from '../arbitrary-filter.js';

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
        const { placesOf } = editionIndex(list);
        for (const filter of asked) {
          const wanted = list.flatMap((paper, place) => (isMatch(filter, paper) ? [place] : []));
          expect(placesOf(compileFilter(filter))).toEqual(wanted);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same for a filter alone and among many', () => {
    fc.assert(
      fc.property(papers, fc.array(filters, { minLength: 1, maxLength: 30 }), (list, asked) => {
        const { placesOf } = editionIndex(list);
        for (const filter of asked) placesOf(compileFilter(filter));
        for (const filter of asked) {
          const form = compileFilter(filter);
          expect(placesOf(form)).toEqual(editionIndex(list).placesOf(form));
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each([{ lists: 400_000 }, { lists: 3 }])(
    'says by which words, as one by one, keeping $lists lists',
    ({ lists }) => {
      fc.assert(
        fc.property(papers, fc.array(filters, { minLength: 1, maxLength: 12 }), (list, asked) => {
          const index = editionIndex(list, { setBytes: 32 << 20, lists });
          for (const filter of [...asked, ...asked].map(compileFilter)) {
            const { setOf, sets, wordsAt } = index.found();
            const set = setOf(filter);
            for (const [place, paper] of list.entries()) {
              const wanted = matchFilter(filter, paper)?.map(({ text }) => text);
              expect(sets.has(set, place)).toBe(wanted !== undefined);
              if (wanted) expect(wordsAt(filter, set, place)).toEqual(wanted);
            }
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('finds the same once it had to forget its sets', () => {
    const list = titled('Lamp', 'Wax', 'Lamp of wax');
    const { placesOf, found } = editionIndex(list, { setBytes: 0, lists: 1 });
    const filter = compileFilter(filterOf('lamp -wax'));
    const [before, again] = [found(), found()];
    expect(again).not.toBe(before);
    expect([placesOf(filter), placesOf(filter)]).toEqual([[0], [0]]);
    expect(before.sets.places(before.setOf(filter))).toEqual([0]);
  });

  it('asks each paper once, however often equal filters are asked', () => {
    let asked = 0;
    const [paper] = titled('Lamp');
    const counting = {
      ...paper!,
      get facts() {
        asked += 1;
        return { score: 2, upvotes: 0, stars: 0, ageDays: 0 };
      },
    };
    const { placesOf } = editionIndex([counting]);
    for (const text of ['lamp score>=1', 'score>=1 lamps', 'score>=1.0 wax', 'LAMP score>=1']) {
      placesOf(compileFilter(filterOf(text)));
    }
    expect(asked).toBe(1);
  });

  it('finds phrases that begin or end with a paper, and none over a border', () => {
    const { placesOf } = editionIndex(titled('Red lamp', 'Lamp red', 'Red', 'Lamp'));
    expect(placesOf(compileFilter(filterOf('"red lamp"')))).toEqual([0]);
    expect(placesOf(compileFilter(filterOf('="lamp red"')))).toEqual([1]);
    expect(placesOf(compileFilter(filterOf('"nothing red"')))).toEqual([]);
  });

  it.each([0, 1, 31, 32, 33, 64, 100])('turns a filter round among %i papers', (size) => {
    const { placesOf } = editionIndex(
      titled(...Array.from({ length: size }, (_, index) => (index % 3 === 0 ? 'Lamp' : 'Wax'))),
    );
    const filter: Filter = { kind: 'not', filter: filterOf('lamp') };
    const wanted = Array.from({ length: size }, (_, index) => index).filter((index) => index % 3 !== 0);
    expect(placesOf(compileFilter(filter))).toEqual(wanted);
    expect(placesOf(compileFilter(filter), 2)).toEqual(wanted.slice(0, 2));
  });
});
