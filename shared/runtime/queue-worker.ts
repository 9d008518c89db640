import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { logger } from './logger.js';
import { countFailedMessages } from './metrics.js';

/** How long a worker may still take, in milliseconds. */
type RemainingMs = () => number;

/**
 * Handles each message of a queue by itself: one that throws is delivered again, and in the end goes to the dead-letter
 * queue; the others are done. The failure is logged here, once, and counted: to Lambda the invocation succeeded.
 * `sentAt` is when the message was put on the queue, in epoch milliseconds. `afterAll` is what the messages of one
 * invocation do together; if it throws, all of them are delivered again. Equal outcomes are logged in one line, with how
 * many there were: a line for each mail's event would cost more than the event.
 */
export function queueWorker<Message extends z.core.$ZodType>(
  message: Message,
  handle: (message: z.infer<Message>, remainingMs: RemainingMs, sentAt: number) => Promise<object>,
  afterAll: () => Promise<void> = async () => {},
) {
  const processor = new BatchProcessor(EventType.SQS);
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const outcomes: object[] = [];
    const response = await processPartialResponse(
      event,
      async (record: SQSRecord) => {
        try {
          const body = z.parse(message, JSON.parse(record.body));
          const sentAt = Number(record.attributes.SentTimestamp);
          outcomes.push(await handle(body, () => context.getRemainingTimeInMillis(), sentAt));
        } catch (error) {
          logger.error('a message failed and will be delivered again', {
            messageId: record.messageId,
            error: error as Error,
          });
          throw error;
        }
      },
      processor,
      { context, throwOnFullBatchFailure: false },
    );
    logOutcomes(outcomes);
    await afterAll();
    countFailedMessages(context.functionName, response.batchItemFailures.length);
    return response;
  };
}

function logOutcomes(outcomes: readonly object[]): void {
  const equal = new Map<string, { readonly outcome: object; times: number }>();
  for (const outcome of outcomes) {
    const text = JSON.stringify(outcome);
    const first = equal.get(text);
    if (first) first.times += 1;
    else equal.set(text, { outcome, times: 1 });
  }
  for (const { outcome, times } of equal.values()) logger.info('handled', { ...outcome, ...(times > 1 && { times }) });
}
