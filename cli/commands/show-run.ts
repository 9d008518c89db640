import { existsSync } from 'node:fs';
import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import type { Hindsight, RankingFigures } from '../../shared/domain/edition/hindsight.js';
import { outcomes } from '../../shared/domain/subscriber/outcome.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { type HindsightRepository, hindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { type RunRepository, runRepository } from '../../shared/storage/runs-repository.js';
import { realClock } from '../local/clock.js';
import { CliError, readDate, readOptions } from './command-line.js';
import { withPaperboy } from './paperboy-house.js';

const options = {
  date: { type: 'string' },
  data: { type: 'string' },
  table: { type: 'string' },
  editions: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const shownHindsights = 3;

interface Place {
  readonly data?: string;
  readonly table?: string;
  readonly editions?: string;
}

/** Shows one edition's digests, and the newest hindsights, of a local data folder or of deployed tables. */
export async function showRun(args: readonly string[]): Promise<void> {
  const given = readOptions(args, options);
  const date = readDate(given.date);
  const report = await readRun(date, given);
  if (report.candidates === 0) throw new CliError(`there is no run of ${date}`);
  process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : describeRun(date, report));
}

async function readRun(date: CalendarDate, { data, table, editions }: Place) {
  if (table !== undefined) {
    const client = documentClient();
    const hindsights = editions === undefined ? undefined : hindsightRepository(client, editions);
    return reportOf(date, runRepository(client, table), hindsights);
  }
  if (data === undefined || !existsSync(data)) {
    throw new CliError('give --data, the folder of a local run, or --table, the RunsTable output of a deployed stack');
  }
  return withPaperboy({ clock: realClock(), dataDir: data, isAtRest: true }, ({ runs, hindsights }) =>
    reportOf(date, runs, hindsights),
  );
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

const figure = (value: number | undefined) => value?.toFixed(2) ?? 'not known';
const precisions = ({ p3, p5, p10 }: RankingFigures) => [p3, p5, p10].map(figure).join('/');

/** An edition's hindsight in one line for the admin. */
export function describeHindsight({ date, ours, rawUpvotes, biggestMiss: miss }: Hindsight): string {
  if (!ours) return `hindsight of ${date}: no upvote was seen after it came out`;
  const figures = `NDCG@10 ${figure(ours.ndcg10)} (raw upvotes ${figure(rawUpvotes?.ndcg10)}), p@3/5/10 ${precisions(ours)}`;
  return `hindsight of ${date}: ${figures}${miss ? `; missed ${miss.id}, place ${miss.place}, later ${miss.placeLater}` : ''}`;
}
