import { describe, expect, it } from '@jest/globals';
import { ingestPapers } from '../../../lambdas/ingest-papers/ingest-papers.js';
import type { PapersIngested } from '../../../shared/contract/events.js';
import { dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { type PaperSource, type SourceAnswer, SourceDown } from '../../../shared/sources/paper-source.js';
import { aPaperRecord, day, instant, paperId } from '../../support/builders.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';

const at = instant('2026-08-07T05:00');
const today = day('2026-08-07');
const answer = (over: Partial<SourceAnswer> = {}): SourceAnswer => ({
  records: [],
  days: [],
  rejected: [],
  unanswered: [],
  ...over,
});
const listed = (number: number, upvotes = 3) =>
  aPaperRecord({ id: paperId(number), listedOn: today, counts: { upvotes, comments: 0 } });

function aHouse(over: { huggingFace?: () => SourceAnswer; arxiv?: () => SourceAnswer } = {}) {
  const papers = fakePaperRepository();
  const published: PapersIngested[] = [];
  const described: (readonly PaperId[])[] = [];
  const warnings: string[] = [];
  const counts: number[] = [];
  const source = (name: PaperSource['name'], latest = () => answer()): PaperSource => ({
    name,
    latest: async () => latest(),
  });
  const ingest = (now = at) =>
    ingestPapers({
      sources: [source('hugging-face', over.huggingFace), source('arxiv', over.arxiv)],
      describe: async (ids) => {
        described.push(ids);
        return answer({ records: ids.map((id) => aPaperRecord({ id, source: 'arxiv', categories: ['cs.CL'] })) });
      },
      papers,
      publish: async (event) => void published.push(event),
      warn: (message, what) => void warnings.push(`${message} ${JSON.stringify(what)}`),
      countDown: (count) => void counts.push(count),
      countStarsMissing: () => undefined,
      now: () => now,
    });
  return { counts, papers, published, described, warnings, ingest };
}

describe('ingesting papers', () => {
  it('makes one paper of what both sources say, with arXiv’s categories and the counts as an observation', async () => {
    const house = aHouse({
      huggingFace: () => answer({ records: [listed(1, 12)], days: [{ date: today, listed: 1 }] }),
      arxiv: () =>
        answer({ records: [aPaperRecord({ id: paperId(1), source: 'arxiv', categories: ['cs.CL', 'cs.LG'] })] }),
    });
    await house.ingest();
    const [found] = await house.papers.activeBetween(today, today);
    expect(found?.paper).toMatchObject({ sources: ['arxiv', 'hugging-face'], listedDays: [today], describedAt: at });
    expect(found?.history).toEqual([{ at, upvotes: 12, comments: 0 }]);
  });

  it('stores a second observation only when a count changed', async () => {
    let upvotes = 12;
    const house = aHouse({ huggingFace: () => answer({ records: [listed(1, upvotes)] }) });
    await house.ingest();
    await house.ingest(at + hourMs);
    upvotes = 15;
    await house.ingest(at + 2 * hourMs);
    const [found] = await house.papers.activeBetween(today, today);
    expect(found?.history.map((observation) => observation.upvotes)).toEqual([12, 15]);
  });

  it('goes on with the other source when one is down, and says so', async () => {
    const house = aHouse({
      huggingFace: () => {
        throw new SourceDown('Hugging Face did not answer: connection refused');
      },
      arxiv: () => answer({ records: [aPaperRecord({ source: 'arxiv' })] }),
    });
    const report = await house.ingest();
    expect(report).toMatchObject({ records: 1, saved: 1 });
    expect(house.published[0]?.sources).toEqual([
      { name: 'hugging-face', status: 'down' },
      { name: 'arxiv', status: 'fresh' },
    ]);
    expect(house.counts).toEqual([1]);
    expect(house.warnings.join()).toContain('Hugging Face did not answer');
    expect((await house.papers.health()).find(({ source }) => source === 'hugging-face')?.status).toBe('down');
  });

  it('counts and names a record that was left out', async () => {
    const rejected = [{ where: 'hugging-face 2026-08-07 record 2', reason: 'title: missing' }];
    const house = aHouse({ huggingFace: () => answer({ records: [listed(1)], rejected }) });
    expect(await house.ingest()).toMatchObject({ saved: 2, rejected: 1 });
    expect(house.warnings.join()).toContain('record 2');
  });

  it('notes an empty list of a day and gives that day no paper', async () => {
    const house = aHouse({ huggingFace: () => answer({ days: [{ date: today, listed: 0 }] }) });
    await house.ingest();
    expect(await house.papers.listedDays([today])).toEqual([{ date: today, listed: 0 }]);
    expect(await house.papers.activeBetween(today, today)).toEqual([]);
  });

  it('asks arXiv about a listed paper once a day, and not about those of its own feed', async () => {
    const house = aHouse({
      huggingFace: () => answer({ records: [listed(1)] }),
      arxiv: () => answer({ records: [aPaperRecord({ id: paperId(2), source: 'arxiv' })] }),
    });
    for (const now of [at, at + hourMs, at + dayMs]) await house.ingest(now);
    expect(house.described).toEqual([[paperId(1)], [paperId(1)]]);
  });

  it('does not carry on the stars of a repository that another has taken the place of', async () => {
    let record = aPaperRecord({
      listedOn: today,
      codeUrl: 'https://github.com/quill/lantern',
      counts: { upvotes: 3, stars: 900 },
    });
    const house = aHouse({ huggingFace: () => answer({ records: [record] }) });
    await house.ingest();
    record = { ...record, codeUrl: 'https://github.com/quill/lamp', counts: { upvotes: 4 } };
    await house.ingest(at + hourMs);
    const [found] = await house.papers.activeBetween(today, today);
    expect(found?.history.at(-1)).toEqual({ at: at + hourMs, upvotes: 4 });
    expect(found?.paper.codeSince).toBe(at + hourMs);
  });
});
