import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { hourMs, minuteMs } from '../../shared/domain/calendar-date.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import type { Account } from './account.js';
import type { Outputs } from './cdk.js';
import { eventually } from './report.js';

/** Every row of every table: by the table's output, then by the row's key. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, object>>;

/** Reads every row of the tables that the outputs name; a table that is gone throws. */
export async function readRows({ client }: Account, outputs: Outputs): Promise<Rows> {
  const dynamo = documentClient(client);
  const rows = new Map<string, ReadonlyMap<string, object>>();
  for (const [output, TableName] of Object.entries(outputs).filter(([name]) => name.endsWith('Table'))) {
    const items = new Map<string, object>();
    try {
      for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName })) {
        for (const item of Items) items.set(`${item.pk} ${item.sk}`, item);
      }
    } catch (cause) {
      throw new Error(`${output} cannot be read`, { cause });
    }
    rows.set(output, items);
  }
  return rows;
}

/** The rows once nothing writes any more: two readings, two seconds apart, that are the same; never just before an hour's ingest. */
export async function restingRows(account: Account, outputs: Outputs): Promise<Rows> {
  const toTheHourMs = hourMs - (Date.now() % hourMs);
  if (toTheHourMs < minuteMs) await sleep(toTheHourMs + 5000);
  let before = await readRows(account, outputs);
  return eventually('rest', async () => {
    await sleep(2000);
    const rows = await readRows(account, outputs);
    if (isDeepStrictEqual(rows, before)) return rows;
    before = rows;
    return undefined;
  });
}

/** How many rows there are in each table; throws when a table has none, for then nothing is shown by keeping them. */
export function countRows(rows: Rows): string {
  const counts = [...rows].map(([output, items]) => `${output.replace(/Table$/, '')} ${items.size}`);
  if (rows.size === 0 || [...rows.values()].some(({ size }) => size === 0)) {
    throw new Error(`a table is empty: ${counts.join(', ')}`);
  }
  return counts.join(', ');
}

/** Throws unless every row of before is there, and the same. */
export function expectKept(before: Rows, after: Rows): void {
  for (const [output, items] of before) {
    const lost = [...items].filter(([key, item]) => !isDeepStrictEqual(after.get(output)?.get(key), item));
    if (lost.length > 0) throw new Error(`${lost.length} of ${items.size} rows of ${output} were lost or changed`);
  }
}
