import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { PlayedApis } from '../../../../cli/local/sources/played-apis.js';
import { RecordingError, serveRecorded, serveSample } from '../../../../cli/local/sources/recorded-sources.js';
import { hourMs } from '../../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { arxiv } from '../../../../shared/sources/arxiv.js';
import { huggingFace } from '../../../../shared/sources/hugging-face.js';
import { day, instant } from '../../../support/builders.js';
import { testFetch } from '../../../support/test-fetch.js';

const dir = join(__dirname, '..', '..', '..', 'fixtures', 'sources');
const date = day('2026-08-07');

const sourcesOf = (url: string) => {
  const { fetchText } = testFetch();
  const papers = huggingFace({ baseUrl: url, fetchText });
  return { papers, arxiv: arxiv({ feedUrl: url, apiUrl: url, categories: ['cs.AI', 'cs.CL'], fetchText }) };
};

describe('serveRecorded', () => {
  let apis: PlayedApis | undefined;
  const folders: string[] = [];
  afterEach(async () => {
    await apis?.close();
    apis = undefined;
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  const serve = async (options: Partial<Parameters<typeof serveRecorded>[0]> = {}) => {
    apis = await serveRecorded({ dir, date, ...options });
    return apis.url;
  };
  const list = async (url: string, query: string) => {
    const response = await fetch(`${url}/api/daily_papers?${query}`);
    return { status: response.status, items: (await response.json()) as unknown[] };
  };

  it('plays a recorded day to the sources as the APIs would', async () => {
    const { papers } = sourcesOf(await serve());
    const { records, days, unanswered, rejected } = await papers.latest(date);
    expect(records).toHaveLength(4);
    expect(days.map(({ listed }) => listed)).toEqual([0, 0, 0, 0, 0, 1, 3]);
    expect([unanswered, rejected]).toEqual([[], []]);
  });

  it('gives lists by pages', async () => {
    const url = await serve();
    expect((await list(url, `date=${date}&limit=2&p=0`)).items).toHaveLength(2);
    expect((await list(url, `date=${date}&limit=2&p=1`)).items).toHaveLength(1);
    expect((await list(url, `date=${date}&limit=2&p=2`)).items).toEqual([]);
  });

  it('gives empty lists of days without recording, and of days after its own', async () => {
    const url = await serve();
    expect(await list(url, 'date=2026-08-05')).toEqual({ status: 200, items: [] });
    expect(await list(url, 'date=2026-08-08')).toEqual({ status: 200, items: [] });
  });

  it('shows nothing of recordings outside its seven days', async () => {
    const url = await serve();
    expect(await list(url, 'date=2025-03-17')).toEqual({ status: 200, items: [] });
  });

  it('refuses days after today, where it is told what today is', async () => {
    let today = date;
    const url = await serve({ today: () => today });
    expect((await list(url, 'date=2026-08-08')).status).toBe(400);
    today = day('2026-08-08');
    expect(await list(url, 'date=2026-08-08')).toEqual({ status: 200, items: [] });
  });

  it.each([
    '',
    'date=yesterday',
    'date=2026-02-30',
    `date=${date}&limit=101`,
    `date=${date}&limit=0`,
    `date=${date}&p=-1`,
  ])('refuses the query %j', async (query) => {
    expect((await list(await serve(), query)).status).toBe(400);
  });

  it('plays arXiv queries that were recorded, errors with their status', async () => {
    const url = await serve();
    const described = await sourcesOf(url).arxiv.describe(['2608.05987', '2608.05990', 'hep-ex/0406020'] as PaperId[]);
    expect(described.records).toHaveLength(3);
    expect((await fetch(`${url}/api/query?id_list=2608.00000`)).status).toBe(400);
    expect(await (await fetch(`${url}/api/query?id_list=1111.2011v2`)).text()).toContain('Ripples');
  });

  it('answers every other arXiv query with an empty feed', async () => {
    const { arxiv: source } = sourcesOf(await serve());
    const answer = await source.describe(['2608.05987'] as PaperId[]);
    expect(answer).toEqual({ records: [], days: [], rejected: [], unanswered: [] });
  });

  it('plays the daily feed of its day alone', async () => {
    expect((await sourcesOf(await serve()).arxiv.latest(date)).records).toHaveLength(2);
    await apis?.close();
    const other = sourcesOf(await serve({ date: day('2026-08-06') }));
    expect((await other.arxiv.latest(day('2026-08-06'))).records).toEqual([]);
  });

  it('has nothing else', async () => {
    expect((await fetch(`${await serve()}/api/papers/2608.05987`)).status).toBe(404);
  });

  const folder = (files: Record<string, string>) => {
    const made = mkdtempSync(join(tmpdir(), 'recorded-'));
    folders.push(made);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(made, name, '..'), { recursive: true });
      writeFileSync(join(made, name), text);
    }
    return made;
  };
  const failing = async (files: Record<string, string>) => {
    const made = folder(files);
    const error = await serveRecorded({ dir: made, date }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RecordingError);
    return (error as Error).message.replaceAll(made, 'DIR');
  };

  it('says in one line what cannot be played', async () => {
    await expect(serveRecorded({ dir: '/no/such/folder', date })).rejects.toThrow(
      '/no/such/folder cannot be read as a folder (ENOENT)',
    );
    expect(await failing({ 'other/file.json': '[]' })).toBe('DIR has no folder hf-daily-papers');
    expect(await failing({ 'hf-daily-papers': 'a file' })).toBe(
      'DIR/hf-daily-papers cannot be read as a folder (ENOTDIR)',
    );
    expect(await failing({ 'hf-daily-papers/2026-08-03.json': '[]', 'hf-daily-papers/2026-08-10.json': '[]' })).toBe(
      'DIR has no recording of 2026-08-07 (nearest: 2026-08-03, 2026-08-10)',
    );
    expect(await failing({ 'hf-daily-papers/2026-08-07.json': '[{' })).toBe(
      'DIR/hf-daily-papers/2026-08-07.json is not JSON',
    );
    expect(await failing({ 'hf-daily-papers/2026-08-07.json': '{}' })).toBe(
      'DIR/hf-daily-papers/2026-08-07.json is not a JSON list',
    );
    expect(await failing({ 'hf-daily-papers/2026-08-07.json': '[]', 'hf-daily-papers/2026-08-02.json': 'oops' })).toBe(
      'DIR/hf-daily-papers/2026-08-02.json is not JSON',
    );
    expect(
      await failing({ 'hf-daily-papers/2026-08-07.json': '[]', 'arxiv/index.json': '[{"file":"../../etc/passwd"}]' }),
    ).toBe('DIR/arxiv/index.json is not an index of recordings');
  });

  it('plays a folder that has no arXiv recordings', async () => {
    const made = folder({ 'hf-daily-papers/2026-08-07.json': '[]' });
    const { papers, arxiv: source } = sourcesOf(await serve({ dir: made }));
    expect((await papers.latest(date)).days).toHaveLength(7);
    expect((await source.latest(date)).records).toEqual([]);
  });
});

describe('serveSample', () => {
  it('plays twelve papers that say that they are samples, under ids that arXiv never gave, with votes that rise', async () => {
    let now = instant('2026-08-07T05:00');
    const apis = await serveSample(date, () => now);
    const { papers, arxiv: source } = sourcesOf(apis.url);
    const { records, rejected } = await papers.latest(date).finally(() => undefined);
    expect((await source.latest(date)).records).toEqual([]);
    now += 24 * hourMs;
    const later = (await papers.latest(date)).records;
    await apis.close();
    expect(later.every(({ counts }, index) => (counts?.upvotes ?? 0) > (records[index]?.counts?.upvotes ?? 0))).toBe(
      true,
    );
    expect(rejected).toEqual([]);
    expect(records).toHaveLength(12);
    expect(records.every(({ title }) => title.startsWith('Sample: '))).toBe(true);
    expect(records.every(({ id }) => /^2608\.999\d\d$/.test(id))).toBe(true);
    expect(new Set(records.map(({ id }) => id)).size).toBe(12);
    expect(records.some(({ listedOn }) => listedOn === date)).toBe(true);
    expect(Math.max(...records.map(({ publishedAt }) => publishedAt))).toBeLessThan(Date.parse(date));
  });
});
