import { describe, expect, it } from '@jest/globals';
import { describeMissing, describeOutlook } from '../../../shared/domain/edition/filter-outlook.js';
import { spellingIn } from '../../../shared/domain/filter/words/normalise.js';
import { filterOf } from '../../support/filters.js';
import { archiveOf, plainPaper } from './archive-builder.js';

const titles = ['Lamps of wax', 'Lamps', 'Lamps of zinc', 'Wax', 'Zinc and tin'];
const papers = titles.map((title, at) =>
  plainPaper(at, { title, authors: ['Ben Reed'], categories: ['cs.CL'], organisation: 'Reed Labs' }),
);
const archive = archiveOf(papers);
const outlook = (text: string) => describeOutlook(archive, filterOf(text), spellingIn(text)).join(' ');
const missing = (text: string) => describeMissing(archive, filterOf(text), spellingIn(text));

describe('the outlook of a filter', () => {
  it('names what no paper has, and what one clause less would have found, the most first', () => {
    expect(outlook('lamps author:"Ada Moss"')).toBe(
      'As it is, it cannot match: no paper of the 7 days up to 2026-08-07 has author:"ada moss". ' +
        'Without author:"ada moss": 3 in 7 days.',
    );
    expect(outlook('lamps wax zinc')).toMatch(/^Without "(wax|zinc)": 1; without "(wax|zinc)": 1 in 7 days\.$/);
  });

  it.each([
    ['cat:math.OC', 'cat:math.oc'],
    ['org:"Moss Labs"', 'org:"moss labs"'],
    ['lamps (brass OR author:moss)', 'author:moss'],
    ['lamps quantised', 'quantised'],
  ])('says of %s that nothing has %s', (text, term) => {
    expect(missing(text)).toContain('it cannot match');
    expect(missing(text)).toContain(term);
  });

  it.each(['lamps wax zinc', 'lamps OR brass', '-brass lamps', 'cat:cs.CL zinc lamps wax', 'lamps -lamps'])(
    'does not say so of %s, whose terms are all found, or not needed',
    (text) => {
      expect(missing(text)).toBeUndefined();
    },
  );

  it('is not told of a filter that finds enough, nor of one that nothing could be taken from', () => {
    expect(outlook('lamps')).toBe('');
    expect(outlook('lamps wax')).toBe('');
    expect(outlook('lamps -lamps')).not.toContain('Without "lamps"');
  });

  it('stays short, however long the filter is', () => {
    const text = Array.from({ length: 60 }, (_, at) => `author:"${'long '.repeat(3)}name${at}"`).join(' ');
    expect(outlook(text).length).toBeLessThan(400);
  });
});
