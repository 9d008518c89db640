import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { serveRecordedDays, serveSample } from '../../../../cli/local/sources/recorded-sources.js';
import { addDays, type CalendarDate, hourMs } from '../../../../shared/domain/calendar-date.js';
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

describe('serveRecordedDays', () => {
  it('plays each recorded day once it has come by the clock, the six before the first among them', async () => {
    let now = instant('2026-08-06T05:00');
    const apis = await serveRecordedDays({ dir, from: day('2026-08-06'), now: () => now });
    const latest = async (today: string) => (await sourcesOf(apis.url).papers.latest(day(today))).days;
    const onFirst = await latest('2026-08-06');
    const early = await fetch(`${apis.url}/api/daily_papers?date=2026-08-07`);
    now += 24 * hourMs;
    const onSecond = await latest('2026-08-07');
    const feed = (await sourcesOf(apis.url).arxiv.latest(date)).records;
    await apis.close();
    expect(onFirst.map(({ listed }) => listed)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(early.status).toBe(400);
    expect(onSecond.map(({ listed }) => listed)).toEqual([0, 0, 0, 0, 0, 1, 3]);
    expect(feed).toHaveLength(2);
    expect(apis.last).toBe('2026-08-07');
  });

  it('lets votes rise from one hour to the next', async () => {
    let now = instant('2026-08-07T05:00');
    const apis = await serveRecordedDays({ dir, from: date, now: () => now });
    const upvotes = async () =>
      (await sourcesOf(apis.url).papers.latest(date)).records
        .filter(({ listedOn }) => listedOn === date)
        .map(({ counts }) => counts?.upvotes ?? 0);
    const before = await upvotes();
    now += 12 * hourMs;
    const after = await upvotes();
    await apis.close();
    expect(before).toEqual([51, 9, 0]);
    expect(after.some((count, index) => count > (before[index] ?? 0))).toBe(true);
    expect(after.every((count, index) => count >= (before[index] ?? 0))).toBe(true);
  });
});

describe('serveSample', () => {
  it('lists new papers on each of the twelve days after the first, and none before its day has come', async () => {
    let now = instant('2026-08-07T05:00');
    const apis = await serveSample(date, () => now);
    const newOn = async (today: CalendarDate) =>
      (await sourcesOf(apis.url).papers.latest(today)).records.filter(({ listedOn }) => listedOn === today).length;
    const early = await fetch(`${apis.url}/api/daily_papers?date=2026-08-08`);
    const counts: number[] = [];
    for (let after = 1; after <= 13; after += 1) {
      now += 24 * hourMs;
      counts.push(await newOn(addDays(date, after)));
    }
    await apis.close();
    expect(await early.json()).toEqual([]);
    expect(counts).toEqual([...Array(12).fill(2), 0]);
    expect(apis.last).toBe('2026-08-19');
  });
});
