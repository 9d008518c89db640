import { describe, expect, it } from '@jest/globals';
import { daysBefore } from '../../shared/domain/edition/archive.js';
import { wordCounts } from '../../shared/domain/likeness/word-counts.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { findKnown } from '../../shared/learning/find-known.js';
import { readArchive } from '../../shared/storage/read-archive.js';
import { anEdition, aPaper, aRankedPaper, day, paperId } from '../support/builders.js';
import { fakeEditionRepository } from '../support/fake-edition-repository.js';
import { fakeMonthRepository } from '../support/fake-month-repository.js';

const date = day('2026-08-07');
const abstract =
  'A kite string is wound by a small motor, and the motor is told by the wind how fast it has to be wound.';
const titles = ['Kites in a Storm', 'A Storm in Kites', 'Winches: wound by $\\alpha$ wind'];

/** An edition of these titles, and the papers of ids 10 and 11. */
function known() {
  const papers = titles.map((title, number) => aRankedPaper({ id: paperId(number + 1), title, abstract }));
  const edition = anEdition({ date, papers });
  const tables = { editions: fakeEditionRepository(edition), months: fakeMonthRepository() };
  const asked: (readonly PaperId[])[] = [];
  let archives = 0;
  const deps = {
    papers: {
      descriptions: async (ids: readonly PaperId[]) => {
        asked.push(ids);
        return [10, 11].map((number) => aPaper({ id: paperId(number), abstract })).filter(({ id }) => ids.includes(id));
      },
    },
    archive: async () => {
      archives += 1;
      return readArchive(date, daysBefore(date), tables);
    },
  };
  return { deps, asked, archives: () => archives };
}

describe('papers that somebody named', () => {
  it('are read at once where their id is known, and wait where it is not', async () => {
    const { deps, archives } = known();
    const found = await findKnown([{ id: paperId(10) }, { id: paperId(99), title: 'Named so' }], deps);
    const words = wordCounts(aPaper().title, abstract);
    expect(found).toEqual({
      examples: [
        { id: paperId(10), title: aPaper().title, liked: true, words },
        { id: paperId(99), title: 'Named so', liked: true },
      ],
      notFound: [],
    });
    expect(archives()).toBe(0);
  });

  it('are found by their whole title among the papers of the last weeks, however it is written', async () => {
    const { deps } = known();
    const named = ['KITES IN A STORM', 'Winches - wound by α wind', 'Storm', 'Kites in a storm, again'];
    const { examples, notFound } = await findKnown(
      named.map((title) => ({ title })),
      deps,
    );
    expect(examples.map(({ id, words }) => [id, words !== undefined])).toEqual([
      [paperId(1), true],
      [paperId(3), true],
    ]);
    expect(notFound).toEqual(['Storm', 'Kites in a storm, again']);
  });

  it('need no asking where an entry has its own abstract', async () => {
    const { deps, asked } = known();
    const named = [
      { id: paperId(50), title: 'One', abstract },
      { title: 'Of my own', abstract },
    ];
    const { examples } = await findKnown(named, deps);
    expect(examples.map(({ id }) => id)).toEqual([paperId(50), expect.stringMatching(/^entry:[\w-]{16}$/)]);
    expect(examples.map(({ words }) => words)).toEqual([
      wordCounts('One', abstract),
      wordCounts('Of my own', abstract),
    ]);
    expect(asked).toEqual([]);
  });

  it('are one example when an id and a title name the same', async () => {
    const { deps } = known();
    const { examples } = await findKnown([{ title: titles[0]! }, { id: paperId(1) }], deps);
    expect(examples).toHaveLength(1);
    expect(examples[0]?.words).toBeDefined();
  });

  it('are listed by name where there is no edition yet', async () => {
    const { deps } = known();
    const found = await findKnown([{ title: titles[0]! }], { ...deps, archive: async () => undefined });
    expect(found).toEqual({ examples: [], notFound: [titles[0]] });
  });
});
