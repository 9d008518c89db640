import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { allItems, firstItems, inParallel, readItems } from '../../../shared/storage/dynamo/reading.js';
import type { Key } from '../../../shared/storage/dynamo/rows.js';

/** A client that gives the prepared answers one after the other and keeps what it was asked. */
function answering(answer: (input: Record<string, never>, call: number) => object) {
  const asked: Record<string, unknown>[] = [];
  const send = async (command: { input: Record<string, never> }) => {
    asked.push(command.input);
    return answer(command.input, asked.length - 1);
  };
  return { client: { send } as unknown as DynamoDBDocumentClient, asked };
}

describe('a query', () => {
  it('goes on behind an empty page that has a continuation key', async () => {
    const pages = [
      { Items: [{ n: 1 }], LastEvaluatedKey: { k: 1 } },
      { Items: [], LastEvaluatedKey: { k: 2 } },
      { Items: [{ n: 2 }] },
    ];
    const { client, asked } = answering((_, call) => pages[call]!);
    expect(await allItems(client, { TableName: 't' })).toEqual([{ n: 1 }, { n: 2 }]);
    expect(asked.map(({ ExclusiveStartKey }) => ExclusiveStartKey)).toEqual([undefined, { k: 1 }, { k: 2 }]);
  });

  it('stops at the limit, and reads no page for a limit of zero', async () => {
    const { client, asked } = answering((_, call) => ({ Items: [{ n: call }], LastEvaluatedKey: { k: call } }));
    expect(await firstItems(client, { TableName: 't' }, 3)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(await firstItems(client, { TableName: 't' }, 0)).toEqual([]);
    expect(asked).toHaveLength(3);
  });
});

describe('reading by keys', () => {
  const keys = (count: number): Key[] => Array.from({ length: count }, (_, index) => ({ pk: String(index), sk: 's' }));
  const keysOf = (input: Record<string, unknown>) => (input.RequestItems as { t: { Keys: Key[] } }).t.Keys;
  const pauses: number[] = [];
  const waiting = { random: () => 0.5, pause: async (ms: number) => pauses.push(ms) };

  it('asks for at most 100 keys at once, and for each key once', async () => {
    const { client, asked } = answering((input) => ({ Responses: { t: keysOf(input) } }));
    const items = await readItems(client, 't', [...keys(250), ...keys(10)], waiting);
    expect(asked.map((input) => keysOf(input).length).sort()).toEqual([100, 100, 50]);
    expect(items).toHaveLength(250);
  });

  it('asks again for what stayed unprocessed', async () => {
    const { client, asked } = answering((input) => {
      const [first, ...rest] = keysOf(input);
      return { Responses: { t: [first] }, UnprocessedKeys: rest.length > 0 ? { t: { Keys: rest } } : {} };
    });
    expect(await readItems(client, 't', keys(20), waiting)).toEqual(keys(20));
    expect(asked).toHaveLength(20);
  });

  it('gives up on a table that processes nothing, after pauses that grow', async () => {
    pauses.length = 0;
    const { client } = answering((input) => ({ Responses: {}, UnprocessedKeys: { t: { Keys: keysOf(input) } } }));
    await expect(readItems(client, 't', keys(2), waiting)).rejects.toThrow('2 items of t stayed unprocessed');
    expect(pauses).toEqual([50, 100, 200, 400, 800, 1600, 3200]);
  });
});

describe('work in parallel', () => {
  it('is never wider than asked for, and keeps the order', async () => {
    let running = 0;
    let widest = 0;
    const results = await inParallel([5, 1, 4, 2, 3, 0], 3, async (turns) => {
      running += 1;
      widest = Math.max(widest, running);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      running -= 1;
      return turns * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30, 0]);
    expect(widest).toBe(3);
    expect(await inParallel([], 3, async () => 1)).toEqual([]);
  });
});
