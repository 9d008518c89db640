import { describe, expect, it } from '@jest/globals';
import { ingestPapers } from '../../../lambdas/ingest-papers/ingest-papers.js';
import type { PapersIngested } from '../../../shared/contract/events.js';
import { dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
import type { PaperRecord } from '../../../shared/domain/paper/paper.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { type PaperSource, type SourceAnswer, SourceDown } from '../../../shared/sources/paper-source.js';
import { aPaper, aPaperRecord, day, instant, paperId } from '../../support/builders.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';
import { savePaper } from '../../support/save-paper.js';

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

interface Over {
  readonly huggingFace?: () => SourceAnswer;
  readonly arxiv?: () => SourceAnswer;
  /** What arXiv says when it is asked about a paper. */
  readonly described?: () => Partial<PaperRecord>;
}

function aHouse(over: Over = {}) {
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
        const said = { source: 'arxiv', categories: ['cs.CL'], ...over.described?.() } as const;
        return answer({ records: ids.map((id) => aPaperRecord({ id, ...said })) });
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

const announced = (number: number, over: Partial<PaperRecord> = {}) =>
  aPaperRecord({ id: paperId(number), source: 'arxiv', version: 1, ...over });

describe('the health of a source', () => {
  const healthOf = async (house: ReturnType<typeof aHouse>, name = 'arxiv') =>
    (await house.papers.health()).find(({ source }) => source === name);

  it('fades while a feed repeats itself, and counts as down once it is stale', async () => {
    const house = aHouse({ arxiv: () => answer({ records: [announced(1), announced(2)] }) });
    const seen: (string | undefined)[] = [];
    for (const days of [0, 1, 4, 5]) {
      await house.ingest(at + days * dayMs);
      seen.push((await healthOf(house))?.status);
    }
    expect(seen).toEqual(['fresh', 'quiet', 'quiet', 'stale']);
    expect(house.counts).toEqual([0, 0, 0, 1]);
    expect(house.published.at(-1)?.sources).toContainEqual({ name: 'arxiv', status: 'stale' });
  });

  it('stays fresh through the day after its papers came, and is fresh again by one new paper', async () => {
    let records = [announced(1)];
    const house = aHouse({ arxiv: () => answer({ records }) });
    await house.ingest();
    await house.ingest(at + 6 * hourMs);
    expect((await healthOf(house))?.status).toBe('fresh');
    records = [announced(1), announced(2)];
    await house.ingest(at + 6 * dayMs);
    expect((await healthOf(house))?.status).toBe('fresh');
  });

  it('is fresh by papers that only the other source knew', async () => {
    const house = aHouse({ huggingFace: () => answer({ records: [listed(1)], days: [{ date: today, listed: 1 }] }) });
    await savePaper(house.papers, aPaper({ id: paperId(1), sources: ['arxiv'] }));
    await house.ingest();
    expect(await healthOf(house, 'hugging-face')).toMatchObject({ status: 'fresh', newestDay: today });
  });

  it('is not fresher by an old list served under a new date', async () => {
    let date = today;
    const house = aHouse({
      huggingFace: () => answer({ records: [{ ...listed(1), listedOn: date }], days: [{ date, listed: 1 }] }),
    });
    await house.ingest();
    date = day('2026-08-12');
    await house.ingest(at + 5 * dayMs);
    expect(await healthOf(house, 'hugging-face')).toMatchObject({ status: 'stale', newestDay: today });
  });
});

describe('a new version', () => {
  const versions = (...records: PaperRecord[]) => answer({ versions: records });
  const found = async (house: ReturnType<typeof aHouse>, number = 1) =>
    (await house.papers.find([paperId(number)])).get(paperId(number))?.paper;

  it('has arXiv asked about a paper that it alone lists, once', async () => {
    let says = answer({ records: [announced(1)] });
    const house = aHouse({ arxiv: () => says, described: () => ({ version: 2, title: 'Second Thoughts' }) });
    await house.ingest();
    expect(house.described).toEqual([]);
    says = versions(announced(1, { version: 2 }), announced(9, { version: 2 }));
    for (const hours of [24, 25, 26]) await house.ingest(at + hours * hourMs);
    expect(house.described).toEqual([[paperId(1)]]);
    expect(await found(house)).toMatchObject({ version: 2, title: 'Second Thoughts', describedAt: at + dayMs });
    expect(await found(house, 9)).toBeUndefined();
  });

  it('is asked about again while arXiv does not answer', async () => {
    let says = answer({ records: [announced(1)] });
    let isDown = true;
    const described = () => {
      if (isDown) throw new SourceDown('arXiv is busy');
      return { version: 2, isWithdrawn: true };
    };
    const house = aHouse({ arxiv: () => says, described });
    await house.ingest();
    says = versions(announced(1, { version: 2 }));
    await house.ingest(at + dayMs);
    expect(await found(house)).toMatchObject({ version: 2, isWithdrawn: false });
    isDown = false;
    await house.ingest(at + dayMs + hourMs);
    expect(await found(house)).toMatchObject({ isWithdrawn: true });
  });

  it('withdraws its paper by its own words, and a later one takes that back', async () => {
    let says = answer({ records: [announced(1)] });
    const house = aHouse({
      arxiv: () => says,
      described: () => {
        throw new SourceDown('arXiv is busy');
      },
    });
    await house.ingest();
    says = versions(announced(1, { version: 2, isWithdrawn: true }));
    await house.ingest(at + dayMs);
    expect((await found(house))?.isWithdrawn).toBe(true);
    expect(await house.papers.withdrawn()).toEqual([paperId(1)]);
    says = versions(announced(1, { version: 3 }));
    await house.ingest(at + 2 * dayMs);
    expect((await found(house))?.isWithdrawn).toBe(false);
    expect(await house.papers.withdrawn()).toEqual([]);
  });

  it('that is announced again takes nothing back that a comment told', async () => {
    let says = answer({ records: [announced(1)] });
    const house = aHouse({ arxiv: () => says, described: () => ({ version: 2, isWithdrawn: true }) });
    await house.ingest();
    says = versions(announced(1, { version: 2 }));
    for (const hours of [24, 25]) await house.ingest(at + hours * hourMs);
    expect((await found(house))?.isWithdrawn).toBe(true);
    expect(await house.papers.withdrawn()).toEqual([paperId(1)]);
  });

  it('makes no source fresh', async () => {
    let says = answer({ records: [announced(1)] });
    const house = aHouse({ arxiv: () => says });
    await house.ingest();
    says = versions(announced(1, { version: 2 }));
    await house.ingest(at + dayMs);
    expect(house.published.at(-1)?.sources).toContainEqual({ name: 'arxiv', status: 'quiet' });
  });
});

describe('the list of withdrawn papers', () => {
  it('keeps those that no source speaks of, and is noted before a paper that may not be saved', async () => {
    const house = aHouse({
      huggingFace: () => answer({ records: [listed(1)] }),
      described: () => ({ isWithdrawn: true }),
    });
    await house.papers.noteWithdrawn([paperId(5)]);
    const { keep } = house.papers;
    house.papers.keep = async (changes, now) => {
      if (changes.some(({ after }) => after.paper.isWithdrawn)) throw new Error('throttled');
      return keep(changes, now);
    };
    await expect(house.ingest()).rejects.toThrow('throttled');
    expect(await house.papers.withdrawn()).toEqual([paperId(1), paperId(5)]);
  });
});
