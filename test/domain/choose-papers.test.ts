import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { choosePapers, indexEdition } from '../../shared/domain/choose-papers.js';
import { parseFilter } from '../../shared/domain/filter/parse-filter.js';
import { rememberPapers } from '../../shared/domain/seen-papers.js';
import type { Topic } from '../../shared/domain/topic.js';
import { anEdition, aRankedPaper, day, paperId } from '../support/builders.js';

function topic(name: string, text: string): Topic {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { id: name.toLowerCase(), name, filter: parsed.filter };
}

const plain = { abstract: 'Nothing.', keywords: [] };
const titles = ['Lamps of wax', 'Tables', 'A lamp on a table', 'Wax'];
const papers = titles.map((title, index) => aRankedPaper({ ...plain, id: paperId(index + 1), title }));
const indexed = indexEdition(anEdition({ papers }));
const lamps = topic('Lamps', 'lamp');
const tables = topic('Tables', 'table');

const choose = (over: Partial<Parameters<typeof choosePapers>[1]>) =>
  choosePapers(indexed, { topics: [lamps, tables], seen: [], maxPapers: 10, ...over });
const idsOf = (chosen: ReturnType<typeof choosePapers>) => chosen.map(({ ranked }) => ranked.paper.id);

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

  it('takes no more than asked', () => {
    expect(idsOf(choose({ maxPapers: 2 }))).toEqual([paperId(1), paperId(2)]);
  });

  it('leaves out what was shown before, and fills up with the next ones', () => {
    const seen = rememberPapers([], day('2026-08-06'), [paperId(1)]);
    expect(idsOf(choose({ seen, maxPapers: 2 }))).toEqual([paperId(2), paperId(3)]);
  });

  it('chooses nothing without topics', () => {
    expect(choose({ topics: [] })).toEqual([]);
  });

  it('never repeats a paper from one day to the next, until nothing is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), (maxPapers) => {
        const first = idsOf(choose({ maxPapers }));
        const rest = idsOf(choose({ seen: rememberPapers([], day('2026-08-06'), first) }));
        expect([...first, ...rest]).toEqual(idsOf(choose({})));
      }),
    );
  });

  it('evaluates filters that print alike once', () => {
    const known = indexed.placesOf(topic('One', 'lamp OR wax').filter);
    expect(indexed.placesOf(topic('Other', '(wax OR "lamp")').filter)).toBe(known);
  });
});
