import { readName } from '../../../shared/storage/subscribers/name-row.js';
import { CliError } from '../../command/cli-error.js';
import type { Command, Given, Io } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';
import {
  closeTables,
  closingStep,
  lookAtTable,
  type OldTable,
  oldTablesInWords,
  type SettledTable,
} from './old-tables.js';
import { type ReplayReport, replayTable } from './replay-table.js';

/** Brings a restored Subscribers table up to date, and then lets mails go out from it. */
export const restoreReplay: Command = {
  name: 'restore replay',
  summary: 'brings a restored table of subscribers up to date, and then lets mail go out from it',
  place: 'house',
  writes: true,
  options: {
    unnamed: { type: 'boolean', help: 'for a backup made by a version whose tables did not hold their own names' },
    'newcomers-from': {
      type: 'string',
      value: 'TABLE',
      help: 'fetches those who subscribed after the backup from the old table, if it still exists',
    },
  },
  more: `First restore the table, name it as subscribersTable in paperboy.config.json, and deploy: see docs/runbook.md, "Bring a backup
back". For a folder, run \`restore copy\` first. From then on nothing is sent until the replay is complete. Whoever has left,
complained, bounced, paused or been erased since the backup is so again, and papers that may have been sent since count as seen. The
table that was in use before is closed, so that nothing is ever sent from it. If the replay is interrupted, run it again.`,
  async run(given, io) {
    await withOperator(given.place, (operator) => replayIn(operator, given, io));
  },
};

type Restored = Pick<Operator, 'dynamo' | 'output' | 'consents' | 'editions' | 'runs' | 'now'>;

/** What the replay did, and what became of the tables that may have been in use before; in a dry run, what they are. */
interface Told extends ReplayReport {
  readonly oldTables: readonly SettledTable[];
}

/** Replays the table that the house is configured with, and tells what became of it; one that is in use is refused. */
export async function replayIn(
  operator: Restored,
  given: Pick<Given, 'options' | 'isDryRun'>,
  io: Pick<Io, 'out' | 'json' | 'progress'>,
): Promise<void> {
  const told = await replay(operator, given, io);
  tell(told, given, io);
  io.json({ dryRun: given.isDryRun, ...told });
}

async function replay(
  operator: Restored,
  { options, isDryRun }: Pick<Given, 'options' | 'isDryRun'>,
  io: Pick<Io, 'progress'>,
): Promise<Told> {
  const { dynamo, output, consents, editions, runs, now } = operator;
  const tables = { subscribers: output('SubscribersTable'), consents: output('ConsentsTable') };
  const name = await readName(dynamo, tables.subscribers);
  refuse(tables.subscribers, name, options.unnamed === true);
  const from = options['newcomers-from'];
  const newcomersFrom = typeof from === 'string' ? { newcomersFrom: from } : {};
  const before = await findOldTables({ restored: tables.subscribers, named: name, ...newcomersFrom }, operator);
  let oldTables: Told['oldTables'] = before;
  const beforeNaming = async () => {
    oldTables = await closeTables(before, tables.subscribers, operator);
  };
  const progress = (total: number) => io.progress('replaying', total);
  const deps = { dynamo, tables, consents, editions, runs, progress, beforeNaming, now };
  const report = await replayTable({ isDryRun, ...newcomersFrom }, deps);
  return { ...report, oldTables };
}

interface Names {
  readonly restored: string;
  /** The name that the restored table brought along. */
  readonly named: string | undefined;
  readonly newcomersFrom?: string;
}

/** The tables that may have been in use before; before anything is written, a wrong one to fetch newcomers from is refused. */
async function findOldTables({ restored, named, newcomersFrom }: Names, operator: Restored): Promise<OldTable[]> {
  const found: OldTable[] = [];
  if (newcomersFrom !== undefined) {
    if (newcomersFrom === restored) refuseSource(newcomersFrom, 'the restored table');
    const source = await lookAtTable(newcomersFrom, operator);
    refuseSource(newcomersFrom, source.is);
    found.push(source);
  }
  if (named !== undefined && named !== newcomersFrom) {
    found.push(
      await lookAtTable(named, operator).catch(({ name }: Error) => ({
        table: named,
        is: 'unreadable' as const,
        error: name,
      })),
    );
  }
  return found;
}

function refuseSource(table: string, is: OldTable['is'] | 'the restored table'): void {
  if (is === 'open' || is === 'closed') return;
  const problem =
    is === 'gone'
      ? 'there is no such table; `aws dynamodb list-tables` names them'
      : `is ${is}; name the one that was used before it`;
  throw new CliError(`--newcomers-from ${table}: ${problem}`);
}

function refuse(table: string, name: string | undefined, isUnnamed: boolean): void {
  if (name === table) {
    throw new CliError(
      `${table} is in use and needs no replay; restore a backup, name the new table as subscribersTable and deploy first; in a folder, \`restore copy\` does all that`,
    );
  }
  if (name === undefined && !isUnnamed) {
    throw new CliError(
      `${table} does not hold its name: if it was restored from a backup of an earlier version, add --unnamed`,
    );
  }
}

function tell(report: Told, { options, isDryRun }: Pick<Given, 'options' | 'isDryRun'>, io: Pick<Io, 'out'>) {
  const { newcomers, fetched, sentSince, backupEdition } = report;
  io.out(`${isDryRun ? 'Would bring' : 'Brought'} ${report.subscribers} subscribers up to date: ${changes(report)}.`);
  if (sentSince > 0) {
    io.out(
      `The newest edition that the backup knows is ${backupEdition ?? 'none'}. ${sentSince} may have been sent later ones: their papers count as seen.`,
    );
  }
  if (fetched > 0) io.out(`${fetched} who subscribed after the backup were fetched from the old table.`);
  if (newcomers.length > 0) {
    const from = options['newcomers-from'];
    const isLookedFor = isDryRun && from !== undefined;
    const fate = isLookedFor
      ? `would be looked for in ${from}`
      : 'their addresses are gone, and they must sign up again';
    io.out(`${newcomers.length} subscribed after the backup; ${fate}:`);
    for (const id of newcomers) io.out(`  ${id}`);
  }
  for (const line of oldTablesInWords(report.oldTables)) io.out(line);
  if (report.oldTables.length === 0 && !isDryRun) {
    io.out(`The backup does not say which table was in use before: close that one by hand, ${closingStep}.`);
  }
  io.out(isDryRun ? 'Nothing was written.' : 'Mails go out again from the next tick.');
}

const changes = (report: ReplayReport) =>
  [
    [report.unsubscribed, 'left'],
    [report.complained, 'complained'],
    [report.bounced, 'bounced'],
    [report.erased, 'erased'],
    [report.paused, 'paused'],
    [report.active, 'active again'],
    [report.asTheyWere, 'as they were'],
  ]
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
