import { describe, expect, it } from '@jest/globals';
import { editionIndex } from '../../../../shared/domain/filter/bitmaps/edition-index.js';
import { indexPaper } from '../../../../shared/domain/filter/match/index-paper.js';
import { matchFilter } from '../../../../shared/domain/filter/match/match-filter.js';
import { sentencesOf } from '../../../../shared/domain/filter/words/normalise.js';
import { aPaper } from '../../../support/builders.js';
import { compiledOf } from '../../../support/filters.js';

const split = (text: string) => sentencesOf(text).map((tokens) => tokens.map(({ word }) => word).join(' '));

describe('the end of a sentence', () => {
  it.each([
    ['Wax melts. Wool burns.', ['wax melts', 'wool burns']],
    ['Does wax melt? Wool burns! Lamps', ['does wax melt', 'wool burns', 'lamps']],
    ['He said "wax." Then wool', ['he said wax', 'then wool']],
    ['It melts (see below). Wool', ['it melts see below', 'wool']],
    ['It costs 5%. Wool', ['it costs 5', 'wool']],
    ['in 2024. wool burns', ['in 2024', 'wool burns']],
    ['on a set D. We melt', ['on a set d', 'we melt']],
    ['for all x. We melt', ['for all x', 'we melt']],
    ['wax, wool, etc. We melt', ['wax wool etc', 'we melt']],
    ['wax… Then wool', ['wax', 'then wool']],
    ['蜡烛。灯', ['蜡烛', '灯']],
  ])('parts %s', (text, wanted) => {
    expect(split(text)).toEqual(wanted);
  });

  it.each([
    'wax, e.g. Wool and i.e. Lamps',
    'Quill et al. (2024) and Quill et al. show',
    'see Fig. 3, Eq. 4, Sec. 5 and No. 6',
    'wax vs. Wool, wax v.s. Wool',
    'Dr. Quill and Prof. Lamp',
    'Ada B. Quill and J. Lamp',
    'E. coli and S. cerevisiae',
    'wax 3.5 and v1.2 at node.js',
    'U.S. Wool and E.T. Bench',
    'wax ... and wool',
    'wax: wool; "lamps" - light',
  ])('is not in %s', (text) => {
    expect(split(text)).toHaveLength(1);
  });
});

describe('words of two sentences', () => {
  const paper = aPaper({
    title: 'Does It Melt? Wax at Night',
    abstract: 'A card of wax. Wool burns, e.g. At night. Paper lanterns glow',
    keywords: [],
  });
  const indexed = indexPaper(paper);

  it.each([
    '"wax wool"',
    '="wax wool"',
    '"wax woo*"',
    '"wool wax"~3',
    '"melt wax"',
    'title:"melt wax"~5',
    '"night paper"',
  ])('are not together: %s', (filter) => {
    expect(matchFilter(compiledOf(filter), indexed)).toBeUndefined();
    expect(editionIndex([indexed]).placesOf(compiledOf(filter))).toEqual([]);
  });

  it.each([
    ['"wool night"~4', ['Wool burns, e.g. At night']],
    ['"card wax"~1', ['card of wax']],
    ['"paper lanterns gl*"', ['Paper lanterns glow']],
    ['"burns e.g. at night"', ['burns, e.g. At night']],
    ['"does it melt? wax at"', ['Does It Melt', 'Wax at']],
  ])('are found apart, or in one of them: %s', (filter, wanted) => {
    expect(matchFilter(compiledOf(filter), indexed)?.map(({ text }) => text)).toEqual(wanted);
    expect(editionIndex([indexed]).placesOf(compiledOf(filter))).toEqual([0]);
  });
});
