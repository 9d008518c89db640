import * as z from 'zod/mini';
import type { Surroundings } from '../functions/activity.js';
import type { LambdaFunction } from '../functions/functions.js';
import { place } from '../template/physical.js';
import type { Stack } from '../template/stack.js';
import type { ReceivedMessage } from './message-shelf.js';
import { md5 } from './queue-calls.js';
import type { Queue } from './queues.js';

const mappingProperties = z.object({
  BatchSize: z._default(z.number(), 10),
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
});

/** A queue that feeds a function, by an event source mapping. */
interface Feed {
  readonly queue: Queue;
  readonly lambda: LambdaFunction;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
}

/** How soon a failed message is retried on a real clock; AWS waits for the visibility timeout. */
const retryPauseMs = 1000;

/** Feeds queues to functions as mapped in the stack; returns what to call when messages may have become visible. */
export function openFeeds(
  stack: Stack,
  queues: ReadonlyMap<string, Queue>,
  functions: readonly LambdaFunction[],
  surroundings: Surroundings,
): () => void {
  const feeds = stack.all(['AWS::Lambda::EventSourceMapping'], mappingProperties).map(({ id, properties }) => {
    const queue = queues.get(properties.EventSourceArn);
    const lambda = functions.find(({ name, arn }) => [name, arn].includes(properties.FunctionName));
    if (!queue || !lambda) throw new Error(`${id} does not map a queue to a function of the template`);
    const reportsFailures = properties.FunctionResponseTypes.includes('ReportBatchItemFailures');
    return startFeed({ queue, lambda, batchSize: properties.BatchSize, reportsFailures }, surroundings);
  });
  return () => {
    for (const feed of feeds) feed();
  };
}

function startFeed(feed: Feed, surroundings: Surroundings): () => void {
  let isRunning = false;
  const drain = async () => {
    // First lets the call that sent the message finish, so that its answer does not wait for the handling.
    await new Promise(setImmediate);
    try {
      for (let batch = receive(); batch.length > 0 && !surroundings.isClosing(); batch = receive())
        await handle(feed, batch, surroundings);
    } finally {
      // In the same tick as the last look at the queue: a message sent after it must wake the feed again.
      isRunning = false;
    }
  };
  const receive = () => feed.queue.receive(feed.batchSize);
  const wake = () => {
    if (isRunning || feed.queue.counts().visible === 0) return;
    isRunning = true;
    void surroundings.activity.run(drain);
  };
  feed.queue.onSent(wake);
  return wake;
}

async function handle(feed: Feed, batch: readonly ReceivedMessage[], surroundings: Surroundings): Promise<void> {
  const { queue, lambda } = feed;
  const failed = await lambda.invoke({ Records: batch.map((message) => recordOf(message, queue)) }).then(
    (answer) => (feed.reportsFailures ? failuresIn(answer, batch) : []),
    () => batch,
  );
  if (failed.length > 0 && surroundings.isClosing()) return;
  for (const message of batch) if (!failed.includes(message)) queue.remove(message.receipt);
  if (failed.length === 0) return;
  await surroundings.pause(retryPauseMs);
  for (const { receipt } of failed) {
    // Without a dead-letter queue a message could come back forever: it waits for its visibility timeout.
    const again = surroundings.now() + (queue.isBounded ? 0 : queue.visibilityTimeoutMs);
    queue.giveBack(receipt, queue.postponedTo(receipt) ?? again);
  }
}

const batchAnswer = z.object({ batchItemFailures: z._default(z.array(z.object({ itemIdentifier: z.string() })), []) });

/** As in AWS, an answer of another shape or an unknown id fails the whole batch. */
function failuresIn(answer: unknown, batch: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
  if (answer === null || answer === undefined) return [];
  const { success, data } = batchAnswer.safeParse(answer);
  if (!success) return batch;
  const failed = data.batchItemFailures.map(({ itemIdentifier }) => batch.find(({ id }) => id === itemIdentifier));
  return failed.some((message) => message === undefined) ? batch : failed.flatMap((message) => message ?? []);
}

function recordOf({ id, body, receipt, receiveCount, sentAt }: ReceivedMessage, queue: Queue): object {
  return {
    messageId: id,
    receiptHandle: receipt,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: place.account,
      ApproximateFirstReceiveTimestamp: String(sentAt),
    },
    messageAttributes: {},
    md5OfBody: md5(body),
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: place.region,
  };
}
