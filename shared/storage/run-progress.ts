import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openBatches } from '../contract/tables.js';
import type { CalendarDate } from '../domain/calendar-date.js';
import { is, startsWith, where } from './dynamo/expressions.js';
import { firstItems } from './dynamo/reading.js';
import { batchPrefix, runPartition } from './run-rows.js';

/** `open` while a batch has candidates without an outcome, `nobody-due` before the run's first batch. */
export type RunProgress = 'nobody-due' | 'open' | 'ended';

/** How far runs have come, for those who must not count anybody. */
export interface RunProgressReader {
  /** Reads two items at most, however many batches the run has. */
  progress(run: CalendarDate): Promise<RunProgress>;
}

/** Reads it from the table of runs. */
export function runProgressReader(client: DynamoDBDocumentClient, tableName: string): RunProgressReader {
  const TableName = tableName;
  return {
    async progress(run) {
      const batches = where([is('pk', runPartition(run)), startsWith('sk', batchPrefix)], ['pk', 'sk']);
      if ((await firstItems(client, { TableName, ...batches }, 1)).length === 0) return 'nobody-due';
      const { index: IndexName, pk } = openBatches;
      const open = await firstItems(client, { TableName, IndexName, ...where([is(pk, run)]) }, 1);
      return open.length > 0 ? 'open' : 'ended';
    },
  };
}
