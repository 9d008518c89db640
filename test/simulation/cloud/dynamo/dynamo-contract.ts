import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { queryContract } from './query-contract.js';

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
