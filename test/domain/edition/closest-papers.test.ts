import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexEdition } from '../../../shared/domain/edition/choose-papers.js';
import { lookAround } from '../../../shared/domain/edition/closest-papers.js';
import { hashed } from '../../../shared/domain/subscriber/seen-papers.js';
import type { FilterTopic } from '../../../shared/domain/subscriber/topic.js';
import { anEdition, aRankedPaper, aTrendScore, day, paperId } from '../../support/builders.js';
import { aTopic, compiledOf } from '../../support/filters.js';

const topic = (name: string, text: string): FilterTopic => ({ ...aTopic(name.toLowerCase(), text), name });
const plain = { abstract: 'Nothing.', keywords: [], categories: [] };
const titles = ['Lamps of wax', 'Caches for keys', 'A lamp for a cache', 'Keys and a cache', 'Wax'];
const papers = titles.map((title, at) => aRankedPaper({ ...plain, id: paperId(at + 1), title }, aTrendScore(9 - at)));
const edition = indexEdition(anEdition({ papers }));
const closeTo = (text: string, seen: readonly number[] = []) =>
  lookAround(edition, [topic('Own', text)], [hashed(day('2026-08-06'), seen.map(paperId))]).closest.map(
    ({ ranked, words }) => [ranked.paper.title, ...words],
  );

describe('what comes closest to a topic', () => {
  it('matches all but one of the clauses that a paper must match', () => {
    expect(closeTo('lamp whale')).toEqual([
      ['Lamps of wax', 'Lamps'],
      ['A lamp for a cache', 'lamp'],
    ]);
    expect(closeTo('lamp cache whale')).toEqual([['A lamp for a cache', 'lamp', 'cache']]);
  });

  it('matches without what was excluded', () => {
    expect(closeTo('wax -lamp', [5])).toEqual([['Lamps of wax', 'wax']]);
  });

  it('has the words of a phrase, wherever they are', () => {
    expect(closeTo('"key cache"')).toEqual([
      ['Caches for keys', 'Caches', 'keys'],
      ['Keys and a cache', 'Keys', 'cache'],
    ]);
  });

  it('is close to one of several alternatives', () => {
    expect(closeTo('whale OR "cache lamp" OR squid')).toEqual([['A lamp for a cache', 'lamp', 'cache']]);
  });

  it('is nothing for a number, an exclusion or a single word, which nearly every paper, or none, would match', () => {
    for (const text of ['score>=5 whale', 'whale -lamp', 'whale has:code', 'whale']) expect(closeTo(text)).toEqual([]);
  });

  it('leaves out what was sent before, and counts it', () => {
    expect(closeTo('lamp whale', [1])).toEqual([['A lamp for a cache', 'lamp']]);
    const seen = [hashed(day('2026-08-06'), [1, 3].map(paperId))];
    const found = lookAround(edition, [topic('Lamps', 'lamp'), topic('Whales', 'whale')], seen);
    expect(found.topics).toEqual([
      { name: 'Lamps', sentBefore: 2 },
      { name: 'Whales', sentBefore: 0 },
    ]);
    expect(found.best.map(({ paper }) => paper.title)).toEqual(['Caches for keys', 'Keys and a cache', 'Wax']);
  });

  it('is nothing that the reader leaves out, and each topic says how many of it that is', () => {
    const topics = [topic('Lamps', 'lamp'), topic('Lamps and whales', 'lamp whale')];
    const seen = [hashed(day('2026-08-06'), [paperId(1)])];
    const found = lookAround(edition, topics, seen, [compiledOf('lamp')]);
    expect(found.topics).toEqual([
      { name: 'Lamps', sentBefore: 1, leftOut: 1 },
      { name: 'Lamps and whales', sentBefore: 0 },
    ]);
    expect(found.closest).toEqual([]);
    expect(found.best.map(({ paper }) => paper.title)).toEqual(['Caches for keys', 'Keys and a cache', 'Wax']);
  });

  it('names each paper once, unseen, at most five, best first', () => {
    const texts = fc.constantFrom('lamp whale', '"key cache"', 'cache key lamp', 'wax -lamp', 'lamp', 'wax lamp squid');
    fc.assert(
      fc.property(fc.array(texts), fc.subarray([1, 2, 3, 4, 5]), (filters, shown) => {
        const topics = filters.map((text, at) => topic(`T${at}`, text));
        const { closest } = lookAround(edition, topics, [hashed(day('2026-08-06'), shown.map(paperId))]);
        const places = closest.map(({ ranked }) => papers.findIndex(({ paper }) => paper.id === ranked.paper.id));
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
        expect(places.filter((place) => shown.includes(place + 1))).toEqual([]);
      }),
    );
  });
});
