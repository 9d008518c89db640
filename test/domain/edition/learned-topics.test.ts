import { describe, expect, it } from '@jest/globals';
import {
  choosePapers,
  countMatches,
  explainPapers,
  indexEdition,
  topicPlaces,
} from '../../../shared/domain/edition/choose-papers.js';
import { lookAround } from '../../../shared/domain/edition/closest-papers.js';
import { papersOfDay } from '../../../shared/domain/edition/papers-of-day.js';
import { hashed } from '../../../shared/domain/subscriber/seen-papers.js';
import { anEdition, aRankedPaper, aTrendScore, day, paperId } from '../../support/builders.js';
import { aTopic, compiledOf } from '../../support/filters.js';
import { aLikeness, aLikenessTopic } from '../../support/likeness.js';

const plain = { abstract: 'Nothing.', keywords: [] };
const titles = [
  'Lamps and wicks, with wax',
  'Tables',
  'Wax wick lamp',
  'A lamp that fell on a long and old table of oak',
  'Robots',
  'Wicks',
];
const papers = titles.map((title, at) => aRankedPaper({ ...plain, id: paperId(at), title }, aTrendScore(9 - at)));
const edition = indexEdition(anEdition({ papers }));
const weights = { lamp: 1, wick: 0.8, wax: 0.2 };
const lamps = aLikenessTopic('lamps', aLikeness(weights, { threshold: 0.01 }));
const likest = aLikenessTopic('likest', aLikeness(weights, { threshold: 0.01, order: 'likeness' }));
const tables = aTopic('tables', 'table');

const choose = (over: Partial<Parameters<typeof choosePapers>[1]>) =>
  choosePapers(edition, { topics: [lamps], seen: [], maxPapers: 10, ...over });
const placesOf = ({ papers: chosen }: ReturnType<typeof choosePapers>) =>
  chosen.map(({ ranked }) => titles.indexOf(ranked.paper.title));

describe('a learned topic', () => {
  it('brings its papers by their trend, or the most alike first, as its reader chose', () => {
    expect(placesOf(choose({}))).toEqual([0, 2, 3, 5]);
    const first = placesOf(choose({ topics: [likest] }));
    expect([...first].sort()).toEqual([0, 2, 3, 5]);
    expect(first).not.toEqual([0, 2, 3, 5]);
    const scores = edition.likeness.index().matchesOf(likest.like).scores;
    expect(first).toEqual([...first].sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0)));
    expect(placesOf(choose({ topics: [likest], maxPapers: 2 }))).toEqual(first.slice(0, 2));
  });

  it('shares a digest with a filter by the same rules, and comes before it where the most alike come first', () => {
    expect(placesOf(choose({ topics: [lamps, tables] }))).toEqual([0, 1, 2, 3, 5]);
    // Half of four for each: what both have counts for neither.
    expect(placesOf(choose({ topics: [lamps, tables], maxPapers: 4 }))).toEqual([0, 1, 2, 3]);
    expect(placesOf(choose({ topics: [lamps, tables], maxPapers: 2 }))).toEqual([0, 1]);
    const shared = placesOf(choose({ topics: [likest, tables], maxPapers: 4 }));
    expect(shared).toHaveLength(4);
    expect(shared).toContain(1);
    expect(shared.at(-1)).toBe(1);
    expect(placesOf(choose({ topics: [tables, likest] })).at(-1)).toBe(1);
  });

  it('does not bring back what was seen, nor what is left out', () => {
    const seen = [hashed(day('2026-08-06'), [paperId(0)])];
    const never = [compiledOf('table')];
    for (const topics of [[lamps], [likest], [lamps, tables]]) {
      const chosen = choose({ topics, seen, never });
      expect(placesOf(chosen).sort()).toEqual([2, 5]);
      expect(chosen.matched).toBe(2);
      expect(countMatches(edition, { topics, seen, never }, [0])).toBe(3);
    }
  });

  it('says why beside the reasons of filters: the words, and the title they are from', () => {
    const named = aLikenessTopic('named', {
      words: [
        { word: 'lamp', weight: 1, example: 0 },
        { word: 'long', weight: 0.4, example: 0 },
      ],
      threshold: 0.1,
      order: 'trend',
      titles: ['My own lamp'],
    });
    expect(explainPapers(edition, [named, tables], [1, 3]).map(({ reasons }) => reasons)).toEqual([
      [{ topic: 'TABLES', words: ['Tables'] }],
      [
        { topic: 'NAMED', words: ['long', 'lamp'], like: 'My own lamp' },
        { topic: 'TABLES', words: ['table'] },
      ],
    ]);
    const [{ reasons } = { reasons: [] }] = choose({ maxPapers: 1 }).papers;
    expect(reasons).toEqual([{ topic: 'LAMPS', words: ['Lamps', 'wicks', 'wax'], like: '' }]);
  });

  it('may be one of several, each with its own reasons', () => {
    const robots = aLikenessTopic('robots', aLikeness({ robot: 1 }));
    const chosen = choose({ topics: [lamps, robots, aLikenessTopic('wax', aLikeness({ wax: 1 }))] });
    expect(placesOf(chosen)).toEqual([0, 2, 3, 4, 5]);
    expect(chosen.papers.map(({ reasons }) => reasons.map(({ topic }) => topic))).toEqual([
      ['LAMPS', 'WAX'],
      ['LAMPS', 'WAX'],
      ['LAMPS'],
      ['ROBOTS'],
      ['LAMPS'],
    ]);
  });

  it('shows on the page of a day what else matches', () => {
    const of = { topics: [lamps], sentPlaces: [2], seen: [], most: 2 };
    const { sent, others, otherMatches } = papersOfDay(edition, of);
    expect(sent.map(({ reasons }) => reasons.map(({ topic }) => topic))).toEqual([['LAMPS']]);
    expect([others.map(({ ranked }) => ranked.paper.title), otherMatches]).toEqual([[titles[0], titles[3]], 3]);
  });

  it('has papers that come close where none is alike enough', () => {
    const strict = aLikenessTopic('strict', aLikeness(weights, { threshold: 1.2 * scoreOf(2) }));
    expect(topicPlaces(edition, strict)).toEqual([]);
    const { topics, closest } = lookAround(edition, [strict, aTopic('whales', 'whale')], []);
    expect(topics).toEqual([
      { name: 'STRICT', sentBefore: 0 },
      { name: 'WHALES', sentBefore: 0 },
    ]);
    expect(closest.map(({ topic }) => topic)).toContain('STRICT');
    expect(closest.find(({ ranked }) => ranked.paper.title === titles[2])?.words).toEqual(['Wax wick lamp']);
    const silent = aLikenessTopic('silent', aLikeness(weights, { threshold: Number.POSITIVE_INFINITY }));
    expect(lookAround(edition, [silent], []).closest).toEqual([]);
  });
});

/** The score of the paper at a place. */
function scoreOf(place: number): number {
  return 0.01 * (edition.likeness.index().matchesOf(lamps.like).scores[place] ?? 0);
}
