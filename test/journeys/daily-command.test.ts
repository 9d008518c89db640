import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import { daily } from '../../cli/commands/day/daily.js';
import { writeRecordedDays } from '../support/recorded-day.js';

jest.setTimeout(180_000);

interface WrittenEdition {
  readonly date: string;
  readonly formula: number;
  readonly papers: readonly { id: string; title: string; score: number; parts: readonly { points: number }[] }[];
}

const topics = [{ name: 'Agents', filter: 'agents OR weather' }];
const subscribers = [
  { email: 'ada@example.org', timezone: 'Europe/London', hour: 7, topics },
  { email: 'bela@example.org', timezone: 'America/New_York', hour: 8, topics, maxPapers: 2 },
  { email: 'bounce@simulator.amazonses.com', timezone: 'Asia/Kolkata', hour: 11, topics },
  { email: 'dora@example.org', timezone: 'UTC', hour: 5, topics: [{ name: 'Bees', filter: '"bee hive"' }] },
];

describe('the daily command', () => {
  let dir: string;
  let said = '';
  const call = (out: string, ...more: string[]) =>
    callCommand(daily, [
      ...['--recorded', join(dir, 'recorded'), '--date', '2026-08-07', '--subscribers', join(dir, 'subscribers.json')],
      ...['--data', join(dir, 'data'), '--out', join(dir, out), ...more],
    ]);
  const files = (folder: string) =>
    Object.fromEntries(
      readdirSync(join(dir, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  const json = (file: string) => JSON.parse(readFileSync(join(dir, 'out', file), 'utf8'));
  const storedMails = () => readdirSync(join(dir, 'data', 'mails')).filter((name) => name.endsWith('.json'));

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'daily-'));
    writeRecordedDays(join(dir, 'recorded'));
    writeFileSync(join(dir, 'subscribers.json'), JSON.stringify(subscribers));
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += text;
      return true;
    });
    await call('out');
  });
  afterAll(() => {
    jest.restoreAllMocks();
    rmSync(dir, { recursive: true });
  });

  it('writes one mail for each who was sent one, named by the receiver', () => {
    const names = readdirSync(join(dir, 'out', 'mails')).sort();
    expect(names).toEqual(['ada@example.org.eml', 'bela@example.org.eml', 'bounce@simulator.amazonses.com.eml']);
  });

  it('writes the run, balanced', () => {
    const counts = { sent: 3, unmatched: 1, suppressed: 0, failed: 0, expired: 0, uncertain: 0 };
    expect(json('run.json')).toEqual({ edition: '2026-08-07', candidates: 4, ...counts });
  });

  it('writes the edition in rank order, each score the sum of its parts', () => {
    const { date, formula, papers } = json('edition.json') as WrittenEdition;
    expect([date, formula, papers.length]).toEqual(['2026-08-07', 2, 12]);
    const scores = papers.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    for (const { score, parts } of papers) {
      expect(score).toBeCloseTo(
        parts.reduce((sum, { points }) => sum + points, 0),
        10,
      );
    }
    expect(new Set(papers.map(({ id }) => id)).size).toBe(12);
  });

  it('says how the day went', () => {
    expect(said).toContain('Edition 2026-08-07: 12 papers, formula 2\n');
    expect(said).toContain('Run: 4 candidates = 3 sent + 1 unmatched\n');
    expect(said).toBe(readFileSync(join(dir, 'out', 'summary.txt'), 'utf8'));
  });

  it('sends nothing when it is called again, and leaves everything as it was', async () => {
    const before = files('out');
    const mailsBefore = storedMails();
    await call('out');
    expect(files('out')).toEqual(before);
    expect(storedMails()).toEqual(mailsBefore);
  });

  it('answers with run.json alone when asked for JSON', async () => {
    said = '';
    await call('other', '--json');
    expect(JSON.parse(said)).toEqual(json('run.json'));
    expect(files('other')).toEqual(files('out'));
  });
});
