import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeRecordedDays } from '../support/recorded-day.js';

jest.setTimeout(300_000);

const root = join(__dirname, '..', '..');
const date = '2026-08-07';
const slots = [
  { timezone: 'UTC', hour: 5 },
  { timezone: 'Asia/Kolkata', hour: 12 },
  { timezone: 'Europe/Berlin', hour: 9 },
  { timezone: 'America/New_York', hour: 8 },
];
const topics = [{ name: 'Most', filter: 'learning OR agents OR weather' }];
const bees = [{ name: 'Bees', filter: '"bee hive"' }];
/** Twelve, three of each slot; the last matches nothing. */
const subscribers = Array.from({ length: 12 }, (_, index) => ({
  email: `reader${index + 1}@example.org`,
  ...slots[index % slots.length]!,
  topics: index === 11 ? bees : topics,
}));

interface Kept {
  readonly to: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

let dir: string;
const started = new Set<ChildProcess>();
const data = (...path: string[]) => join(dir, 'data', ...path);
const records = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
/** Mails to readers; a probe to SES's mailbox simulator is none. */
const keptMails = () =>
  records(data('mails'))
    .map((name) => JSON.parse(readFileSync(data('mails', name), 'utf8')) as Kept)
    .filter(({ to }) => !to.includes('success@simulator.amazonses.com'));

/** The moments of the killing, each a look at what the process has kept so far. */
const moments: readonly (readonly [name: string, isNow: () => boolean])[] = [
  ['while the papers are ingested', () => waitingIn('IngestPapersQueue') > 0],
  ['while the edition is ranked', () => records(data('invocations')).length > 0],
  ['after the first mail', () => records(data('mails')).length >= 1],
  ['in the middle of a batch', () => records(data('mails')).length >= 5],
  ['while a job is planned', () => records(data('mails')).length >= 6 && waitingIn('SendDigestQueue') > 0],
];

function waitingIn(name: string): number {
  const queue = existsSync(data('queues')) && readdirSync(data('queues')).find((found) => found.startsWith(name));
  return queue ? records(data('queues', queue)).length : 0;
}

function startDaily() {
  const args = ['--recorded', join(dir, 'recorded'), '--date', date, '--subscribers', join(dir, 'subscribers.json')];
  const folders = ['--data', join(dir, 'data'), '--out', join(dir, 'out')];
  const child = spawn(process.execPath, ['--import', 'tsx', join('cli', 'main.ts'), 'daily', ...args, ...folders], {
    cwd: root,
    env: { PATH: process.env.PATH, TMPDIR: join(dir, 'tmp') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started.add(child);
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on('close', (code, signal) => {
      started.delete(child);
      resolve({ code, signal });
    }),
  );
  return { child, ended, complaint: () => complaint };
}

/** Starts the day and kills it at that moment; answers how many mails were kept then. */
async function killAt([name, isNow]: (typeof moments)[number]): Promise<number> {
  const { child, ended, complaint } = startDaily();
  while (child.exitCode === null && !isNow()) await sleep(1);
  child.kill('SIGKILL');
  const { signal, code } = await ended;
  if (signal !== 'SIGKILL') throw new Error(`ended with ${code} before it could be killed ${name}: ${complaint()}`);
  return records(data('mails')).length;
}

describe('a day that is killed again and again', () => {
  const keptAtKill: number[] = [];
  let last: { code: number | null; complaint: string };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'killed-'));
    mkdirSync(join(dir, 'tmp'));
    writeRecordedDays(join(dir, 'recorded'));
    writeFileSync(join(dir, 'subscribers.json'), JSON.stringify(subscribers));
    for (const moment of moments) keptAtKill.push(await killAt(moment));
    const { ended, complaint } = startDaily();
    last = { code: (await ended).code, complaint: complaint() };
  });
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(dir, { recursive: true });
  });

  const run = () => JSON.parse(readFileSync(join(dir, 'out', 'run.json'), 'utf8')) as Record<string, number>;

  it('comes to its end', () => {
    expect(last).toEqual({ code: 0, complaint: '' });
    expect(keptAtKill.at(-1)).toBeLessThan(subscribers.length - 1);
  });

  it('balances, and fails nobody', () => {
    const { candidates, sent, unmatched, uncertain, ...rest } = run();
    expect(rest).toMatchObject({ suppressed: 0, failed: 0, expired: 0 });
    expect(candidates).toBe(subscribers.length);
    expect([sent! + uncertain!, unmatched]).toEqual([subscribers.length - 1, 1]);
  });

  it('sends nobody two mails', () => {
    const receivers = keptMails().flatMap(({ to }) => to);
    expect(receivers).toEqual([...new Set(receivers)]);
  });

  it('loses nobody: who has no mail is counted as uncertain or unmatched', () => {
    const mailed = new Set(keptMails().flatMap(({ to }) => to));
    const without = subscribers.filter(({ email }) => !mailed.has(email));
    expect(without.map(({ email }) => email)).toContain('reader12@example.org');
    expect(without).toHaveLength(run().unmatched! + run().uncertain!);
    expect(mailed.size).toBe(run().sent);
  });

  it('writes every mail that was kept', () => {
    const receivers = keptMails().flatMap(({ to }) => to);
    const written = readdirSync(join(dir, 'out', 'mails')).map((name) => name.replace(/(\.2)?\.eml$/, ''));
    expect(written.sort()).toEqual(receivers.sort());
  });
});
