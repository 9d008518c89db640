import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { is } from '../../../shared/storage/dynamo/expressions.js';
import { type Decision, type StateRow, stateStore } from '../../../shared/storage/subscribers/subscriber-state.js';
import { subscriberId } from '../../support/builders.js';

const id = subscriberId(1);

/** A store whose row another writer changes just before each of the first `lost` writes. */
function contested(lost: number) {
  const asked: string[] = [];
  let revision = 0;
  const send = async ({ constructor: { name } }: object) => {
    asked.push(name);
    if (name === 'GetCommand') return { Item: { v: 1, status: 'active', revision } };
    revision += 1;
    if (revision <= lost) throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    return {};
  };
  return { ...stateStore({ send } as unknown as DynamoDBDocumentClient, 't'), asked };
}

const rename = (row?: StateRow): Decision<number> => ({
  answer: row?.revision ?? -1,
  write: { set: { revision: 9 }, onlyIf: [is('revision', row?.revision)] },
});

describe('settling a state', () => {
  it('decides anew on what is stored whenever another writer was faster', async () => {
    const { settle, asked } = contested(2);
    expect(await settle(id, rename)).toBe(2);
    expect(asked).toEqual(Array(3).fill(['GetCommand', 'UpdateCommand']).flat());
  });

  it('reads nothing when the first write is made', async () => {
    const { settle, asked } = contested(0);
    expect(await settle(id, rename, rename())).toBe(-1);
    expect(asked).toEqual(['UpdateCommand']);
  });

  it('writes nothing when the state needs no write', async () => {
    const { settle, asked } = contested(1);
    expect(await settle<string | number>(id, () => ({ answer: 'nothing to do' }), rename())).toBe('nothing to do');
    expect(asked).toEqual(['UpdateCommand', 'GetCommand']);
  });

  it('gives up, for the queue to try again, when others are faster at every try', async () => {
    const { settle, asked } = contested(Number.POSITIVE_INFINITY);
    await expect(settle(id, rename)).rejects.toThrow('changed by others at every try');
    expect(asked.length).toBeLessThan(1000);
  });
});
