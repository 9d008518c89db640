import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bestUnseen,
  choosePapers,
  countMatches,
  type IndexedEdition,
  indexEdition,
} from '../../../shared/domain/edition/choose-papers.js';
import type { CompiledFilter } from '../../../shared/domain/filter/compile-filter.js';
import { matchFilter } from '../../../shared/domain/filter/match/match-filter.js';
import { hashed, paperHash } from '../../../shared/domain/subscriber/seen-papers.js';
import type { FilterTopic } from '../../../shared/domain/subscriber/topic.js';
import { anEdition, aRankedPaper, aTrendScore, day, paperId } from '../../support/builders.js';
import { aTopic, compiledOf } from '../../support/filters.js';

const topic = (name: string, text: string): FilterTopic => ({ ...aTopic(name.toLowerCase(), text), name });

const plain = { abstract: 'Nothing.', keywords: [] };
const titles = ['Lamps of wax', 'Tables', 'A lamp on a table', 'Wax'];
const papers = titles.map((title, index) => aRankedPaper({ ...plain, id: paperId(index + 1), title }));
const indexed = indexEdition(anEdition({ papers }));
const lamps = topic('Lamps', 'lamp');
const tables = topic('Tables', 'table');

const choose = (over: Partial<Parameters<typeof choosePapers>[1]>) =>
  choosePapers(indexed, { topics: [lamps, tables], seen: [], maxPapers: 10, ...over }).papers;
const idsOf = (chosen: ReturnType<typeof choosePapers>['papers']) => chosen.map(({ ranked }) => ranked.paper.id);

