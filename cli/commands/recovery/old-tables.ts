import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import { someSubscribers } from '../../../shared/storage/restored/restored-table.js';
import { closeTable, readName } from '../../../shared/storage/subscribers/name-row.js';

/**
 * What a table is that may have been in use before the restored one. `open`: it takes itself for the table in use, and mails would go
 * out from it once it were configured again.
 */
export interface OldTable {
  readonly table: string;
  readonly is: 'open' | 'closed' | 'gone' | "another Paperboy's" | 'no table of subscribers' | 'unreadable';
  /** The name of the error that kept it from being read, or closed. */
  readonly error?: string;
}

/** What became of an old table; in a dry run, what it is. */
export interface SettledTable extends Pick<OldTable, 'table' | 'error'> {
  readonly is: OldTable['is'] | 'closed now' | 'left open';
}

interface OldTableDeps {
  readonly dynamo: DynamoDBDocumentClient;
  readonly consents: Pick<ConsentRepository, 'of'>;
}

/** Of so many subscribers the journal knows at least one, if the table belongs to the same Paperboy. */
const samples = 25;

/** Looks at a table; what it cannot read of one that is there is thrown. */
export async function lookAtTable(table: string, deps: OldTableDeps): Promise<OldTable> {
  try {
    return { table, is: await kindOf(table, deps) };
  } catch (error) {
    const { name } = error as Error;
    if (name === 'ResourceNotFoundException') return { table, is: 'gone' };
    // Its keys are others, or no table could have that name.
    if (name === 'ValidationException') return { table, is: 'no table of subscribers' };
    throw error;
  }
}

async function kindOf(table: string, { dynamo, consents }: OldTableDeps): Promise<OldTable['is']> {
  const name = await readName(dynamo, table);
  const ids = await someSubscribers(dynamo, table, samples);
  if (name === undefined && ids.length === 0) return 'no table of subscribers';
  const isKnown = async () => {
    for (const id of ids) if ((await consents.of(id)).length > 0) return true;
    return ids.length === 0;
  };
  if (!(await isKnown())) return "another Paperboy's";
  return name === undefined || name === table ? 'open' : 'closed';
}

/** Closes those that are open, in favour of the restored one; one that cannot be closed keeps nothing else from being done. */
export function closeTables(
  tables: readonly OldTable[],
  restored: string,
  { dynamo }: Pick<OldTableDeps, 'dynamo'>,
): Promise<readonly SettledTable[]> {
  const settled = tables.map(async (old): Promise<SettledTable> => {
    const { table, is } = old;
    if (is !== 'open') return old;
    try {
      await closeTable(dynamo, table, restored);
      return { table, is: 'closed now' };
    } catch (error) {
      return { table, is: 'left open', error: (error as Error).name };
    }
  });
  return Promise.all(settled);
}

/** Where it says how a table is closed by hand. */
export const closingStep = 'docs/runbook.md, "Bring a backup back", step 7';

/** What is said of the old tables, a line for each. */
export function oldTablesInWords(tables: readonly SettledTable[]): readonly string[] {
  return tables.map(({ table, is, error }) => {
    switch (is) {
      case 'open':
        return `Would close ${table}, which was in use before.`;
      case 'closed now':
        return `Closed ${table}, which was in use before: nothing is sent from it any more.`;
      case 'closed':
        return `${table}, which was in use before, is closed already.`;
      case 'gone':
        return `${table}, which was in use before, is gone.`;
      case 'left open':
        return `Could not close ${table}, which was in use before (${error}): close it by hand, ${closingStep}.`;
      case 'unreadable':
        return `${table}, which was in use before, cannot be read (${error}): close it by hand, ${closingStep}.`;
      default:
        return `The backup names ${table}, which is ${is} and was left alone: close the table that was in use before by hand, ${closingStep}.`;
    }
  });
}
