import { existsSync } from 'node:fs';
import type { CalendarDate } from '../shared/domain/calendar-date.js';
import { outcomes } from '../shared/domain/outcome.js';
import { documentClient } from '../shared/storage/dynamo.js';
import { type RunRepository, runRepository } from '../shared/storage/runs-repository.js';
import { CliError } from './cli-error.js';
import { readDate, readOptions } from './command-line.js';
import { realClock } from './local/clock.js';
import { openPaperboy } from './paperboy-house.js';

const options = {
  date: { type: 'string' },
  data: { type: 'string' },
  table: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Shows how the digests of one edition ended and what is open, from a local data folder or a deployed Runs table. */
export async function showRun(args: readonly string[]): Promise<void> {
  const given = readOptions(args, options);
  const date = readDate(given.date);
  const report = await readRun(date, given);
  if (report.candidates === 0) throw new CliError(`no run of ${date} is recorded there`);
  process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : describe(date, report));
}

async function readRun(date: CalendarDate, { data, table }: { data?: string; table?: string }) {
  if (table !== undefined) return reportOf(runRepository(documentClient(), table), date);
  if (data === undefined || !existsSync(data)) {
    throw new CliError('--data: name the folder of a local run, or --table: the RunsTable output of a deployed stack');
  }
  const paperboy = await openPaperboy({ clock: realClock(), dataDir: data, isAtRest: true });
  try {
    return await reportOf(paperboy.runs, date);
  } finally {
    await paperboy.close();
  }
}

async function reportOf(runs: RunRepository, date: CalendarDate) {
  const [balance, openBatches] = await Promise.all([runs.balance(date), runs.openBatches(date)]);
  return { edition: date, ...balance, openBatches: openBatches.map(({ id }) => id) };
}

function describe(date: CalendarDate, report: Awaited<ReturnType<typeof reportOf>>): string {
  const lines = outcomes.map((outcome) => `${outcome.padEnd(12)}${report[outcome]}`);
  return [
    `Run of ${date}`,
    `${'candidates'.padEnd(12)}${report.candidates}`,
    ...lines,
    `${'open'.padEnd(12)}${report.open}`,
    ...report.openBatches.map((id) => `open batch: ${id}`),
    ...report.uncertainSubscribers.map((id) => `uncertain subscriber: ${id}`),
    ...(report.quotaStops > 0 ? [`stopped ${report.quotaStops} times by the daily sending quota`] : []),
    '',
  ].join('\n');
}
