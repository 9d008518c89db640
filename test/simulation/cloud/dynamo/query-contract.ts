import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it } from '@jest/globals';

interface Store {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

const slots = [3, 1, 2, 5, 4].map((n) => ({ pk: 'q', sk: `row#${n}`, n, slot: n % 2 ? 'odd' : 'even' }));

/** How every DynamoDB answers queries. */
export function queryContract(opened: () => Store): void {
  beforeEach(async () => {
    for (const Item of [...slots, { pk: 'q', sk: 'other', n: 9 }]) {
      await opened().client.send(new PutCommand({ TableName: opened().table, Item }));
    }
  });
  const query = (over: object) =>
    opened().client.send(
      new QueryCommand({
        TableName: opened().table,
        KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :row)',
        ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
        ExpressionAttributeValues: { ':pk': 'q', ':row': 'row#' },
        ...over,
      }),
    );
  const numbers = (items: readonly Record<string, unknown>[] = []) => items.map(({ n }) => n);

  it('come in the order of the sort key, either way', async () => {
    expect(numbers((await query({})).Items)).toEqual([1, 2, 3, 4, 5]);
    expect(numbers((await query({ ScanIndexForward: false })).Items)).toEqual([5, 4, 3, 2, 1]);
  });

  it('page by page, also backwards, until no key is left', async () => {
    for (const ScanIndexForward of [true, false]) {
      const found: unknown[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await query({ Limit: 2, ExclusiveStartKey, ScanIndexForward });
        expect(page.Items?.length).toBeLessThanOrEqual(2);
        found.push(...numbers(page.Items));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      expect(found).toEqual(ScanIndexForward ? [1, 2, 3, 4, 5] : [5, 4, 3, 2, 1]);
    }
  });

  it('filter after the limit and project', async () => {
    const answer = await query({
      Limit: 2,
      FilterExpression: 'n > :least',
      ProjectionExpression: '#sk',
      ExpressionAttributeValues: { ':pk': 'q', ':row': 'row#', ':least': 1 },
    });
    expect(answer.Items).toEqual([{ sk: 'row#2' }]);
    expect(answer.LastEvaluatedKey).toEqual({ pk: 'q', sk: 'row#2' });
  });

  it('of an index give the keys alone, of the items that have them, and never consistently', async () => {
    const odd = {
      IndexName: 'bySlot',
      KeyConditionExpression: '#slot = :slot',
      ExpressionAttributeNames: { '#slot': 'slot' },
      ExpressionAttributeValues: { ':slot': 'odd' },
    };
    const { Items = [] } = await query(odd);
    expect(Items).toHaveLength(3);
    expect(Items).toContainEqual({ pk: 'q', sk: 'row#1', slot: 'odd' });
    await expect(query({ ...odd, ConsistentRead: true })).rejects.toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
    await expect(query({ ...odd, IndexName: 'none' })).rejects.toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
  });
}