describe('choosing papers', () => {
  it('takes what any topic matches, best trend first', () => {
    expect(idsOf(choose({}))).toEqual([paperId(1), paperId(2), paperId(3)]);
    expect(idsOf(choose({ topics: [tables, lamps] }))).toEqual([paperId(1), paperId(2), paperId(3)]);
  });

  it('says which topics a paper is of, and by which words', () => {
    expect(choose({}).map(({ reasons }) => reasons)).toEqual([
      [{ topic: 'Lamps', words: ['Lamps'] }],
      [{ topic: 'Tables', words: ['Tables'] }],
      [
        { topic: 'Lamps', words: ['lamp'] },
        { topic: 'Tables', words: ['table'] },
      ],
    ]);
  });

  it('gives no reason for a paper that is only one of all', () => {
    const all = { ...topic('All topics', 'score>=0'), id: 'everything' };
    const chosen = choose({ topics: [all, lamps] });
    expect(chosen.map(({ reasons }) => reasons.map((reason) => reason.topic))).toEqual([['Lamps'], [], ['Lamps'], []]);
  });

  it('takes no more than asked', () => {
    expect(idsOf(choose({ maxPapers: 2 }))).toEqual([paperId(1), paperId(2)]);
  });

  it('leaves out what was shown before, and fills up with the next ones', () => {
    const seen = [hashed(day('2026-08-06'), [paperId(1)])];
    expect(idsOf(choose({ seen, maxPapers: 2 }))).toEqual([paperId(2), paperId(3)]);
  });

  it('chooses nothing without topics', () => {
    expect(choose({ topics: [] })).toEqual([]);
  });

  it('never repeats a paper from one day to the next, until nothing is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), (maxPapers) => {
        const first = idsOf(choose({ maxPapers }));
        const rest = idsOf(choose({ seen: [hashed(day('2026-08-06'), first)] }));
        expect([...first, ...rest]).toEqual(idsOf(choose({})));
      }),
    );
  });

  describe('of several topics', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      aRankedPaper({ ...plain, id: paperId(index), title: titleAt(index) }),
    );
    const edition = indexEdition(anEdition({ papers: many }));
    /** Nine papers of lamps, the last of them of tables too, then three of tables. */
    function titleAt(index: number): string {
      if (index < 8) return 'Lamp';
      return index === 8 ? 'Lamp and table' : 'Table';
    }
    const places = (maxPapers: number, topics = [lamps, tables], seen: readonly number[] = []) =>
      choosePapers(edition, {
        topics,
        seen: [hashed(day('2026-08-06'), seen.map(paperId))],
        maxPapers,
      }).papers.map(({ ranked }) => many.findIndex(({ paper }) => paper.id === ranked.paper.id));

    it('gives no topic more than half, where others have as much', () => {
      expect(places(4)).toEqual([0, 1, 8, 9]);
      expect(places(5)).toEqual([0, 1, 2, 8, 9]);
    });

    it('fills up with the best that is left, where others have less', () => {
      expect(places(10)).toEqual([0, 1, 2, 3, 4, 5, 8, 9, 10, 11]);
      expect(places(6, [lamps])).toEqual([0, 1, 2, 3, 4, 5]);
    });

    it('looks at new papers only', () => {
      expect(places(4, [lamps, tables], [0, 1, 9, 10, 11])).toEqual([2, 3, 4, 8]);
    });

    it('does not mind the order of the topics', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 14 }), fc.subarray([...many.keys()]), (maxPapers, seen) => {
          expect(places(maxPapers, [tables, lamps], seen)).toEqual(places(maxPapers, [lamps, tables], seen));
        }),
      );
    });

    it('takes as many as there are, the best of all among them, whatever was seen', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 14 }), fc.subarray([...many.keys()]), (maxPapers, seen) => {
          const fresh = [...many.keys()].filter((place) => !seen.includes(place));
          const chosen = places(maxPapers, [lamps, tables], seen);
          expect(chosen).toHaveLength(Math.min(maxPapers, fresh.length));
          expect(chosen[0]).toBe(fresh[0]);
          expect(chosen.filter((place) => seen.includes(place))).toEqual([]);
        }),
      );
    });
  });

  it('takes no paper of an edition that counts as seen as a whole', () => {
    const entries = [{ edition: day('2026-08-06'), isWhole: true as const }];
    const hashesAt = () => [1, 3].map((number) => paperHash(paperId(number)));
    const chosen = idsOf(choose({ seen: { entries, hashesAt } }));
    const all = idsOf(choose({ seen: [] }));
    expect(all).toEqual(expect.arrayContaining([paperId(1), paperId(3)]));
    expect(chosen).toEqual(all.filter((id) => id !== paperId(1) && id !== paperId(3)));
  });

  it('counts every unseen paper that matches, however few are taken', () => {
    const matched = (over: Partial<Parameters<typeof choosePapers>[1]>) =>
      choosePapers(indexed, { topics: [lamps, tables], seen: [], maxPapers: 1, ...over }).matched;
    expect(matched({})).toBe(3);
    expect(matched({ topics: [lamps] })).toBe(2);
    expect(matched({ seen: [hashed(day('2026-08-06'), [paperId(1), paperId(4)])] })).toBe(2);
    expect(matched({ topics: [] })).toBe(0);
  });

  it('counts again for a mail that is repeated, its own papers included even if the topics have changed', () => {
    const seen = [hashed(day('2026-08-06'), [paperId(1)])];
    expect(countMatches(indexed, { topics: [lamps], seen }, [2])).toBe(1);
    expect(countMatches(indexed, { topics: [lamps], seen }, [2, 3])).toBe(2);
  });

  it('has the best unseen papers of any subject, and says of those of a topic that they are', () => {
    const seen = [hashed(day('2026-08-06'), [paperId(1)])];
    const best = bestUnseen(indexed, { topics: [tables], seen, maxPapers: 2 });
    expect(idsOf(best)).toEqual([paperId(2), paperId(3)]);
    expect(idsOf(bestUnseen(indexed, { topics: [], seen, maxPapers: 9 }))).toEqual([2, 3, 4].map(paperId));
  });

  describe('with something left out', () => {
    const texts = ['lamp', 'table', 'wax', '"of wax"', 'author:"Ada Moss"'];
    const never = [compiledOf('wax')];

    it('fills up with the next ones, in every topic and among the best of the rest', () => {
      expect(idsOf(choose({ never }))).toEqual([paperId(2), paperId(3)]);
      expect(choosePapers(indexed, { topics: [lamps, tables], seen: [], never, maxPapers: 1 }).matched).toBe(2);
      expect(idsOf(bestUnseen(indexed, { topics: [lamps], seen: [], never, maxPapers: 9 }))).toEqual(
        [2, 3].map(paperId),
      );
    });

    it('counts what a mail that is repeated shows all the same', () => {
      expect(countMatches(indexed, { topics: [lamps], seen: [], never }, [])).toBe(1);
      expect(countMatches(indexed, { topics: [lamps], seen: [], never }, [0])).toBe(2);
    });

    it('never chooses a paper that any of it matches, and every other that was chosen without', () => {
      const some = fc.subarray(texts);
      fc.assert(
        fc.property(some, some, (wanted, unwanted) => {
          const topics = wanted.map((text) => topic(text, text));
          const left = unwanted.map(compiledOf);
          const out = new Set(
            left.flatMap((filter) => indexed.placesOf(filter)).map((place) => papers[place]?.paper.id),
          );
          const all = idsOf(choose({ topics }));
          expect(idsOf(choose({ topics, never: left }))).toEqual(all.filter((id) => !out.has(id)));
        }),
      );
    });
  });

  it('chooses the same for one subscriber, whatever others chose of the same edition', () => {
    const texts = fc.constantFrom('lamp', 'table', 'wax', '"of wax"', 'lamp -table');
    const choices = fc.array(
      fc.tuple(
        fc.array(
          texts.map((text) => topic(text, text)),
          { maxLength: 3 },
        ),
        fc.nat({ max: 4 }),
      ),
    );
    fc.assert(
      fc.property(choices, (each) => {
        const shared = indexEdition(anEdition({ papers }));
        for (const [topics, maxPapers] of each) {
          const choice = { topics, seen: [], maxPapers };
          expect(choosePapers(shared, choice)).toEqual(choosePapers(indexEdition(anEdition({ papers })), choice));
        }
      }),
    );
  });

  describe('of many subscribers', () => {
    const texts = [
      'lamp',
      'table',
      'lamp -table',
      'lamp OR table',
      '"lamp table"~5',
      '=lamps',
      'ta*',
      'wax table',
      'score>=3',
    ];
    const edition = anEdition({
      papers: Array.from({ length: 70 }, (_, index) => {
        const title = ['Lamps', 'A table', 'Wax', 'Lamp and table'][index % 4] ?? '';
        return aRankedPaper({ ...plain, id: paperId(index), title: `${title} ${index}` }, aTrendScore(70 - index));
      }),
    });
    const arbitraryChoice = fc.record({
      topics: fc.subarray(texts, { maxLength: 4 }).map((some) => some.map((text) => topic(text, text))),
      seen: fc.subarray([...edition.papers.keys()]),
      never: fc.subarray(['lamp -table', 'wax', 'table'], { maxLength: 1 }).map((some) => some.map(compiledOf)),
      maxPapers: fc.integer({ min: 1, max: 25 }),
    });

    it('is what it would be without anything kept: each paper matched and explained by itself, by the same rule', () => {
      fc.assert(
        fc.property(fc.array(arbitraryChoice, { minLength: 1, maxLength: 6 }), (choices) => {
          const shared = indexEdition(edition);
          for (const { seen, ...choice } of choices) {
            const earlier = { edition: day('2026-08-06'), places: seen };
            const hashesAt = () => edition.papers.map(({ paper }) => paperHash(paper.id));
            const chosen = choosePapers(shared, { ...choice, seen: { entries: [earlier], hashesAt } });
            expect(chosen).toEqual(chosenOneByOne(shared, choice, new Set(seen)));
          }
        }),
      );
    });
  });
});

