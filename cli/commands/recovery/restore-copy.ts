import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../../shared/storage/dynamo/reading.js';
import type { Item } from '../../../shared/storage/dynamo/rows.js';
import { isFromBackup, readName } from '../../../shared/storage/subscribers/name-row.js';
import { CliError, UsageError } from '../../command/cli-error.js';
import type { Command } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { saveTable } from '../../local/data-folder.js';

/** Takes the subscribers of a kept copy of a folder into it, as AWS restores a table under a name of its own. */
export const restoreCopy: Command = {
  name: 'restore copy',
  summary: 'brings the subscribers from a backup copy of a folder back into it, ready for `restore replay`',
  operands: [{ name: 'COPY', help: 'the copy of the folder; it is only read' }],
  place: 'house',
  writes: true,
  more: `For folders only: the table of a stack is restored by AWS, as docs/runbook.md says under "Bring a backup back".

The copy must have been taken while nothing ran in the folder. Everything else stays as it is in the folder: editions, runs, mail, and
the journal of who has left since. The table that was in use stays beside the new one, where \`restore replay --newcomers-from\` finds it, until
the next \`restore copy\` after a replay. Until \`restore replay\` has ended nothing is sent.`,
  async run({ operands: [copy = ''], place, isDryRun }, io) {
    if (place?.kind !== 'local')
      throw new UsageError('restore copy: goes with --data DIR; a stack has AWS restore its table');
    const { dataDir } = place;
    const copied = await readCopy(copy, dataDir);
    const count = `${copied.items.length} ${copied.items.length === 1 ? 'row' : 'rows'}`;
    const taken = await withOperator(place, async (operator) => {
      await refuseOtherHouse(operator, copied, copy);
      const inUse = operator.output('SubscribersTable');
      const before = await usedBefore(inUse, operator);
      if (isDryRun) return { before };
      const table = await makeTable(copied, [inUse, before], operator);
      saveTable(dataDir, table);
      return { before, table };
    });
    io.out(
      taken.table === undefined
        ? `Would take ${count} of subscribers from ${copy}. Nothing was written.`
        : `Took ${count} of subscribers from ${copy} as the table ${taken.table}; ${taken.before} was in use before.\nNothing is sent until \`restore replay\` has ended.`,
    );
    io.json({ dryRun: isDryRun, rows: copied.items.length, ...taken });
  },
};

/** The table of subscribers of a copied folder. */
interface Copied {
  readonly name: string;
  readonly shape: CreateTableCommand['input'];
  readonly items: readonly Item[];
  /** What ids of subscribers derive from. */
  readonly identity: Buffer;
}

/** Reads a copy of the copy: opening a house writes into its folder. */
async function readCopy(copy: string, dataDir: string): Promise<Copied> {
  if (resolve(copy) === resolve(dataDir)) throw new UsageError('COPY: is the folder itself; name a copy of it');
  return withScratch(async (scratch) => {
    const isFolder = statSync(copy, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder) cpSync(copy, scratch, { recursive: true });
    try {
      return await withOperator({ kind: 'local', dataDir: isFolder ? scratch : copy }, readTable);
    } catch (error) {
      throw error instanceof CliError
        ? new CliError(error.message.replaceAll(scratch, copy).replace('--data', 'COPY'))
        : error;
    }
  });
}

/** What is copied holds addresses and keys: it goes even if somebody stops the command. */
async function withScratch<Result>(work: (scratch: string) => Promise<Result>): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), 'paperboy-copy-'));
  const remove = () => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  const stop = (signal: NodeJS.Signals) => {
    remove();
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop).once('exit', remove);
  try {
    return await work(scratch);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop).off('exit', remove);
    remove();
  }
}

async function readTable({ dynamo, output, keys }: Operator): Promise<Copied> {
  const name = output('SubscribersTable');
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: name }));
  const items: Item[] = [];
  for await (const page of paginateScan({ client: dynamo }, { TableName: name })) items.push(...(page.Items ?? []));
  const indexes = Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  const shape = {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: Table?.AttributeDefinitions,
    KeySchema: Table?.KeySchema,
    ...(indexes && { GlobalSecondaryIndexes: indexes }),
  };
  return { name, shape, items, identity: (await keys()).identity };
}

async function refuseOtherHouse({ keys }: Operator, { identity }: Copied, copy: string): Promise<void> {
  if (identity.equals((await keys()).identity)) return;
  throw new CliError(
    `COPY: ${copy} is of another Paperboy, whose keys are others; \`subscribers export\` and \`import\` move people`,
  );
}

const putsAtOnce = 16;
const soon = { maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
const prefix = 'Subscribers-restored-';

/** The table that was in use, with whoever came since: where a restored one still waits for its replay, the one before that. */
async function usedBefore(inUse: string, { dynamo }: Operator): Promise<string> {
  if (!(await isFromBackup(dynamo, inUse))) return inUse;
  for (const table of await tablesFrom('Subscribers', dynamo)) {
    const name = await readName(dynamo, table);
    // One that was cut off while it was written has no name yet either.
    if (name === table || (name === undefined && !table.startsWith(prefix))) return table;
  }
  return inUse;
}

async function tablesFrom(beginning: string, dynamo: Operator['dynamo']): Promise<readonly string[]> {
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  return TableNames.filter((name) => name.startsWith(beginning));
}

/** Makes the table anew beside some; those of earlier restores go. It bears the name that the copy gives it. */
async function makeTable(
  { name, shape, items }: Copied,
  kept: readonly string[],
  { dynamo }: Operator,
): Promise<string> {
  for (const TableName of await tablesFrom(prefix, dynamo)) {
    if (kept.includes(TableName)) continue;
    await dynamo.send(new DeleteTableCommand({ TableName }));
    await waitUntilTableNotExists({ client: dynamo, ...soon }, { TableName });
  }
  const numbers = Array.from({ length: 4 }, (_, index) => `${prefix}${index + 1}`);
  const table = numbers.find((each) => !kept.includes(each) && each !== name) ?? '';
  await dynamo.send(new CreateTableCommand({ ...shape, TableName: table }));
  await waitUntilTableExists({ client: dynamo, ...soon }, { TableName: table });
  await inParallel(items, putsAtOnce, (Item) => dynamo.send(new PutCommand({ TableName: table, Item })));
  return table;
}
