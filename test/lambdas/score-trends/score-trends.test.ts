import { describe, expect, it } from '@jest/globals';
import { scoreTrends } from '../../../lambdas/score-trends/score-trends.js';
import { chooseHighlights } from '../../../shared/domain/highlights/choose-highlights.js';
import type { SourceStatus } from '../../../shared/domain/paper/source-health.js';
import { parseCatalogue } from '../../../shared/domain/subscriber/catalogue.js';
import { anEdition, anObservation, aPaper, aRankedPaper, day, instant, paperId } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeHighlightRepository } from '../../support/fake-highlight-repository.js';
import { fakeMonthRepository } from '../../support/fake-month-repository.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';
import { savePaper } from '../../support/save-paper.js';

const today = day('2026-08-07');
const ingest = (time: string, ...statuses: SourceStatus[]) => ({
  at: instant(`2026-08-07T${time}`),
  sources: statuses.map((status, index) => ({ name: `source ${index}`, status })),
});

async function aHouse() {
  const papers = fakePaperRepository();
  const editions = fakeEditionRepository();
  const announced: string[] = [];
  await savePaper(papers, aPaper(), anObservation());
  const deps = {
    papers,
    editions,
    months: fakeMonthRepository(),
    highlights: fakeHighlightRepository(),
    catalogue: topics,
    announce: async ({ date }: { date: string }) => void announced.push(date),
    publishHour: 5,
    now: () => instant('2026-08-07T05:01'),
  };
  return { papers, editions, announced, deps };
}

const { topics } = parseCatalogue([
  { id: 'tables', name: 'Tables', description: 'Rows and columns.', filter: 'tables' },
  { id: 'robots', name: 'Robots', description: 'Machines that move.', filter: 'robot' },
]);

describe('publishing an edition', () => {
  it('happens after the first ingest at or after the publish hour', async () => {
    const { deps, editions, announced } = await aHouse();
    expect(await scoreTrends(ingest('04:59', 'fresh'), deps)).toEqual({ outcome: 'too-early' });
    expect(await scoreTrends(ingest('05:00', 'fresh'), deps)).toEqual({
      outcome: 'published',
      edition: today,
      papers: 1,
    });
    expect(announced).toEqual([today]);
    expect((await editions.find(today))?.papers[0]?.score.parts).not.toEqual([]);
    expect((await editions.find(today))?.papers[0]?.highlights).toMatchObject({ of: 3, idea: 1 });
  });

  it('happens once: what comes later changes nothing', async () => {
    const { deps, papers, editions, announced } = await aHouse();
    await scoreTrends(ingest('05:00', 'fresh'), deps);
    const first = await editions.find(today);
    await savePaper(papers, aPaper({ id: paperId(2) }), anObservation({ upvotes: 900 }));
    expect(await scoreTrends(ingest('06:00', 'fresh'), deps)).toEqual({ outcome: 'already-published' });
    expect(await editions.find(today)).toEqual(first);
    expect(announced).toEqual([today]);
  });

  it('needs one source that answered, be its day quiet', async () => {
    const { deps } = await aHouse();
    expect(await scoreTrends(ingest('05:00', 'down', 'down'), deps)).toEqual({ outcome: 'no-source-answered' });
    expect(await scoreTrends(ingest('06:00', 'down', 'quiet'), deps)).toMatchObject({ outcome: 'published' });
  });

  it('waits for the next ingest when there is no paper at all', async () => {
    const { deps, announced } = await aHouse();
    const empty = { ...deps, papers: fakePaperRepository() };
    expect(await scoreTrends(ingest('05:00', 'fresh'), empty)).toEqual({ outcome: 'no-papers' });
    expect(announced).toEqual([]);
  });

  it('notes the lists behind it, the empty ones too', async () => {
    const { deps, papers, editions } = await aHouse();
    await papers.noteListedDay({ date: day('2026-08-02'), listed: 0 }, 0);
    await papers.noteListedDay({ date: today, listed: 1 }, 0);
    await scoreTrends(ingest('05:00', 'fresh'), deps);
    expect((await editions.find(today))?.days).toEqual([
      { date: day('2026-08-02'), listed: 0 },
      { date: today, listed: 1 },
    ]);
  });

  it('notes the edition before it, and how the sources did, for readers to be told', async () => {
    const { deps, papers, editions } = await aHouse();
    const first = anEdition({ date: day('2026-08-05'), publishedAt: instant('2026-08-05T05:03') });
    await editions.publish(first);
    const at = instant('2026-08-07T05:00');
    const newestDay = day('2026-08-06');
    await papers.noteHealth({ source: 'arxiv', status: 'quiet', at, lastAnswerAt: at, newestDay, rejected: 3 });
    await papers.noteHealth({ source: 'hugging-face', status: 'down', at, rejected: 0, note: 'HTTP 503' });
    await scoreTrends(ingest('05:00', 'quiet', 'down'), deps);
    expect(await editions.find(today)).toMatchObject({
      previous: { date: '2026-08-05', publishedAt: first.publishedAt },
      sources: [
        { source: 'arxiv', status: 'quiet', newestDay },
        { source: 'hugging-face', status: 'down' },
      ],
    });
  });

  it('notes how many papers each topic matched in 30 days, over the editions of that time', async () => {
    const { deps, editions } = await aHouse();
    const before = { listedDays: [day('2026-07-20')], title: 'Robots at Table' };
    await editions.publish(
      anEdition({ date: day('2026-07-26'), papers: [aRankedPaper({ ...before, id: paperId(9) })] }),
    );
    await scoreTrends(ingest('05:00', 'fresh'), deps);
    expect(await editions.topicCounts(today)).toEqual({ tables: 2, robots: 1 });
  });

  it('notes in how many papers of the month its words are, before it announces it', async () => {
    const { deps, editions, announced } = await aHouse();
    const papers = [9, 8].map((n) =>
      aRankedPaper({ id: paperId(n), title: 'Robots', abstract: 'A robot reads tables.' }),
    );
    await editions.publish(anEdition({ date: day('2026-07-20'), papers }));
    const noted: (number | undefined)[] = [];
    const announce = async ({ date }: { date: string }) => {
      announced.push(date);
      const edition = await editions.find(today);
      const frequencies = edition && (await editions.frequencies(edition));
      noted.push(frequencies?.papers, frequencies?.of('tabl'), frequencies?.of('robot'));
    };
    await scoreTrends(ingest('05:00', 'fresh'), { ...deps, announce });
    // The edition's own paper is about tables, and about no robot: nobody asks about that word.
    expect(noted).toEqual([3, 3, 0]);
  });

  it('announces the edition even if its words cannot be counted', async () => {
    const { deps, editions, announced } = await aHouse();
    const failing = { ...editions, noteFrequencies: () => Promise.reject(new Error('throttled')) };
    await expect(scoreTrends(ingest('05:00', 'fresh'), { ...deps, editions: failing })).rejects.toThrow('throttled');
    expect(announced).toEqual([today]);
  });

  it('announces the edition even if the topics cannot be counted, and counts them after the next ingest', async () => {
    const { deps, editions, announced } = await aHouse();
    const failing = { ...editions, noteTopicCounts: () => Promise.reject(new Error('throttled')) };
    await expect(scoreTrends(ingest('05:00', 'fresh'), { ...deps, editions: failing })).rejects.toThrow('throttled');
    expect(announced).toEqual([today]);
    expect(await scoreTrends(ingest('06:00', 'fresh'), deps)).toEqual({ outcome: 'already-published' });
    expect(await editions.topicCounts(today)).toEqual({ tables: 1, robots: 0 });
    expect(announced).toEqual([today]);
  });
});

