import * as z from 'zod/mini';
import type { Surroundings } from '../functions/activity.js';
import type { Executions } from '../functions/executions.js';
import { InvocationError } from '../functions/function-worker.js';
import type { LambdaFunction } from '../functions/functions.js';
import { longestTrace } from '../functions/lineage.js';
import { place } from '../template/physical.js';
import type { Stack } from '../template/stack.js';
import type { ReceivedMessage } from './message-shelf.js';
import { md5 } from './queue-calls.js';
import type { Queue } from './queues.js';

const mappingProperties = z.object({
  BatchSize: z._default(z.number(), 10),
  Enabled: z._default(z.boolean(), true),
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  ScalingConfig: z.optional(z.strictObject({ MaximumConcurrency: z.number().check(z.minimum(2), z.maximum(1000)) })),
  FilterCriteria: z.optional(z.undefined('the local runner does not play filters of a mapping')),
  // Nobody waits for more here: that would only make a quiet machine's messages late.
  MaximumBatchingWindowInSeconds: z.optional(z.number().check(z.minimum(0), z.maximum(300))),
});

/** A queue that feeds a function, by an event source mapping. */
interface Feed {
  readonly queue: Queue;
  readonly lambda: LambdaFunction;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
  readonly maxConcurrency: number;
}

export interface FeedsDeps {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly functions: readonly LambdaFunction[];
  readonly executions: Pick<Executions, 'room'>;
  readonly surroundings: Surroundings;
}

/** The queues of the stack that feed functions. */
export interface Feeds {
  /** To be called when messages may have become visible. */
  wake(): void;
  /** The functions that a queue feeds. */
  fedBy(queueArn: string): readonly LambdaFunction[];
}

/** Feeds queues to functions as mapped in the stack. */
export function openFeeds(stack: Stack, deps: FeedsDeps): Feeds {
  const feeds = stack.all(['AWS::Lambda::EventSourceMapping'], mappingProperties).map(({ id, properties }) => {
    const queue = deps.queues.get(properties.EventSourceArn);
    const lambda = deps.functions.find(({ name, arn }) => [name, arn].includes(properties.FunctionName));
    if (!queue || !lambda) throw new Error(`${id} does not map a queue to a function of the template`);
    if (queue.visibilityTimeoutMs < lambda.timeoutMs) {
      throw new Error(
        `${id}: the queue's visibility timeout is shorter than the function's timeout, which AWS refuses`,
      );
    }
    const reportsFailures = properties.FunctionResponseTypes.includes('ReportBatchItemFailures');
    const maxConcurrency = properties.ScalingConfig?.MaximumConcurrency ?? Number.POSITIVE_INFINITY;
    const feed = { queue, lambda, batchSize: properties.BatchSize, reportsFailures, maxConcurrency };
    return { queueArn: queue.arn, lambda, wake: properties.Enabled ? startFeed(feed, deps) : () => undefined };
  });
  return {
    wake() {
      for (const { wake } of feeds) wake();
    },
    fedBy: (arn) => feeds.filter(({ queueArn }) => queueArn === arn).map(({ lambda }) => lambda),
  };
}

function startFeed(feed: Feed, deps: FeedsDeps): () => void {
  const { activity, agenda, breakDown, isClosing } = deps.surroundings;
  const { queue, batchSize, maxConcurrency } = feed;
  let pollers = 0;
  let looking = 0;
  let nextWake = Number.POSITIVE_INFINITY;
  const drain = async () => {
    // First lets the call that sent the message finish, so that its answer does not wait for the handling.
    await new Promise(setImmediate);
    looking -= 1;
    try {
      for (let batch = receive(); batch.length > 0 && !isClosing(); batch = receive()) await handle(feed, batch, deps);
    } finally {
      // In the same tick as the last look at the queue: a message sent after it must wake the feed again.
      pollers -= 1;
      rememberHidden();
    }
  };
  const receive = () => (isClosing() ? [] : queue.receive(batchSize));
  const wake = () => {
    const { visible } = queue.counts();
    while (pollers < maxConcurrency && looking * batchSize < visible && !isClosing()) {
      pollers += 1;
      looking += 1;
      activity.run(drain).catch(breakDown);
    }
    rememberHidden();
  };
  const rememberHidden = () => {
    const next = queue.nextVisible();
    if (next >= nextWake || !Number.isFinite(next)) return;
    nextWake = next;
    agenda.at(next, () => {
      nextWake = Number.POSITIVE_INFINITY;
      wake();
    });
  };
  queue.onSent(wake);
  return wake;
}

async function handle(feed: Feed, batch: readonly ReceivedMessage[], deps: FeedsDeps): Promise<void> {
  const { queue } = feed;
  const failed = await invoke(feed, batch, deps).then(
    (answer) => (feed.reportsFailures ? failuresIn(answer, batch) : []),
    () => batch,
  );
  if (failed.length > 0 && deps.surroundings.isClosing()) return;
  for (const message of batch) {
    if (failed.includes(message)) queue.giveBack(message.receipt);
    else queue.remove(message.receipt);
  }
}

/** As in AWS, a throttled batch is tried again until its messages become visible to others. */
async function invoke(feed: Feed, batch: readonly ReceivedMessage[], deps: FeedsDeps): Promise<unknown> {
  const { now, isClosing } = deps.surroundings;
  const event = { Records: batch.map((message) => recordOf(message, feed.queue)) };
  const trace = longestTrace(batch.map((message) => message.trace));
  const until = Math.min(...batch.map(({ visibleAt }) => visibleAt));
  for (;;) {
    try {
      return await feed.lambda.invoke(event, trace);
    } catch (error) {
      const isThrottled = error instanceof InvocationError && error.isThrottle;
      if (!isThrottled || now() >= until || isClosing()) throw error;
      await deps.executions.room();
    }
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

function recordOf(message: ReceivedMessage, queue: Queue): object {
  const { id, body, receipt, receiveCount, sentAt, group, deduplicationId, trace } = message;
  return {
    messageId: id,
    receiptHandle: receipt,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: place.account,
      ApproximateFirstReceiveTimestamp: String(sentAt),
      ...(group && { MessageGroupId: group }),
      ...(deduplicationId && { MessageDeduplicationId: deduplicationId }),
      ...(trace && { AWSTraceHeader: trace }),
    },
    messageAttributes: {},
    md5OfBody: md5(body),
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: place.region,
  };
}
