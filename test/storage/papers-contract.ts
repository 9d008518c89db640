import { beforeEach, expect, it } from '@jest/globals';
import type { KnownPaper } from '../../shared/storage/papers/paper-changes.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { anObservation, aPaper, day, instant, paperId } from '../support/builders.js';
import { savePaper } from '../support/save-paper.js';

const full = aPaper({
  aiSummary: 'Reads tables.',
  organisation: 'Quill Institute',
  submitter: 'ada',
  codeUrl: 'https://github.com/quill/lantern',
  projectUrl: 'https://lantern.example.org/',
  version: 2,
  describedAt: instant('2026-08-07T04:00'),
  sources: ['hugging-face', 'arxiv'],
  starsFrom: 'hugging-face',
});

/** What every store of papers does. */
export function papersContract(make: () => Promise<PaperRepository>): void {
  let papers: PaperRepository;
  beforeEach(async () => {
    papers = await make();
  });
  const keepNew = (found: readonly KnownPaper[]) =>
    papers.keep(
      found.map((after) => ({ before: undefined, after })),
      anObservation().at,
    );

  it('finds every field of a paper again, with its newest observation', async () => {
    const latest = anObservation();
    await savePaper(papers, full, latest);
    expect(await papers.find([full.id])).toEqual(new Map([[full.id, { paper: full, latest }]]));
  });

  it('finds the known papers among many, asked twice or never saved', async () => {
    for (let number = 1; number <= 5; number += 1) await savePaper(papers, aPaper({ id: paperId(number) }));
    const asked = Array.from({ length: 250 }, (_, index) => paperId(index + 1));
    const found = await papers.find([...asked, paperId(1)]);
    expect([...found.keys()].sort()).toEqual([1, 2, 3, 4, 5].map(paperId));
    expect(await papers.find([])).toEqual(new Map());
  });

  it('keeps the newest observation when a paper is saved without one', async () => {
    const latest = anObservation();
    await savePaper(papers, aPaper(), latest);
    await savePaper(papers, aPaper({ title: 'Lantern, Revised' }));
    const found = (await papers.find([paperId(1)])).get(paperId(1));
    expect(found).toEqual({ paper: aPaper({ title: 'Lantern, Revised' }), latest });
  });

  it('gives the history oldest first, each instant once', async () => {
    const history = ['2026-08-07T03:00', '2026-08-07T04:00', '2026-08-07T05:00'].map((at, index) =>
      anObservation({ at: instant(at), upvotes: index }),
    );
    for (const place of [1, 0, 2, 2]) await savePaper(papers, aPaper(), history[place]!);
    expect(await papers.activeBetween(day('2026-08-07'), day('2026-08-07'))).toEqual([{ paper: aPaper(), history }]);
  });

  it('keeps what one run finds in two calls, and nothing twice when it is repeated', async () => {
    const first = { paper: aPaper(), latest: anObservation() };
    const second = { paper: aPaper({ id: paperId(2) }), latest: anObservation({ upvotes: 40 }) };
    const described = { ...first, paper: aPaper({ version: 1, describedAt: anObservation().at }) };
    for (let time = 0; time < 2; time += 1) {
      await keepNew([first]);
      await papers.keep(
        [
          { before: first, after: described },
          { before: undefined, after: second },
        ],
        anObservation().at,
      );
    }
    expect(await papers.activeBetween(day('2026-08-07'), day('2026-08-07'))).toEqual([
      { paper: described.paper, history: [first.latest] },
      { paper: second.paper, history: [second.latest] },
    ]);
    expect(await papers.find([paperId(1), paperId(2)])).toEqual(
      new Map([
        [paperId(1), described],
        [paperId(2), second],
      ]),
    );
  });

  it('does not rewrite what was observed at an instant', async () => {
    await savePaper(papers, aPaper(), anObservation({ upvotes: 1 }));
    await savePaper(papers, aPaper(), anObservation({ upvotes: 99 }));
    const [found] = await papers.activeBetween(day('2026-08-07'), day('2026-08-07'));
    expect(found?.history.map(({ upvotes }) => upvotes)).toEqual([1]);
  });

  it('tells a count that was not given from zero', async () => {
    const latest = { at: instant('2026-08-07T03:00'), upvotes: 0 };
    await savePaper(papers, aPaper(), latest);
    expect((await papers.find([paperId(1)])).get(paperId(1))?.latest).toEqual(latest);
    expect((await papers.activeBetween(day('2026-08-07'), day('2026-08-07')))[0]?.history).toEqual([latest]);
  });

  it('lists papers by the newest of the days on which they were listed or first seen', async () => {
    const seenOn = (date: string) => instant(`${date}T23:59:59.999`);
    await savePaper(papers, aPaper({ id: paperId(1), listedDays: [], firstSeenAt: seenOn('2026-08-01') }));
    await savePaper(papers, aPaper({ id: paperId(2), listedDays: [day('2026-08-02'), day('2026-08-05')] }));
    await savePaper(
      papers,
      aPaper({ id: paperId(3), listedDays: [day('2026-07-31')], firstSeenAt: seenOn('2026-07-31') }),
    );
    await savePaper(
      papers,
      aPaper({ id: paperId(4), listedDays: [day('2026-07-20')], firstSeenAt: seenOn('2026-08-07') }),
    );
    const active = async (first: string, last: string) =>
      (await papers.activeBetween(day(first), day(last))).map(({ paper }) => paper.id);
    expect(await active('2026-08-01', '2026-08-07')).toEqual([paperId(1), paperId(2), paperId(4)]);
    expect(await active('2026-07-31', '2026-07-31')).toEqual([paperId(3)]);
    expect(await active('2026-08-08', '2026-08-09')).toEqual([]);
    expect(await papers.idsActiveOn(day('2026-08-07'))).toEqual([paperId(2), paperId(4)]);
    expect(await papers.idsActiveOn(day('2026-08-02'))).toEqual([]);
  });

  it('moves a paper that is listed again to its new day', async () => {
    await savePaper(papers, aPaper({ listedDays: [day('2026-08-07')] }));
    await savePaper(papers, aPaper({ listedDays: [day('2026-08-07'), day('2026-08-09')] }));
    expect(await papers.activeBetween(day('2026-08-07'), day('2026-08-08'))).toEqual([]);
    expect(await papers.activeBetween(day('2026-08-07'), day('2026-08-09'))).toHaveLength(1);
  });

  it('forgets observations older than 90 days', async () => {
    const paper = aPaper({ firstSeenAt: instant('2026-05-08T22:00') });
    await savePaper(papers, paper, anObservation({ at: instant('2026-05-08T23:00') }));
    await savePaper(papers, paper, anObservation({ at: instant('2026-05-09T01:00') }));
    const [found] = await papers.activeBetween(day('2026-08-07'), day('2026-08-07'));
    expect(found?.history.map(({ at }) => at)).toEqual([instant('2026-05-09T01:00')]);
  });

  it('gives the newest observation of each paper until an instant, and none that had expired by then', async () => {
    const seen = async (number: number, ...times: string[]) => {
      const paper = aPaper({ id: paperId(number), firstSeenAt: instant('2026-05-16T04:00') });
      for (const at of times) await savePaper(papers, paper, anObservation({ at: instant(at) }));
    };
    await seen(1, '2026-08-07T03:00', '2026-08-09T04:00', '2026-08-14T05:00:00.001');
    await seen(2, '2026-08-14T05:00', '2026-08-12T05:00');
    await seen(3, '2026-08-15T00:00');
    await seen(4, '2026-05-16T05:00');
    await savePaper(papers, aPaper({ id: paperId(5) }));
    const asked = [1, 2, 3, 4, 5, 6, 1].map(paperId);
    const newest = await papers.newestUntil(asked, instant('2026-08-14T05:00'));
    expect(newest).toEqual(
      new Map([
        [paperId(1), anObservation({ at: instant('2026-08-09T04:00') })],
        [paperId(2), anObservation({ at: instant('2026-08-14T05:00') })],
      ]),
    );
  });

  it('gives the newest observations of hundreds of papers', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => paperId(index + 1));
    const found = ids.map((id, index) => ({ paper: aPaper({ id }), latest: anObservation({ upvotes: index }) }));
    await keepNew(found);
    const newest = await papers.newestUntil(ids, instant('2026-08-14T05:00'));
    expect(ids.map((id) => newest.get(id)?.upvotes)).toEqual(ids.map((_, index) => index));
  });

  it('gives all of many papers with their observations', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => paperId(index + 1));
    await keepNew(ids.map((id) => ({ paper: aPaper({ id }), latest: anObservation() })));
    const found = await papers.activeBetween(day('2026-08-01'), day('2026-08-07'));
    expect(found.map(({ paper }) => paper.id)).toEqual(ids);
    expect(found.every(({ history }) => history.length === 1)).toBe(true);
  });

  it('gives the papers of some days with their newest observation alone', async () => {
    await savePaper(papers, aPaper({ id: paperId(2) }), anObservation({ at: instant('2026-08-07T03:00') }));
    await savePaper(papers, aPaper({ id: paperId(2) }), anObservation({ at: instant('2026-08-07T04:00'), stars: 41 }));
    await savePaper(papers, aPaper({ id: paperId(1) }));
    const old = { listedDays: [], firstSeenAt: instant('2026-07-31T12:00') };
    await savePaper(papers, aPaper({ id: paperId(3), ...old }), anObservation());
    const latest = anObservation({ at: instant('2026-08-07T04:00'), stars: 41 });
    expect(await papers.knownBetween(day('2026-08-01'), day('2026-08-07'))).toEqual([
      { paper: aPaper({ id: paperId(1) }) },
      { paper: aPaper({ id: paperId(2) }), latest },
    ]);
    expect(await papers.knownBetween(day('2026-08-08'), day('2026-08-09'))).toEqual([]);
  });

  it('notes how many papers a day listed, and lets an older reading change nothing', async () => {
    await papers.noteListedDay({ date: day('2026-08-07'), listed: 12 }, instant('2026-08-07T02:00'));
    await papers.noteListedDay({ date: day('2026-08-07'), listed: 30 }, instant('2026-08-07T09:00'));
    await papers.noteListedDay({ date: day('2026-08-07'), listed: 20 }, instant('2026-08-07T05:00'));
    await papers.noteListedDay({ date: day('2026-08-01'), listed: 0 }, instant('2026-08-07T05:00'));
    const asked = ['2026-08-07', '2026-08-02', '2026-08-01'].map(day);
    expect(await papers.listedDays(asked)).toEqual([
      { date: '2026-08-01', listed: 0 },
      { date: '2026-08-07', listed: 30 },
    ]);
  });

  it('keeps how each source did when it was last asked', async () => {
    const at = instant('2026-08-07T05:00');
    const down = { source: 'hugging-face', status: 'down', at, rejected: 0, note: 'answered 503' } as const;
    const fresh = {
      source: 'arxiv',
      status: 'fresh',
      at,
      lastAnswerAt: at,
      newestDay: day('2026-08-07'),
      rejected: 2,
    } as const;
    expect(await papers.health()).toEqual([]);
    await papers.noteHealth({ ...fresh, status: 'stale' });
    await papers.noteHealth(down);
    await papers.noteHealth(fresh);
    expect(await papers.health()).toEqual([fresh, down]);
  });

  it('keeps which papers are withdrawn, until it is noted anew', async () => {
    expect(await papers.withdrawn()).toEqual([]);
    await papers.noteWithdrawn([paperId(1), paperId(2)]);
    expect(await papers.withdrawn()).toEqual([paperId(1), paperId(2)]);
    await papers.noteWithdrawn([]);
    expect(await papers.withdrawn()).toEqual([]);
  });
}
