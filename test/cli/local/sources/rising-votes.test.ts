import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFinalVotes, withRisenVotes } from '../../../../cli/local/sources/rising-votes.js';
import { dayMs, hourMs } from '../../../../shared/domain/calendar-date.js';
import { day, instant } from '../../../support/builders.js';

const listedOn = day('2026-08-07');
const item = { paper: { id: '2608.00001', title: 'Kites', upvotes: 20, githubStars: 4 }, numComments: 3 };
const recorded = instant('2026-08-07T08:00');
const at = (now: number, finalVotes = new Map<string, number>()) => withRisenVotes(item, { listedOn, now, finalVotes });
const votes = (now: number, finalVotes?: Map<string, number>) => (at(now, finalVotes) as typeof item).paper.upvotes;

describe('the votes of a recorded list', () => {
  it('are as recorded until the morning of its day', () => {
    expect(at(instant('2026-08-07T00:00'))).toEqual(item);
    expect(at(recorded)).toEqual(item);
  });

  it('rise after that, ever slower, to two and a half times as many, and nothing else changes', () => {
    expect([0, 18, 36].map((hours) => votes(recorded + hours * hourMs))).toEqual([20, 35, 43]);
    expect(at(recorded + 30 * dayMs)).toEqual({ ...item, paper: { ...item.paper, upvotes: 50 } });
  });

  it('rise to the count that was recorded later, where there is one, and never fall', () => {
    expect(votes(recorded + 30 * dayMs, new Map([['2608.00001', 91]]))).toBe(91);
    expect(votes(recorded + 30 * dayMs, new Map([['2608.00001', 3]]))).toBe(20);
  });

  it('are left as they are in an item that cannot be read', () => {
    for (const odd of [null, 'x', {}, { paper: { id: '2608.00001' } }, { paper: { id: 'x', upvotes: '3' } }]) {
      expect(withRisenVotes(odd, { listedOn, now: recorded + dayMs, finalVotes: new Map() })).toBe(odd);
    }
  });
});

describe('the later counts of a folder', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'votes-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('are the highest of a week after the list or later; other lines tell nothing', async () => {
    mkdirSync(join(dir, 'trend-series'));
    const line = (paperId: string, observedAt: string, upvotes: unknown) =>
      JSON.stringify({ paperId, observedAt, upvotes, dailyDate: '2026-08-07' });
    const lines = [
      line('2608.00001', '2026-08-07T08:00:00Z', 20),
      line('2608.00001', '2026-09-01T08:00:00Z', 70),
      line('2608.00001', '2026-08-20T08:00:00Z', 60),
      line('2608.00002', '2026-08-08T08:00:00Z', 9),
      line('2608.00003', '2026-09-01T08:00:00Z', 'many'),
      '{"paperId":',
    ];
    writeFileSync(join(dir, 'trend-series', 'hf-upvotes.jsonl'), lines.join('\n'));
    expect([...(await readFinalVotes(dir))]).toEqual([['2608.00001', 70]]);
  });

  it('are none where nothing was recorded', async () => {
    expect([...(await readFinalVotes(dir))]).toEqual([]);
  });
});
