import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { jobQueue } from '../../shared/runtime/job-queue.js';

/** A queue that answers a call a turn later, and may refuse one of its jobs. */
function aQueue(refused?: number) {
  const calls: SendMessageBatchCommandInput[] = [];
  let underWay = 0;
  let most = 0;
  const send = async ({ input }: { readonly input: SendMessageBatchCommandInput }) => {
    calls.push(input);
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    const bodies = input.Entries?.map(({ MessageBody = '' }) => MessageBody) ?? [];
    return { Failed: refused !== undefined && bodies.includes(String(refused)) ? [{ Code: 'InternalError' }] : [] };
  };
  const queue = jobQueue<number>({ send } as unknown as SQSClient, 'https://queue.example.org/jobs');
  return { queue, calls, most: () => most };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a queue of jobs', () => {
  it('takes ten jobs a call, each once, and several calls at the same time', async () => {
    const { queue, calls, most } = aQueue();
    await queue(numbers(205));
    expect(calls.map(({ Entries = [] }) => Entries.length)).toEqual([...Array(20).fill(10), 5]);
    expect(calls.flatMap(({ Entries = [] }) => Entries.map(({ MessageBody }) => Number(MessageBody)))).toEqual(
      numbers(205),
    );
    for (const { Entries = [] } of calls) expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(10);
  });

  it('delays all of them alike, and is not called for none', async () => {
    const { queue, calls } = aQueue();
    await queue([]);
    expect(calls).toEqual([]);
    await queue(numbers(11), 600);
    expect(calls.flatMap(({ Entries = [] }) => Entries.map(({ DelaySeconds }) => DelaySeconds))).toEqual(
      Array(11).fill(600),
    );
  });

  it('throws when one is refused, in whichever call', async () => {
    for (const refused of [0, 57, 99])
      await expect(aQueue(refused).queue(numbers(100))).rejects.toThrow('InternalError');
  });
});
