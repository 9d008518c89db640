import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type ArchiveSearch,
  looserSearches,
  papersPerPage,
  searchSorts,
} from '../../../shared/domain/edition/search-archive.js';
import { day } from '../../support/builders.js';
import { filterOf } from '../../support/filters.js';
import { archiveIn, archiveOf, editionOf, found, month, plainPaper } from './archive-builder.js';

const search = (over: Partial<ArchiveSearch> = {}): ArchiveSearch => ({
  filter: filterOf('lamp'),
  span: month,
  sort: 'trend',
  page: 1,
  ...over,
});

const numbers = (page: ReturnType<typeof found>) => page.papers.map(({ paper }) => Number(paper.paper.id.slice(-5)));

describe('searching the archive', () => {
  it('finds by trend: the best score first', () => {
    const papers = [3, 1, 2].map((number) => plainPaper(number, { title: 'Lamps' }));
    expect(numbers(found(archiveOf([...papers, plainPaper(4)]), search()))).toEqual([1, 2, 3]);
  });

  it('finds the newest first by their own day, and by trend within a day', () => {
    const dates = ['2026-08-05', '2026-08-07', '2026-08-05', '2026-08-06'];
    const papers = dates.map((date, index) => plainPaper(index, { title: 'Lamps', listedDays: [day(date)] }));
    expect(numbers(found(archiveOf(papers), search({ sort: 'newest' })))).toEqual([1, 3, 0, 2]);
  });

  it('finds the most relevant first: title over keyword over abstract, and more alternatives over fewer', () => {
    const filter = filterOf('lamp OR wick OR wax');
    const papers = [
      plainPaper(1, { abstract: 'A lamp.' }),
      plainPaper(2, { keywords: ['lamps'] }),
      plainPaper(3, { abstract: 'A lamp with a wick.', keywords: ['wax'] }),
      plainPaper(4, { title: 'Lamp' }),
      plainPaper(5, { title: 'Lamp and wick' }),
      plainPaper(6, { title: 'Wick' }),
    ];
    expect(numbers(found(archiveOf(papers), search({ filter, sort: 'relevance' })))).toEqual([5, 3, 4, 6, 2, 1]);
  });

  it('looks at the days from the first to the last, both included', () => {
    const dates = ['2026-08-02', '2026-08-03', '2026-08-05', '2026-08-06'];
    const papers = dates.map((date, index) => plainPaper(index, { title: 'Lamps', listedDays: [day(date)] }));
    const span = { from: day('2026-08-03'), to: day('2026-08-05') };
    expect(numbers(found(archiveOf(papers), search({ span })))).toEqual([1, 2]);
  });

  it('says which words matched, and where', () => {
    const [lamps] = found(archiveOf([plainPaper(1, { title: 'Two Lamps' })]), search()).papers;
    expect(lamps?.words).toEqual([{ text: 'Lamps', part: 'title', start: 4, end: 9 }]);
  });

  it('matches a paper as the newest edition shows it, however an older one did', () => {
    const older = editionOf('2026-08-06', plainPaper(1, { title: 'Lamps' }));
    const newer = editionOf('2026-08-07', plainPaper(1, { title: 'Candles' }));
    const archive = archiveIn([older, newer]);
    expect(found(archive, search()).total).toBe(0);
    expect(found(archive, search({ filter: filterOf('candles') })).total).toBe(1);
  });

  it('gives the last page for one behind it, and an empty first one when there is nothing', () => {
    const archive = archiveOf([plainPaper(1, { title: 'Lamps' })]);
    expect(found(archive, search({ page: 9 }))).toMatchObject({ total: 1, page: 1, pages: 1 });
    expect(found(archive, search({ filter: filterOf('wax') }))).toEqual({
      total: 0,
      page: 1,
      pages: 1,
      papers: [],
    });
  });

  it('has pages that, one after the other, are the whole result in its order, without a gap or a repeat', () => {
    const papers = fc.array(
      fc.record({
        title: fc.constantFrom('Lamps', 'Lamp and wick', 'Wax', 'Untitled'),
        abstract: fc.constantFrom('Nothing.', 'A lamp.'),
        date: fc.integer({ min: 1, max: 7 }),
      }),
      { maxLength: 90 },
    );
    fc.assert(
      fc.property(papers, fc.constantFrom(...searchSorts), (given, sort) => {
        const ranked = given.map(({ date, ...over }, index) =>
          plainPaper(index, { ...over, listedDays: [day(`2026-08-0${date}`)] }),
        );
        const archive = archiveOf(ranked);
        const first = found(archive, search({ sort }));
        const pages = Array.from({ length: first.pages }, (_, index) =>
          numbers(found(archive, search({ sort, page: index + 1 }))),
        );
        const expected = given.flatMap(({ title, abstract }, index) => (/lamp/i.test(title + abstract) ? [index] : []));
        expect(pages.slice(0, -1).every(({ length }) => length === papersPerPage)).toBe(true);
        expect(pages.flat()).toHaveLength(first.total);
        expect([...pages.flat()].sort((a, b) => a - b)).toEqual(expected);
        if (sort === 'trend') expect(pages.flat()).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a search that found nothing', () => {
  it('is told which of its clauses is in the way', () => {
    const archive = archiveOf([
      plainPaper(1, { title: 'Lamps of wax' }),
      plainPaper(2, { title: 'Lamps of wax' }),
      plainPaper(3, { title: 'Lamps of zinc' }),
    ]);
    const looser = looserSearches(archive, { filter: filterOf('lamp wax zinc'), span: month });
    expect(looser.map(({ without, total }) => [without, total])).toEqual([
      ['zinc', 2],
      ['wax', 1],
    ]);
    expect(found(archive, search({ filter: filterOf(looser[0]!.query) })).total).toBe(2);
  });

  it('is left alone with a single clause, and never asked to look for a negation alone', () => {
    const archive = archiveOf([plainPaper(1, { title: 'Wax' })]);
    expect(looserSearches(archive, { filter: filterOf('lamp OR zinc'), span: month })).toEqual([]);
    expect(looserSearches(archive, { filter: filterOf('lamp -wax'), span: month })).toEqual([]);
    expect(looserSearches(archive, { filter: filterOf('wax -wax'), span: month })).toMatchObject([
      { without: '-wax', total: 1 },
    ]);
  });
});
