import { describe, expect, it } from '@jest/globals';
import { type IngestPapersDeps, ingestPapers } from '../../../lambdas/ingest-papers/ingest-papers.js';
import { dateOf, daysUpTo, hourMs, type Instant } from '../../../shared/domain/calendar-date.js';
import type { PaperRecord } from '../../../shared/domain/paper/paper.js';
import type { StarSource } from '../../../shared/sources/github.js';
import { SourceDown } from '../../../shared/sources/paper-source.js';
import { aPaperRecord, day, instant, paperId } from '../../support/builders.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';

const at = instant('2026-08-07T05:00');
const codeUrl = 'https://github.com/quill/lantern';
const listed = (over: Partial<PaperRecord> = {}) =>
  aPaperRecord({ listedOn: day('2026-08-07'), codeUrl, counts: { upvotes: 3 }, ...over });

/** A house whose Hugging Face lists the records of the seven days up to now, and whose GitHub has these stars. */
function aHouse(records: (now: Instant) => readonly PaperRecord[], stars: Record<string, number> = { [codeUrl]: 40 }) {
  const papers = fakePaperRepository();
  const asked: (readonly string[])[] = [];
  const warnings: string[] = [];
  const missing: number[] = [];
  let now = at;
  const isListed = ({ listedOn }: PaperRecord) => !listedOn || daysUpTo(dateOf(now), 7).includes(listedOn);
  const answer = { days: [], rejected: [], unanswered: [] };
  const source: StarSource = {
    async starsOf(urls) {
      asked.push(urls);
      return { stars: new Map(urls.flatMap((url) => (url in stars ? [[url, stars[url]!]] : []))), unanswered: [] };
    },
  };
  const deps: IngestPapersDeps = {
    sources: [
      { name: 'hugging-face', latest: async () => ({ ...answer, records: records(now).filter(isListed) }) },
      {
        name: 'arxiv',
        latest: async () => {
          throw new SourceDown('arXiv is silent');
        },
      },
    ],
    describe: async () => ({ ...answer, records: [] }),
    papers,
    publish: async () => undefined,
    warn: (message, what) => void warnings.push(`${message} ${JSON.stringify(what)}`),
    countDown: () => undefined,
    stars: source,
    countStarsMissing: (count) => void missing.push(count),
    now: () => now,
  };
  const ingest = (when: Instant = at, over: Partial<IngestPapersDeps> = {}) => {
    now = when;
    return ingestPapers({ ...deps, ...over });
  };
  const historyOf = async (number: number) => {
    const found = await papers.activeBetween(day('2026-08-01'), day('2026-08-31'));
    return found.find(({ paper }) => paper.id === paperId(number))?.history;
  };
  return { deps, asked, warnings, missing, stars, ingest, historyOf };
}

