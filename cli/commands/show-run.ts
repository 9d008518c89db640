import { existsSync } from 'node:fs';
import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import type { Hindsight } from '../../shared/domain/edition/hindsight.js';
import { outcomes } from '../../shared/domain/subscriber/outcome.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { type HindsightRepository, hindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { type RunRepository, runRepository } from '../../shared/storage/runs-repository.js';
import { realClock } from '../local/clock.js';
import { CliError } from './cli-error.js';
import { readDate, readOptions } from './command-line.js';
import { describeHindsight } from './describe-hindsight.js';
import { openPaperboy } from './paperboy-house.js';

const options = {
  date: { type: 'string' },
  data: { type: 'string' },
  table: { type: 'string' },
  editions: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** A run shows so many of the newest hindsights. */
const shownHindsights = 3;

interface Place {
  readonly data?: string;
  readonly table?: string;
  readonly editions?: string;
}

/**
 * Shows how the digests of one edition ended, what is open, and what the newest reviewed editions were worth, from a local
 * data folder or from deployed tables: Runs, and Editions if it is named.
 */
export async function showRun(args: readonly string[]): Promise<void> {
  const given = readOptions(args, options);
  const date = readDate(given.date);
  const report = await readRun(date, given);
  if (report.candidates === 0) throw new CliError(`no run of ${date} is recorded there`);
  process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : describeRun(date, report));
}

async function readRun(date: CalendarDate, { data, table, editions }: Place) {
  if (table !== undefined) {
    const client = documentClient();
    const hindsights = editions === undefined ? undefined : hindsightRepository(client, editions);
    return reportOf(date, runRepository(client, table), hindsights);
  }
  if (data === undefined || !existsSync(data)) {
    throw new CliError('--data: name the folder of a local run, or --table: the RunsTable output of a deployed stack');
  }
  const paperboy = await openPaperboy({ clock: realClock(), dataDir: data, isAtRest: true });
  try {
    return await reportOf(date, paperboy.runs, paperboy.hindsights);
  } finally {
    await paperboy.close();
  }
}

/** What is recorded of a run, and what the newest reviewed editions were worth. */
export async function reportOf(
  date: CalendarDate,
  runs: Pick<RunRepository, 'balance' | 'openBatches'>,
  reviewed: Pick<HindsightRepository, 'newest'> | undefined,
) {
  const [balance, openBatches] = await Promise.all([runs.balance(date), runs.openBatches(date)]);
  const hindsights: readonly Hindsight[] = (await reviewed?.newest(shownHindsights)) ?? [];
  const brokenBatches = openBatches.filter(({ broken }) => broken > 0).map(({ id, broken }) => ({ id, broken }));
  return { edition: date, ...balance, openBatches: openBatches.map(({ id }) => id), brokenBatches, hindsights };
}

/** A run in lines; `broken` counts those of the open digests that a fault of ours holds up. */
export function describeRun(date: CalendarDate, report: Awaited<ReturnType<typeof reportOf>>): string {
  const lines = outcomes.map((outcome) => `${outcome.padEnd(12)}${report[outcome]}`);
  return [
    `Run of ${date}`,
    `${'candidates'.padEnd(12)}${report.candidates}`,
    ...lines,
    `${'open'.padEnd(12)}${report.open}`,
    ...(report.broken > 0 ? [`${'broken'.padEnd(12)}${report.broken} of the open: a fault of ours, see the log`] : []),
    ...report.openBatches.map((id) => `open batch: ${id}`),
    ...report.brokenBatches.map(({ id, broken }) => `broken in batch: ${id} ${broken}`),
    ...report.uncertainSubscribers.map((id) => `uncertain subscriber: ${id}`),
    ...(report.quotaStops > 0 ? [`stopped ${report.quotaStops} times by the daily sending quota`] : []),
    ...report.hindsights.map(describeHindsight),
    '',
  ].join('\n');
}
