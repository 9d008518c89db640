import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { Hindsight, RankingFigures } from '../../../shared/domain/edition/hindsight.js';
import { outcomes } from '../../../shared/domain/subscriber/outcome.js';
import type { HindsightRepository } from '../../../shared/storage/hindsights-repository.js';
import type { RunRepository } from '../../../shared/storage/runs-repository.js';
import { CliError } from '../../command/cli-error.js';
import type { Command } from '../../command/command.js';
import { readDate, textOf } from '../../command/read-given.js';
import { withOperator } from '../../house/operator.js';

const shownHindsights = 3;

/** Shows one edition's digests, and the newest hindsights. */
export const run: Command = {
  name: 'run',
  summary: "shows how an edition's digests turned out, what is still open, and how good recent editions proved to be",
  options: { date: { type: 'string', value: 'DAY', help: 'the day of the edition, such as 2026-08-07; required' } },
  place: 'house',
  async run(given, io) {
    const date = readDate(textOf(given, 'date'));
    const report = await withOperator(given.place, ({ runs, hindsights }) => reportOf(date, runs, hindsights));
    io.out(describeRun(date, report));
    io.json(report);
  },
};

/** What is recorded of a run, and what the newest reviewed editions were worth; without a run, one clear line. */
export async function reportOf(
  date: CalendarDate,
  runs: Pick<RunRepository, 'balance' | 'openBatches' | 'batchesOf'>,
  reviewed: Pick<HindsightRepository, 'newest'> | undefined,
) {
  const [balance, openBatches] = await Promise.all([runs.balance(date), runs.openBatches(date)]);
  // One with nobody in it is a run too: its readers have had the edition by their welcome.
  if (balance.candidates === 0 && (await runs.batchesOf(date)).length === 0)
    throw new CliError(`there is no run of ${date}; npm run cli -- status shows the newest`);
  const hindsights: readonly Hindsight[] = (await reviewed?.newest(shownHindsights)) ?? [];
  const brokenBatches = openBatches.filter(({ broken }) => broken > 0).map(({ id, broken }) => ({ id, broken }));
  return { edition: date, ...balance, openBatches: openBatches.map(({ id }) => id), brokenBatches, hindsights };
}

/** A run in lines; `broken` counts those of the open digests that a fault in Paperboy holds up. */
export function describeRun(date: CalendarDate, report: Awaited<ReturnType<typeof reportOf>>): string {
  const lines = outcomes.map((outcome) => `${outcome.padEnd(12)}${report[outcome]}`);
  return [
    `Run of ${date}`,
    `${'candidates'.padEnd(12)}${report.candidates}`,
    ...lines,
    `${'open'.padEnd(12)}${report.open}`,
    ...(report.broken > 0
      ? [`${'broken'.padEnd(12)}${report.broken} of the open: a fault in Paperboy, see the log`]
      : []),
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
  if (!ours) return `hindsight of ${date}: no upvotes seen after publication`;
  const figures = `NDCG@10 ${figure(ours.ndcg10)} (raw upvotes ${figure(rawUpvotes?.ndcg10)}), p@3/5/10 ${precisions(ours)}`;
  return `hindsight of ${date}: ${figures}${miss ? `; missed ${miss.id}, place ${miss.place}, later ${miss.placeLater}` : ''}`;
}