/** Chooses as `choosePapers` does, paper by paper. */
function chosenOneByOne(
  { papers }: IndexedEdition,
  { topics, never, maxPapers }: { topics: readonly FilterTopic[]; never: readonly CompiledFilter[]; maxPapers: number },
  seen: ReadonlySet<number>,
) {
  const open = papers.flatMap(({ ranked, indexed: paper }, place) => {
    const reasons = topics.flatMap(({ name, filter }) => {
      const words = matchFilter(filter, paper);
      return words ? [{ topic: name, words: words.map(({ text }) => text) }] : [];
    });
    const isOut = seen.has(place) || never.some((filter) => matchFilter(filter, paper));
    return reasons.length === 0 || isOut ? [] : [{ ranked, reasons }];
  });
  const isWithin = open.map(({ reasons: [first, ...others] }, at) => {
    if (!first || others.length > 0) return true;
    const before = open.slice(0, at).filter(({ reasons }) => reasons.length === 1 && reasons[0]?.topic === first.topic);
    return before.length < Math.ceil(maxPapers / 2);
  });
  const shared = open.filter((_, at) => isWithin[at]).slice(0, maxPapers);
  const left = open.filter((paper) => !shared.includes(paper)).slice(0, maxPapers - shared.length);
  return { papers: open.filter((paper) => shared.includes(paper) || left.includes(paper)), matched: open.length };
}
