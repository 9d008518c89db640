import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dayMs, type Instant } from '../../domain/calendar-date.js';
import type { Observation } from '../../domain/paper/paper.js';
import { is, startsWith, where } from '../dynamo/expressions.js';
import { allItems } from '../dynamo/reading.js';
import { isExpired } from '../dynamo/rows.js';
import { observationPrefix, type PaperRow, paperPartition, readObservationRow } from '../paper-rows.js';
import { observationDays } from './hours.js';

/**
 * The observations that earlier versions kept as rows of their own, oldest first. Those versions put the newest one into
 * the paper's row as well: where there is none, or it has expired at `now`, nothing is asked.
 */
export async function oldObservations(
  client: DynamoDBDocumentClient,
  TableName: string,
  { paper, latest }: PaperRow,
  now: Instant,
): Promise<readonly Observation[]> {
  if (!latest || latest.at + observationDays * dayMs <= now) return [];
  const ofPaper = where([is('pk', paperPartition(paper.id)), startsWith('sk', observationPrefix)]);
  const items = await allItems(client, { TableName, ConsistentRead: true, ...ofPaper });
  return items.filter((item) => !isExpired(item, now)).map(readObservationRow);
}
