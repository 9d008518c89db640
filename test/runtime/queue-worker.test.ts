import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { queueWorker } from '../../shared/runtime/queue-worker.js';

const context = { functionName: 'worker-1', getRemainingTimeInMillis: () => 1000 } as Context;
const message = z.object({ name: z.string() });

/** An event with a message for each body; anything that is no object of a name is no message. */
const eventOf = (...bodies: readonly unknown[]) => {
  const attributes = { SentTimestamp: '0' };
  const Records = bodies.map((body, index) => ({ messageId: `m${index}`, body: JSON.stringify(body), attributes }));
  return { Records } as SQSEvent;
};

describe('a queue worker', () => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    for (const output of [process.stdout, process.stderr]) {
      jest.spyOn(output, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    }
  });
  afterEach(() => void jest.restoreAllMocks());

  /** What CloudWatch reads of the lines: each failed-messages metric with its dimensions. */
  const metrics = () =>
    lines
      .filter((line) => line.includes('_aws'))
      .map((line) => JSON.parse(line) as Record<string, unknown> & { _aws: { CloudWatchMetrics: unknown[] } });

  const work = queueWorker(message, async ({ name }) => {
    if (name === 'bad') throw new Error('no');
    return {};
  });

  it('gives back the messages that failed, and them alone', async () => {
    const event = eventOf({ name: 'good' }, { name: 'bad' }, { other: 1 }, { name: 'good' });
    const { batchItemFailures } = await work(event, context);
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['m1', 'm2']);
  });

  it('counts them under the function’s own name, since to Lambda the invocation went well', async () => {
    await work(eventOf({ name: 'bad' }, { name: 'good' }, { other: 1 }), context);
    expect(metrics()).toMatchObject([
      {
        _aws: {
          CloudWatchMetrics: [
            {
              Namespace: 'Paperboy',
              Dimensions: [['service', 'function']],
              Metrics: [{ Name: 'FailedMessages', Unit: 'Count' }],
            },
          ],
        },
        service: 'paperboy',
        function: 'worker-1',
        FailedMessages: 2,
      },
    ]);
  });

  it('counts 0 where none failed, and when all did throws nothing', async () => {
    await work(eventOf({ name: 'good' }), context);
    expect(await work(eventOf({ name: 'bad' }), context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(metrics().map(({ FailedMessages }) => FailedMessages)).toEqual([0, 1]);
  });

  it('logs equal outcomes in one line with how many there were, and each other by itself', async () => {
    const told = queueWorker(message, async ({ name }) => ({ outcome: name }));
    await told(eventOf({ name: 'a' }, { name: 'b' }, { name: 'a' }, { name: 'a' }), context);
    const handled = lines.filter((line) => line.includes('"handled"')).map((line) => JSON.parse(line));
    expect(handled.map(({ outcome, times }) => [outcome, times])).toEqual([
      ['a', 3],
      ['b', undefined],
    ]);
  });
});
