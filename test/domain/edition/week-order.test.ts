import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { choosePapers, indexEdition } from '../../../shared/domain/edition/choose-papers.js';
import { inWeekOrder, weekGainOf } from '../../../shared/domain/edition/week-order.js';
import { anEdition, anObservedPaper, aRankedPaper, instant, paperId } from '../../support/builders.js';
import { aTopic } from '../../support/filters.js';

const at = instant('2026-08-07T05:00');
const gained = (history: [string, number][], paper = {}) =>
  weekGainOf(
    anObservedPaper(
      paper,
      history.map(([when, upvotes]) => ({ at: instant(when), upvotes })),
    ),
    at,
  );

describe('what a paper gained in a week', () => {
  it('are its upvotes of the last seven days', () => {
    const old = { listedDays: [], publishedAt: instant('2026-07-20T00:00') };
    expect(
      gained(
        [
          ['2026-07-25T00:00', 30],
          ['2026-07-31T04:00', 50],
          ['2026-08-07T04:00', 80],
        ],
        old,
      ),
    ).toBe(30);
    expect(gained([['2026-08-07T04:00', 12]], { listedDays: [], publishedAt: instant('2026-08-05T05:00') })).toBe(12);
    expect(
      gained(
        [
          ['2026-08-06T04:00', 12],
          ['2026-08-08T04:00', 90],
        ],
        {},
      ),
    ).toBe(12);
  });

  it('is spread over the time where nobody looked for longer than a week', () => {
    const old = { listedDays: [], publishedAt: instant('2026-07-24T05:00') };
    expect(gained([['2026-08-07T04:00', 41]], old)).toBe(21);
  });

  it('is nothing where nothing is known, and never less', () => {
    expect(gained([])).toBe(0);
    expect(
      gained([
        ['2026-07-30T00:00', 9],
        ['2026-08-06T00:00', 4],
      ]),
    ).toBe(0);
  });
});

const plain = { abstract: 'Nothing.', keywords: [] };
const lamps = aTopic('lamps', 'lamp');
const tables = aTopic('tables', 'table');
const editionOf = (papers: readonly { title: string; weekGain?: number }[]) =>
  indexEdition(
    anEdition({
      papers: papers.map(({ title, weekGain }, index) => ({
        ...aRankedPaper({ ...plain, id: paperId(index + 1), title }),
        ...(weekGain !== undefined && { weekGain }),
      })),
    }),
  );
const bestOf = (edition: ReturnType<typeof editionOf>, topics = [lamps, tables], maxPapers = 10) =>
  choosePapers(inWeekOrder(edition), { topics, seen: [], maxPapers }).papers.map(({ ranked }) => ranked.paper.id);

describe('the best of a week', () => {
  it('are those first that gained most, and of equal ones those of higher rank', () => {
    const edition = editionOf([
      { title: 'Lamp', weekGain: 2 },
      { title: 'Table', weekGain: 7 },
      { title: 'Wax', weekGain: 99 },
      { title: 'Lamp and table', weekGain: 7 },
      { title: 'Table', weekGain: 30 },
    ]);
    expect(bestOf(edition)).toEqual([5, 2, 4, 1].map(paperId));
    expect(bestOf(edition, [lamps])).toEqual([4, 1].map(paperId));
  });

  it('have at most half of one topic, unless places would stay empty', () => {
    const edition = editionOf([
      { title: 'Lamp', weekGain: 1 },
      { title: 'Table', weekGain: 9 },
      { title: 'Table', weekGain: 8 },
      { title: 'Table', weekGain: 7 },
    ]);
    expect(bestOf(edition, [lamps, tables], 2)).toEqual([2, 1].map(paperId));
    expect(bestOf(edition, [lamps, tables], 3)).toEqual([2, 3, 1].map(paperId));
  });

  it('are in rank order in an edition from before gains were kept', () => {
    const edition = editionOf([{ title: 'Table' }, { title: 'Lamp' }, { title: 'Table' }]);
    expect(bestOf(edition)).toEqual([1, 2, 3].map(paperId));
  });

  it('are the same papers as those of the day where all have room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ title: fc.constantFrom('Lamp', 'Table', 'Wax', 'Lamp table'), weekGain: fc.nat(5) })),
        (papers) => {
          const edition = editionOf(papers);
          const ofDay = choosePapers(edition, { topics: [lamps, tables], seen: [], maxPapers: 99 });
          expect(bestOf(edition, [lamps, tables], 99).sort()).toEqual(
            ofDay.papers.map(({ ranked }) => ranked.paper.id).sort(),
          );
          const most = inWeekOrder(edition).placesOf(lamps.filter, 2);
          expect(most).toEqual(inWeekOrder(edition).placesOf(lamps.filter).slice(0, 2));
        },
      ),
    );
  });
});
