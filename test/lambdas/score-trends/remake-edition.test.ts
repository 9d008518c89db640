import { describe, expect, it } from '@jest/globals';
import { remakeEdition } from '../../../lambdas/score-trends/remake-edition.js';
import { scoreTrends } from '../../../lambdas/score-trends/score-trends.js';
import { parseCatalogue } from '../../../shared/domain/subscriber/catalogue.js';
import { anObservation, aPaper, day, instant, paperId } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeHighlightRepository } from '../../support/fake-highlight-repository.js';
import { fakeMonthRepository } from '../../support/fake-month-repository.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';
import { savePaper } from '../../support/save-paper.js';

const today = day('2026-08-07');
const { topics: catalogue } = parseCatalogue([
  { id: 'tables', name: 'Tables', description: 'Rows and columns.', filter: 'tables' },
]);

/** A house whose edition came out with one paper, and that has heard of another since. */
async function aPublishedHouse() {
  const papers = fakePaperRepository();
  const editions = fakeEditionRepository();
  const announced: string[] = [];
  const months = fakeMonthRepository();
  const clock = { now: instant('2026-08-07T05:01') };
  const deps = {
    papers,
    editions,
    months,
    highlights: fakeHighlightRepository(),
    catalogue,
    announce: async ({ date }: { date: string }) => void announced.push(date),
    publishHour: 5,
    now: () => clock.now,
  };
  await savePaper(papers, aPaper(), anObservation());
  await scoreTrends({ at: clock.now, sources: [{ name: 'arxiv', status: 'fresh' }] }, deps);
  announced.length = 0;
  clock.now = instant('2026-08-07T05:10');
  await savePaper(papers, aPaper({ id: paperId(2), title: 'Tables again' }), anObservation({ upvotes: 900 }));
  const idsNow = async () => (await editions.find(today))?.papers.map(({ paper }) => paper.id).sort();
  return { deps, editions, months, announced, idsNow, clock };
}

describe('remaking an edition', () => {
  it('ranks what is known by now, and announces it once more', async () => {
    const { deps, editions, announced, idsNow } = await aPublishedHouse();
    expect(await remakeEdition({ date: today }, deps)).toEqual({ outcome: 'remade', edition: today });
    expect(await idsNow()).toEqual([paperId(1), paperId(2)]);
    expect((await editions.find(today))?.publishedAt).toBe(instant('2026-08-07T05:10'));
    expect(announced).toEqual([today]);
  });

  it('makes the index, the texts and the counts for the pages anew', async () => {
    const { deps, editions, months } = await aPublishedHouse();
    expect(await editions.topicCounts(today)).toEqual({ tables: 1 });
    await remakeEdition({ date: today }, deps);
    expect(await editions.topicCounts(today)).toEqual({ tables: 2 });
    const head = await months.headOf(today);
    const [{ texts } = { texts: '' }] = head!.sources;
    expect((await months.papersAt([{ date: today, texts, place: 1 }]))[0]).toBeDefined();
  });

  it('leaves one that is sealed as it is, and announces nothing', async () => {
    const { deps, editions, announced, idsNow } = await aPublishedHouse();
    await editions.seal(today, deps.now());
    expect(await remakeEdition({ date: today }, deps)).toEqual({ outcome: 'sealed', edition: today });
    expect(await idsNow()).toEqual([paperId(1)]);
    expect(announced).toEqual([]);
  });

  it('leaves one alone that is sealed while it is remade', async () => {
    const { deps, editions, announced, idsNow } = await aPublishedHouse();
    const sealing = {
      ...editions,
      async before(date: typeof today) {
        await editions.seal(today, 0);
        return editions.before(date);
      },
    };
    expect(await remakeEdition({ date: today }, { ...deps, editions: sealing })).toMatchObject({ outcome: 'sealed' });
    expect(await idsNow()).toEqual([paperId(1)]);
    expect(announced).toEqual([]);
  });

  it('mends what an interrupted attempt left behind, though the edition was sealed meanwhile', async () => {
    const { deps, editions } = await aPublishedHouse();
    const failing = async () => {
      throw new Error('interrupted');
    };
    await expect(
      remakeEdition({ date: today }, { ...deps, months: { ...deps.months, write: failing } }),
    ).rejects.toThrow();
    await editions.seal(today, deps.now());
    expect(await remakeEdition({ date: today }, deps)).toMatchObject({ outcome: 'sealed' });
    expect(await editions.topicCounts(today)).toEqual({ tables: 2 });
  });

  it('is refused for any but the newest: what was observed since would rank an older one', async () => {
    const { deps, idsNow, clock } = await aPublishedHouse();
    expect(await remakeEdition({ date: day('2026-08-06') }, deps)).toMatchObject({ outcome: 'not-the-newest' });
    clock.now = instant('2026-08-08T05:01');
    await scoreTrends({ at: deps.now(), sources: [{ name: 'arxiv', status: 'fresh' }] }, deps);
    expect(await remakeEdition({ date: today }, deps)).toMatchObject({ outcome: 'not-the-newest' });
    expect(await idsNow()).toEqual([paperId(1)]);
  });
});
