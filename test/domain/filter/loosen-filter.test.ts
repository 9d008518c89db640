import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Filter } from '../../../shared/domain/filter/filter.js';
import { loosenFilter, missingTerms } from '../../../shared/domain/filter/loosen-filter.js';
import { indexPaper } from '../../../shared/domain/filter/match/index-paper.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import { printFilter } from '../../../shared/domain/filter/write-filter.js';
import { aPaper } from '../../support/builders.js';
import { filterOf, isMatch } from '../../support/filters.js';
import { arbitraryFilterText, arbitraryPaper } from './arbitrary-filter.js';

const printed = (text: string) =>
  loosenFilter(filterOf(text)).map(({ without, rest }) => [printFilter(without), printFilter(rest)] as const);
const parsed = arbitraryFilterText.map((text) => parseFilter(text)).filter((read) => read.ok);

describe('a filter without one of its clauses', () => {
  it('is there for each clause of the outermost AND, of at most twelve', () => {
    expect(new Map(printed('lamp (wax OR zinc) -tin'))).toEqual(
      new Map([
        ['lamp', '-tin (wax OR zinc)'],
        ['wax OR zinc', '-tin lamp'],
        ['-tin', 'lamp (wax OR zinc)'],
      ]),
    );
    expect(printed(Array.from({ length: 20 }, (_, at) => `w${at}`).join(' '))).toHaveLength(12);
  });

  it.each(['lamp', 'lamp OR wax', '"wax lamp"'])('is none of %s', (text) => {
    expect(printed(text)).toEqual([]);
  });

  it('matches whatever the whole filter matches', () => {
    fc.assert(
      fc.property(parsed, arbitraryPaper, (read, paper) => {
        const indexed = indexPaper(aPaper(paper));
        for (const { rest } of loosenFilter(read.filter)) {
          if (isMatch(read.filter, indexed)) expect(isMatch(rest, indexed)).toBe(true);
        }
      }),
    );
  });
});

describe('the terms that keep a filter from matching', () => {
  const missing = (text: string, ...found: string[]) =>
    missingTerms(filterOf(text), (term) => found.includes(printFilter(term))).map((term) => printFilter(term));

  it('are those that are required, and all alternatives where none is found', () => {
    expect(missing('lamp wax', 'lamp')).toEqual(['wax']);
    expect(missing('lamp (wax OR zinc)', 'lamp')).toEqual(['wax', 'zinc']);
    expect(missing('lamp (wax OR zinc)', 'lamp', 'zinc')).toEqual([]);
    expect(missing('lamp -wax', 'lamp')).toEqual([]);
  });

  it('are none of a filter that matches some paper', () => {
    fc.assert(
      fc.property(parsed, fc.array(arbitraryPaper, { maxLength: 4 }), (read, papers) => {
        const indexed = papers.map((paper) => indexPaper(aPaper(paper)));
        const matches = (filter: Filter) => indexed.some((paper) => isMatch(filter, paper));
        if (missingTerms(read.filter, matches).length > 0) expect(matches(read.filter)).toBe(false);
      }),
    );
  });
});
