import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexPaper } from '../../../../shared/domain/filter/match/index-paper.js';
import { matchFilter } from '../../../../shared/domain/filter/match/match-filter.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { pressesFor } from '../../../../shared/domain/subscriber/exclusions/presses.js';
import { aPaper } from '../../../support/builders.js';
import { compiledOf } from '../../../support/filters.js';

const offered = (over: Partial<Paper>, words: readonly string[] = []) =>
  pressesFor(
    indexPaper(aPaper({ title: 'Wax lamps at sea', abstract: 'Nothing.', keywords: [], authors: [], ...over })),
    words,
  );
const filters = (...asked: Parameters<typeof offered>) => offered(...asked).map(({ filter }) => filter);

describe('what can be left out because of a paper', () => {
  it('is the words it was chosen by and its keywords, its first four authors, and its organisation', () => {
    const authors = ['Ada Moss', 'Ben Reed', 'Cy Fern', 'Di Sedge', 'Eve Rush'];
    const paper = { keywords: ['candle light'], authors, organisation: 'Reed Labs' };
    expect(offered(paper, ['Wax lamps'])).toEqual([
      { kind: 'word', name: 'Wax lamps', filter: '"Wax lamps"' },
      { kind: 'word', name: 'candle light', filter: '"candle light"' },
      { kind: 'author', name: 'Ada Moss', filter: 'author:"Ada Moss"' },
      { kind: 'author', name: 'Ben Reed', filter: 'author:"Ben Reed"' },
      { kind: 'author', name: 'Cy Fern', filter: 'author:"Cy Fern"' },
      { kind: 'author', name: 'Di Sedge', filter: 'author:"Di Sedge"' },
      { kind: 'organisation', name: 'Reed Labs', filter: 'org:"Reed Labs"' },
    ]);
  });

  it('has each thing once, whatever its case or ending', () => {
    expect(filters({ keywords: ['lamp', 'wax'] }, ['lamps', 'Lamps'])).toEqual(['"lamps"', '"wax"']);
  });

  it('has no more than six words', () => {
    const keywords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((word) => `${word} oars`);
    expect(filters({ keywords })).toHaveLength(6);
  });

  it('takes a quoted name for a name, not for more of the filter language', () => {
    expect(filters({ authors: ['Ada "Wick" Moss', 'Moss" OR "lamps'] })).toEqual([
      'author:"Ada Wick Moss"',
      'author:"Moss OR lamps"',
    ]);
  });

  it('leaves out nothing that would not have left out this paper', () => {
    expect(filters({ categories: ['cs.CL'] }, ['cs.CL', 'zinc', ''])).toEqual([]);
  });

  it('never throws, and offers only what matches the paper', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('a-b', '"', 'NOT wax', '$x^2$', '李 雷', 'O’Neil'),
    );
    const input = fc.record({ keywords: fc.array(text), authors: fc.array(text), organisation: text });
    fc.assert(
      fc.property(input, fc.array(text), (over, words) => {
        const paper = indexPaper(aPaper(over));
        for (const { filter } of pressesFor(paper, words)) {
          expect(matchFilter(compiledOf(filter), paper)).toBeDefined();
        }
      }),
    );
  });
});