describe('a withdrawn paper', () => {
  it('is listed beside the editions after every ingest, too early or too late for an edition as it may be', async () => {
    const { deps, papers, editions } = await aHouse();
    await papers.noteWithdrawn([paperId(7)]);
    await scoreTrends(ingest('04:00', 'fresh'), deps);
    expect(await editions.withdrawn()).toEqual([paperId(7)]);
    await scoreTrends(ingest('05:00', 'fresh'), deps);
    await papers.noteWithdrawn([]);
    await scoreTrends(ingest('06:00', 'down', 'down'), deps);
    expect(await editions.withdrawn()).toEqual([]);
  });

  it('is not written again where nothing changed', async () => {
    const { deps, papers, editions } = await aHouse();
    await papers.noteWithdrawn([paperId(7)]);
    await editions.noteWithdrawn([paperId(7)]);
    const refusing = { ...editions, noteWithdrawn: () => Promise.reject(new Error('written again')) };
    expect(await scoreTrends(ingest('04:00', 'fresh'), { ...deps, editions: refusing })).toEqual({
      outcome: 'too-early',
    });
  });

  it('is in no later edition', async () => {
    const { deps, papers, editions } = await aHouse();
    await savePaper(papers, aPaper({ id: paperId(2), isWithdrawn: true }), anObservation({ upvotes: 900 }));
    await scoreTrends(ingest('05:00', 'fresh'), deps);
    expect((await editions.find(today))?.papers.map(({ paper }) => paper.id)).toEqual([aPaper().id]);
  });
});

describe('the highlights of an edition', () => {
  const abstract = 'However, tables are long. We propose Lantern. It reads row by row. Results improve by 3%.';

  it('are chosen after each ingest for papers that have come, and taken for the edition', async () => {
    const { deps, papers, editions } = await aHouse();
    await savePaper(papers, aPaper({ abstract }), anObservation());
    await scoreTrends(ingest('04:00', 'fresh'), deps);
    const prepared = (await deps.highlights.chosenOn([today])).get(today)?.get(paperId(1));
    expect(prepared?.[1]).toEqual(chooseHighlights(abstract));
    const marked = { of: 99 };
    await deps.highlights.keep(today, new Map([[paperId(1), [prepared?.[0] ?? '', marked]]]));
    await scoreTrends(ingest('05:00', 'fresh'), deps);
    expect((await editions.find(today))?.papers[0]?.highlights).toEqual(marked);
  });

  it('are chosen anew where the abstract has changed since', async () => {
    const { deps, papers, editions } = await aHouse();
    await scoreTrends(ingest('04:00', 'fresh'), deps);
    await savePaper(papers, aPaper({ abstract }));
    await scoreTrends(ingest('05:00', 'fresh'), deps);
    expect((await editions.find(today))?.papers[0]?.highlights).toEqual(chooseHighlights(abstract));
  });

  it('are not written again while no paper comes', async () => {
    const { deps, papers } = await aHouse();
    await scoreTrends(ingest('04:00', 'fresh'), deps);
    const keep = () => Promise.reject(new Error('written again'));
    const refusing = { ...deps, highlights: { ...deps.highlights, keep } };
    expect(await scoreTrends(ingest('04:30', 'fresh'), refusing)).toEqual({ outcome: 'too-early' });
    await savePaper(papers, aPaper({ id: paperId(2) }));
    await expect(scoreTrends(ingest('04:45', 'fresh'), refusing)).rejects.toThrow('written again');
  });
});
