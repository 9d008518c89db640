import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { SubscriberStatus } from '../../domain/subscriber/subscriber.js';
import type { Item } from '../dynamo/rows.js';

const none: Readonly<Record<SubscriberStatus, number>> = {
  pending: 0,
  active: 0,
  paused: 0,
  unsubscribed: 0,
  suppressed: 0,
  moving: 0,
};
const statusIn = z.object({ status: z.enum(Object.keys(none) as SubscriberStatus[]) });

/**
 * Counts subscribers by status, for an admin only: it reads the whole table, page by page, and takes nothing but the status
 * out of it. `onPage` hears how many items each page had. Throws at a status that is not known.
 */
export async function countByStatus(
  client: DynamoDBDocumentClient,
  TableName: string,
  onPage: (items: number) => void = () => undefined,
): Promise<Readonly<Record<SubscriberStatus, number>>> {
  const counts = { ...none };
  let next: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName,
        ProjectionExpression: '#status',
        FilterExpression: '#kind = :state',
        ExpressionAttributeNames: { '#status': 'status', '#kind': 'sk' },
        ExpressionAttributeValues: { ':state': 'state' },
        ExclusiveStartKey: next,
      }),
    );
    for (const item of page.Items ?? []) counts[z.parse(statusIn, item).status] += 1;
    onPage(page.ScannedCount ?? 0);
    // A page may be empty and still not be the last one.
    next = page.LastEvaluatedKey;
  } while (next);
  return counts;
}
