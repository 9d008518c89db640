import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';

interface Store {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

const item = {
  pk: 'a',
  sk: '1',
  n: 3,
  text: 'lantern',
  held: { age: 5, deep: { x: true } },
  bytes: new Uint8Array([1, 2]),
};
const Key = { pk: 'a', sk: '1' };

/** Whether a condition holds for the item, or the name of the error. */
async function judge({ client, table }: Store, ConditionExpression: string, values?: Record<string, unknown>) {
  const bound = { ConditionExpression, ...(values && { ExpressionAttributeValues: values }) };
  try {
    await client.send(new PutCommand({ TableName: table, Item: item, ...bound }));
    return true;
  } catch (error) {
    return (error as Error).name === 'ConditionalCheckFailedException' ? false : (error as Error).name;
  }
}

async function updated({ client, table }: Store, UpdateExpression: string, values?: Record<string, unknown>) {
  const bound = { UpdateExpression, ...(values && { ExpressionAttributeValues: values }) };
  try {
    const answer = await client.send(new UpdateCommand({ TableName: table, Key, ReturnValues: 'ALL_NEW', ...bound }));
    return answer.Attributes;
  } catch (error) {
    return (error as Error).name;
  }
}

/** What every DynamoDB does for a table of the kind `subscribers`, as far as the storage asks for it. */
export function dynamoContract(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
    await store.client.send(new PutCommand({ TableName: store.table, Item: item }));
  });

  it.each<[string, Record<string, unknown> | undefined, boolean | string]>([
    ['attribute_exists(pk)', undefined, true],
    ['attribute_not_exists(pk)', undefined, false],
    ['attribute_exists(held.deep.x)', undefined, true],
    ['attribute_not_exists(held.gone)', undefined, true],
    ['n = :v', { ':v': 3 }, true],
    ['n = :v', { ':v': '3' }, false],
    ['n <> :v', { ':v': '3' }, true],
    ['gone <> :v', { ':v': 1 }, true],
    ['gone = :v', { ':v': 1 }, false],
    ['gone < :v', { ':v': 1 }, false],
    ['gone > :v', { ':v': 1 }, false],
    ['n < :v', { ':v': 4 }, true],
    ['n <= :v', { ':v': 3 }, true],
    ['n >= :v', { ':v': 4 }, false],
    ['n BETWEEN :a AND :b', { ':a': 1, ':b': 3 }, true],
    ['n < :v', { ':v': 'z' }, false],
    ['begins_with(#t, :v)', { ':v': 'lan' }, 'ValidationException'],
    ['begins_with(pk, :v)', { ':v': 'b' }, false],
    ['bytes = :v', { ':v': new Uint8Array([1, 2]) }, true],
    ['NOT n = :v', { ':v': 3 }, false],
    ['(n = :a OR n = :b) AND attribute_exists(sk)', { ':a': 1, ':b': 3 }, true],
    ['n = :a OR n = :b AND attribute_exists(gone)', { ':a': 3, ':b': 3 }, true],
    ['n = :v', { ':v': 3, ':w': 4 }, 'ValidationException'],
    ['n = :v', {}, 'ValidationException'],
    ['n = :v AND', { ':v': 3 }, 'ValidationException'],
  ])('judges %s with %j as %s', async (condition, values, verdict) => {
    expect(await judge(store, condition, values)).toBe(verdict);
  });

  it('judges conditions on an item that is not there', async () => {
    const missing = { TableName: store.table, Key: { pk: 'b', sk: '1' } };
    const refused = new DeleteCommand({ ...missing, ConditionExpression: 'attribute_exists(pk)' });
    await expect(store.client.send(refused)).rejects.toThrow(
      expect.objectContaining({ name: 'ConditionalCheckFailedException' }),
    );
    expect(
      (await store.client.send(new DeleteCommand({ ...missing, ReturnValues: 'ALL_OLD' }))).Attributes,
    ).toBeUndefined();
    const fresh = new UpdateCommand({
      ...missing,
      UpdateExpression: 'REMOVE x',
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await store.client.send(fresh);
    expect((await store.client.send(new GetCommand(missing))).Item).toEqual({ pk: 'b', sk: '1' });
  });

  it('updates by SET, REMOVE, sums and defaults, from the item as it was', async () => {
    expect(
      await updated(store, 'SET n = if_not_exists(n, :z) + :v, m = if_not_exists(m, :z) + :v REMOVE #t', {
        ':z': 0,
        ':v': 2,
      }),
    ).toBe('ValidationException');
    const sum = await updated(store, 'SET n = if_not_exists(n, :z) + :v, m = n REMOVE bytes', { ':z': 0, ':v': 2 });
    expect(sum).toEqual({ pk: 'a', sk: '1', n: 5, m: 3, text: 'lantern', held: item.held });
    expect(await updated(store, 'SET held.age = :v', { ':v': 9 })).toMatchObject({
      held: { age: 9, deep: { x: true } },
    });
    expect(await updated(store, 'REMOVE held.deep')).toMatchObject({ held: { age: 9 } });
    expect(await updated(store, 'SET nowhere.at = :v', { ':v': 9 })).toBe('ValidationException');
    expect(await updated(store, 'SET m = nowhere')).toBe('ValidationException');
    expect(await updated(store, 'SET pk = :v', { ':v': 'z' })).toBe('ValidationException');
    expect(await updated(store, 'SET n = :v', { ':v': 1, ':w': 1 })).toBe('ValidationException');
  });

  it('keeps a copy of what it was given, bytes too', async () => {
    const bytes = Buffer.from([7, 8]);
    await store.client.send(
      new PutCommand({ TableName: store.table, Item: { ...Key, bytes, list: [1, { a: undefined }] } }),
    );
    bytes[0] = 0;
    const { Item } = await store.client.send(new GetCommand({ TableName: store.table, Key }));
    expect(Item).toEqual({ ...Key, bytes: new Uint8Array([7, 8]), list: [1, {}] });
    expect(Buffer.isBuffer(Item?.bytes)).toBe(false);
  });

  it('answers a batch of keys, and refuses too many or the same one twice', async () => {
    const batch = (keys: readonly object[]) =>
      store.client.send(new BatchGetCommand({ RequestItems: { [store.table]: { Keys: [...keys] as never } } }));
    const answer = await batch([Key, { pk: 'none', sk: '1' }]);
    expect(answer.Responses?.[store.table]).toEqual([item]);
    await expect(batch([Key, Key])).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
    const many = Array.from({ length: 101 }, (_, n) => ({ pk: `k${n}`, sk: '1' }));
    await expect(batch(many)).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });

  describe('queries', () => queryContract(() => store));
}

const slots = [3, 1, 2, 5, 4].map((n) => ({ pk: 'q', sk: `row#${n}`, n, slot: n % 2 ? 'odd' : 'even' }));

function queryContract(opened: () => Store): void {
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
