import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { evaluateTrend, halfOf } from './trend.js';
import { readRecordings } from './trend-recordings.js';

const folder = mkdtempSync(join(tmpdir(), 'trend-'));
const ids = Array.from({ length: 12 }, (_, index) => `2601.${String(index + 1).padStart(5, '0')}`);
const write = (name: string, lines: readonly object[]) =>
  writeFileSync(join(folder, name), lines.map((line) => JSON.stringify(line)).join('\n'));

function votes(paperId: string, dailyDate: string, early: number, late: number) {
  return [
    { paperId, observedAt: '2026-05-28T15:00:00Z', upvotes: late, dailyDate, source: 'hf-api-late' },
    { paperId, observedAt: `${dailyDate}T11:00:00Z`, upvotes: 90, dailyDate, source: 'hf-api-daily' },
    { paperId, observedAt: `${dailyDate}T08:00:00Z`, upvotes: early, dailyDate, source: 'hf-api-daily' },
  ];
}

beforeAll(() => {
  const papers = ids.map((id) => ({ paper: { id, publishedAt: '2026-01-06T00:00:00Z' } }));
  writeFileSync(join(folder, '2026-01-07.json'), JSON.stringify(papers));
  write('hf-upvotes.jsonl', [
    ...ids.flatMap((id, index) => votes(id, '2026-01-07', index + 1, 10 * (index + 1))),
    ...votes('2601.00099', '2026-01-13', 4, 40),
  ]);
  const stars = (paperId: string, hour: string, githubStars: number) => ({
    paperId,
    observedAt: `2026-01-07T${hour}:00:00Z`,
    githubStars,
    dailyDate: '2026-01-07',
  });
  write('hf-github-stars.jsonl', [
    ...ids.slice(0, 3).flatMap((id, index) => [stars(id, '20', 5 + index * index), stars(id, '08', 5)]),
    stars('2601.00050', '08', 7),
  ]);
  jest.spyOn(console, 'log').mockReturnValue();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

describe('the evaluation of the trend score', () => {
  it('takes the first early answer for known, the late one for true', () => {
    const recorded = readRecordings(folder, folder);
    expect(recorded.votes).toHaveLength(13);
    expect(recorded.votes[2]).toMatchObject({ listedOn: '2026-01-07', counts: { upvotes: 3 }, truth: 30 });
    expect(recorded.stars.map(({ counts, truth }) => [counts, truth])).toEqual([
      [{ upvotes: 1, stars: 5 }, 0],
      [{ upvotes: 2, stars: 5 }, 1],
      [{ upvotes: 3, stars: 5 }, 4],
    ]);
  });

  it('gives the shipped formula and every baseline the same figures to answer, the same each time', () => {
    const args = ['--days', folder, '--series', folder];
    const answer = evaluateTrend(args) as { ours: object; baselines: Record<string, object> };
    const figures = ['p3', 'p5', 'p10', 'ndcg10', 'weekNdcg20', 'weekP20', 'spearman', 'starsNdcg20'];
    expect(Object.keys(answer)).toEqual(['ours', 'baselines']);
    expect(Object.keys(answer.baselines)).toEqual(['upvotes', 'comments', 'stars', 'hnGravity', 'redditHot']);
    for (const one of [answer.ours, ...Object.values(answer.baselines)]) expect(Object.keys(one)).toEqual(figures);
    expect(answer.ours).toMatchObject({ p3: 1, ndcg10: 1, weekNdcg20: 1, starsNdcg20: 1 });
    expect(answer.baselines).toMatchObject({ comments: { p3: 0.25, spearman: null } });
    expect(evaluateTrend(args)).toEqual(answer);
  });

  it('parts the weeks into halves', () => {
    const recorded = readRecordings(folder, folder);
    expect(halfOf(recorded, 0).votes).toHaveLength(12);
    expect(halfOf(recorded, 1).votes).toHaveLength(1);
  });

  it('says what is missing', () => {
    expect(() => evaluateTrend(['--days', folder])).toThrow('--days DIR --series DIR');
    const nowhere = join(folder, 'nowhere');
    expect(() => evaluateTrend(['--days', nowhere, '--series', folder])).toThrow(
      `--days ${nowhere}: there is no such folder`,
    );
    expect(() => evaluateTrend(['--days', folder, '--series', nowhere])).toThrow('hf-upvotes.jsonl cannot be read');
  });
});
