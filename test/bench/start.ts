import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daysUpTo } from '../../shared/domain/calendar-date.js';
import { day } from '../support/builders.js';
import { type ListedPaper, writeRecordedDays } from '../support/recorded-day.js';
import { type BenchReport, type Figure, round } from './figures.js';
import { type CorpusPaper, corpusOf } from './match-day.js';
import { type Measured, middleOf } from './rounds.js';

const rounds = 3;
const lastDay = '2026-08-07';
/** A week of summer 2026 listed 127 papers. */
const papersOfDay = 18;

/**
 * CPU seconds of `npm start`, all its processes and threads, until the front page and the first mail can be fetched, and
 * those of a whole `npm run daily`; on seven days of 18 made-up papers, each not for the first time. Measured on Linux
 * alone, which tells what other processes have taken.
 */
export async function benchStart(): Promise<BenchReport> {
  const isTold = existsSync('/proc/self/stat');
  const dir = mkdtempSync(join(tmpdir(), 'paperboy-start-'));
  try {
    writeRecorded(dir);
    const starts: Looked[] = [];
    const dailies: number[] = [];
    // The first of both synthesizes, and does not count.
    for (let turn = -1; isTold && turn < rounds; turn += 1) {
      const start = await lookAtStart(dir);
      const daily = await runDaily(dir);
      if (turn >= 0) starts.push(start);
      if (turn >= 0) dailies.push(daily);
    }
    const page = middleOf(starts.map(({ pageS }) => pageS));
    const mail = middleOf(starts.map(({ mailS }) => mailS));
    const daily = middleOf(dailies);
    return {
      json: { firstPageCpuS: round(page.value), firstMailCpuS: round(mail.value), dailyCpuS: round(daily.value) },
      figures: [
        figure('npm start: CPU s until the first page', page, 4),
        figure('npm start: CPU s until the first mail', mail, 8),
        figure('npm run daily: CPU s', daily, 10),
      ],
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function figure(name: string, { value, spread }: Measured, atMost: number): Figure {
  return Number.isNaN(value) ? { name, value: null, limit: { atMost } } : { name, value, spread, limit: { atMost } };
}

function writeRecorded(dir: string): void {
  const corpus = corpusOf(undefined);
  const listed = ({ title, abstract }: CorpusPaper, number: number): ListedPaper => ({
    id: `2608.${String(10_000 + number)}`,
    title,
    summary: abstract,
    upvotes: number % 50,
  });
  const days = daysUpTo(day(lastDay), 7).map((date, week) => {
    const numbers = Array.from({ length: papersOfDay }, (_, at) => week * papersOfDay + at);
    const papers = numbers.flatMap((number) => {
      const paper = corpus[number % corpus.length];
      return paper ? [listed({ ...paper, title: `${paper.title} ${number}` }, number)] : [];
    });
    return [date, papers] as const;
  });
  writeRecordedDays(dir, new Map(days));
}

/** CPU seconds at two moments of a start. */
interface Looked {
  readonly pageS: number;
  readonly mailS: number;
}

async function lookAtStart(dir: string): Promise<Looked> {
  const child = npm(['start', '--', '--recorded', dir, '--date', lastDay]);
  try {
    const said = sayings(child);
    await fetched(await said(/Today's edition\s+(\S+)/), /<html/);
    const pageS = secondsOf(child.pid);
    await fetched(await said(/Inbox\s+(\S+)/), /href="\/mails\//);
    return { pageS, mailS: secondsOf(child.pid) };
  } finally {
    await end(child);
  }
}

async function runDaily(dir: string): Promise<number> {
  const before = secondsOfEnded();
  const child = npm(['run', 'daily', '--', '--recorded', dir, '--date', lastDay, '--out', join(dir, 'out'), '--json']);
  child.stdout?.resume();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('npm run daily failed');
  return secondsOfEnded() - before;
}

/** A process group of its own, so that all of it can be ended. */
function npm(args: readonly string[]): ChildProcess {
  return spawn('npm', [...args], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  process.kill(-child.pid, 'SIGINT');
  await once(child, 'exit');
}

/** Waits until the process has written what matches, and gives the first group of it. */
function sayings(child: ChildProcess): (wanted: RegExp) => Promise<string> {
  let text = '';
  child.stdout?.on('data', (part: Buffer) => {
    text += part.toString();
  });
  return async (wanted) => {
    while (child.exitCode === null) {
      const found = wanted.exec(text)?.[1];
      if (found !== undefined) return found;
      await new Promise((next) => setTimeout(next, 20));
    }
    throw new Error(`npm start ended and did not say ${wanted.source}`);
  };
}

async function fetched(url: string, wanted: RegExp): Promise<void> {
  while (!wanted.test(await (await fetch(url)).text())) await new Promise((next) => setTimeout(next, 50));
}

/** Of a process's line in /proc: the fields from its state on, which follow its name in brackets. */
function statOf(pid: number | string): readonly string[] {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return line.slice(line.lastIndexOf(')') + 2).split(' ');
}

/** Linux counts in hundredths of a second: user and system time, the process's own and that of its ended children. */
const [own, ended] = [
  [11, 12],
  [13, 14],
] as const;
const sum = (stat: readonly string[], fields: readonly number[]) =>
  fields.reduce((total, field) => total + Number(stat[field]) / 100, 0);

const secondsOfEnded = () => sum(statOf('self'), ended);

/** What a process and all that it started have taken so far. */
function secondsOf(root: number | undefined): number {
  const stats = new Map<string, readonly string[]>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      stats.set(pid, statOf(pid));
    } catch {
      // It has ended since the list was read.
    }
  }
  const below = (pid: string): number => {
    const stat = stats.get(pid);
    const children = [...stats].filter(([, [, parent]]) => parent === pid).map(([child]) => child);
    return (stat ? sum(stat, own) + sum(stat, ended) : 0) + children.reduce((total, child) => total + below(child), 0);
  };
  return below(String(root));
}
