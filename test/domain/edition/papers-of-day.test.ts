import { describe, expect, it } from '@jest/globals';
import { choosePapers, indexEdition } from '../../../shared/domain/edition/choose-papers.js';
import { papersOfDay } from '../../../shared/domain/edition/papers-of-day.js';
import { hashed } from '../../../shared/domain/subscriber/seen-papers.js';
import { day, paperId } from '../../support/builders.js';
import { aTopic, compiledOf } from '../../support/filters.js';
import { editionOf, plainPaper } from './archive-builder.js';

const titles = ['Wax lamps', 'Zinc', 'Lamps', 'Maps', 'More lamps', 'Lamps again'];
const edition = indexEdition(editionOf('2026-08-07', ...titles.map((title, at) => plainPaper(at, { title }))));
const lamps = aTopic('Lamps', 'lamps');
const titlesOf = (papers: readonly { ranked: { paper: { title: string } } }[]) =>
  papers.map(({ ranked }) => ranked.paper.title);

describe('the papers of a day', () => {
  it('are what was sent, whether or not it matches still, and all else that matches, each with its reasons', () => {
    const found = papersOfDay(edition, { topics: [lamps], sentPlaces: [1, 2], seen: [], most: 10 });
    expect(titlesOf(found.sent)).toEqual(['Zinc', 'Lamps']);
    expect(found.sent.map(({ reasons }) => reasons.length)).toEqual([0, 1]);
    expect(titlesOf(found.others)).toEqual(['Wax lamps', 'More lamps', 'Lamps again']);
    expect(found.others[0]?.reasons).toEqual([{ topic: 'LAMPS', words: ['lamps'] }]);
    expect(found.otherMatches).toBe(3);
  });

  it('leave out what earlier digests had shown, and no more than those are chosen from', () => {
    const seen = [hashed(day('2026-08-06'), [paperId(0), paperId(5)])];
    const found = papersOfDay(edition, { topics: [lamps], sentPlaces: [], seen, most: 10 });
    expect(titlesOf(found.others)).toEqual(['Lamps', 'More lamps']);
    expect(choosePapers(edition, { topics: [lamps], seen, maxPapers: 25 })).toEqual({
      papers: found.others,
      matched: found.otherMatches,
    });
  });

  it('are none that the reader leaves out, but for what was sent before they did', () => {
    const never = [compiledOf('wax'), compiledOf('more')];
    const found = papersOfDay(edition, { topics: [lamps], sentPlaces: [0], seen: [], never, most: 10 });
    expect([titlesOf(found.sent), titlesOf(found.others)]).toEqual([['Wax lamps'], ['Lamps', 'Lamps again']]);
    expect(found.otherMatches).toBe(2);
  });

  it('are cut to the best, and count all; one of two topics counts once', () => {
    const topics = [lamps, aTopic('Wax', 'wax')];
    const found = papersOfDay(edition, { topics, sentPlaces: [], seen: [], most: 2 });
    expect(titlesOf(found.others)).toEqual(['Wax lamps', 'Lamps']);
    expect(found.otherMatches).toBe(4);
  });
});