describe('stars of papers that the sources give none for', () => {
  it('are GitHub’s, in one observation with the other counts', async () => {
    const house = aHouse(() => [listed()]);
    await house.ingest();
    expect(await house.historyOf(1)).toEqual([{ at, upvotes: 3, stars: 40 }]);
    expect(house.missing).toEqual([0]);
  });

  it('are not stored again while they stay the same', async () => {
    const house = aHouse(() => [listed()]);
    await house.ingest();
    expect((await house.ingest(at + hourMs)).saved).toBe(0);
    house.stars[codeUrl] = 41;
    await house.ingest(at + 2 * hourMs);
    expect(await house.historyOf(1)).toEqual([
      { at, upvotes: 3, stars: 40 },
      { at: at + 2 * hourMs, upvotes: 3, stars: 41 },
    ]);
    expect(house.asked).toHaveLength(3);
  });

  it('are counted for a paper that no source names in this hour', async () => {
    let records = [listed()];
    const house = aHouse(() => records);
    await house.ingest();
    records = [];
    house.stars[codeUrl] = 55;
    expect((await house.ingest(at + hourMs)).saved).toBe(1);
    expect((await house.historyOf(1))?.at(-1)).toEqual({ at: at + hourMs, upvotes: 3, stars: 55 });
  });

  it('are asked for once where two papers share a repository, and stay unknown where GitHub does not know it', async () => {
    const gone = 'https://github.com/quill/gone';
    const house = aHouse(() => [listed(), listed({ id: paperId(2) }), listed({ id: paperId(3), codeUrl: gone })]);
    await house.ingest();
    expect(house.asked).toEqual([[gone, codeUrl]]);
    expect(await house.historyOf(2)).toEqual([{ at, upvotes: 3, stars: 40 }]);
    expect(await house.historyOf(3)).toEqual([{ at, upvotes: 3 }]);
  });

  it('are not asked for where there is no code, the paper is withdrawn, or a source gives them', async () => {
    const { codeUrl: _, ...withoutCode } = listed();
    const house = aHouse(() => [
      withoutCode,
      listed({ id: paperId(2), isWithdrawn: true }),
      listed({ id: paperId(3), counts: { upvotes: 1, stars: 0 } }),
    ]);
    await house.ingest();
    expect(house.asked.flat()).toEqual([]);
  });

  it('are not mixed: a source that gave stars once keeps them, whatever it says or is silent about later', async () => {
    let records = [listed()];
    const house = aHouse(() => records);
    await house.ingest();
    records = [listed({ counts: { upvotes: 3, stars: 38 } })];
    await house.ingest(at + hourMs);
    records = [listed()];
    await house.ingest(at + 2 * hourMs);
    records = [];
    await house.ingest(at + 3 * hourMs);
    expect(house.asked.map(({ length }) => length)).toEqual([1, 0, 0, 0]);
    expect((await house.historyOf(1))?.map(({ stars }) => stars)).toEqual([40, 38]);
  });

  it('are asked for while an edition can hold the paper, and no longer', async () => {
    const house = aHouse(() => [listed()]);
    await house.ingest(instant('2026-08-07T05:00'));
    await house.ingest(instant('2026-08-13T23:00'));
    await house.ingest(instant('2026-08-14T00:00'));
    expect(house.asked.map(({ length }) => length)).toEqual([1, 1, 0]);
  });

  it('are not asked for when a source merely names an old paper again', async () => {
    const { listedOn: _, ...named } = listed();
    const house = aHouse(() => [named]);
    await house.ingest(instant('2026-08-07T05:00'));
    await house.ingest(instant('2026-08-20T05:00'));
    expect(house.asked.map(({ length }) => length)).toEqual([1, 0]);
  });

  it('bring a paper 168 observations at most, though every count changes every hour', async () => {
    let hour = 0;
    const house = aHouse(() => [listed({ counts: { upvotes: hour } })]);
    for (; hour < 12 * 24; hour += 1) {
      house.stars[codeUrl] = hour;
      await house.ingest(instant('2026-08-07T00:00') + hour * hourMs);
    }
    const history = await house.historyOf(1);
    expect(history).toHaveLength(168);
    expect(history?.at(-1)).toEqual({ at: instant('2026-08-13T23:00'), upvotes: 167, stars: 167 });
  });

  it('are asked for 2,000 repositories a run, and for all of them in turn', async () => {
    const records = Array.from({ length: 5000 }, (_, index) =>
      listed({ id: paperId(index + 1), codeUrl: `https://github.com/quill/p${index}` }),
    );
    const house = aHouse(() => records);
    for (let hour = 0; hour < 5; hour += 1) await house.ingest(at + hour * hourMs);
    expect(house.asked.map(({ length }) => length)).toEqual([2000, 2000, 2000, 2000, 2000]);
    expect(new Set(house.asked.flat()).size).toBe(5000);
  });
});

describe('an ingest whose GitHub', () => {
  it('does not answer keeps the papers, says so in one line and counts it', async () => {
    const house = aHouse(() => [listed()]);
    const starsOf = async () => Promise.reject(new SourceDown('GitHub did not answer: it refuses the token'));
    const report = await house.ingest(at, { stars: { starsOf } });
    expect(report).toMatchObject({ saved: 1, sources: [{ name: 'hugging-face' }, { name: 'arxiv' }] });
    expect(await house.historyOf(1)).toEqual([{ at, upvotes: 3 }]);
    expect(house.warnings.filter((line) => line.includes('GitHub'))).toHaveLength(1);
    expect(house.missing).toEqual([1]);
  });

  it('leaves requests unanswered names them', async () => {
    const house = aHouse(() => [listed()]);
    const starsOf = async () => ({
      stars: new Map([[codeUrl, 1]]),
      unanswered: ['100 repositories from a/b: HTTP 502'],
    });
    await house.ingest(at, { stars: { starsOf } });
    expect(house.warnings.join()).toContain('100 repositories from a/b: HTTP 502');
    expect(house.missing).toEqual([0]);
  });

  it('alone answers publishes that every source is down', async () => {
    const house = aHouse(() => {
      throw new SourceDown('Hugging Face is silent');
    });
    const { sources } = await house.ingest();
    expect(sources.map(({ status }) => status)).toEqual(['down', 'down']);
  });

  it('is not configured reads and counts no more than without it', async () => {
    const house = aHouse(() => [listed()]);
    const { stars: _, ...deps } = house.deps;
    const knownBetween = async () => Promise.reject(new Error('read'));
    expect(await ingestPapers({ ...deps, papers: { ...deps.papers, knownBetween } })).toMatchObject({ saved: 1 });
    expect(house.missing).toEqual([]);
  });
});
