import { describe, expect, it } from '@jest/globals';
import { type IngestHourlyDeps, ingestHourly } from '../../../lambdas/ingest-papers/ingest-hourly.js';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { instant } from '../../support/builders.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';

const at = instant('2026-08-07T05:00');
const report = { at, sources: [], records: 1, saved: 1, rejected: 0 };

function aHouse(now: number) {
  const papers = fakePaperRepository();
  const hours: number[] = [];
  const runs: number[] = [];
  const answered = (source: 'arxiv' | 'hugging-face', lastAnswerAt: number) =>
    papers.noteHealth({ source, status: 'fresh', at: now, rejected: 0, lastAnswerAt });
  const take = (sentAt: number, ingest: IngestHourlyDeps['ingest'] = async () => report) =>
    ingestHourly(sentAt, {
      ingest: async () => {
        runs.push(now);
        return ingest();
      },
      papers,
      countHoursSinceIngest: (count) => void hours.push(count),
      now: () => now,
    });
  return { answered, hours, runs, take };
}

describe('an hourly message', () => {
  it('asks for one run', async () => {
    const { take, runs } = aHouse(at);
    expect(await take(at - minuteMs)).toEqual(report);
    expect(runs).toEqual([at]);
  });

  it('is skipped when it waited for more than an hour, since the next one asks for the same', async () => {
    const { take, runs } = aHouse(at);
    expect(await take(at - hourMs - 1)).toEqual({ outcome: 'skipped-as-too-old' });
    expect(runs).toEqual([]);
    expect(await take(at - hourMs)).toEqual(report);
  });

  it('tells how long ago a source last answered: after the run, after a failed run and when it is skipped', async () => {
    const { answered, hours, take } = aHouse(at);
    await answered('arxiv', at - 3 * hourMs);
    await answered('hugging-face', at - 2 * hourMs);
    const failing = async () => {
      throw new Error('the table refuses');
    };
    await expect(take(at, failing)).rejects.toThrow('the table refuses');
    await take(at - 2 * hourMs);
    await take(at, async () => {
      await answered('hugging-face', at);
      return report;
    });
    expect(hours).toEqual([2, 2, 0]);
  });

  it('tells nothing until a source has answered once', async () => {
    const { hours, take } = aHouse(at);
    await take(at);
    expect(hours).toEqual([]);
  });
});
