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
 * invocation do together; if it throws, all of them are delivered again.
 */
export function queueWorker<Message extends z.core.$ZodType>(
  message: Message,
  handle: (message: z.infer<Message>, remainingMs: RemainingMs, sentAt: number) => Promise<object>,
  afterAll: () => Promise<void> = async () => {},
) {
  const processor = new BatchProcessor(EventType.SQS);
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const response = await processPartialResponse(
      event,
      async (record: SQSRecord) => {
        try {
          const body = z.parse(message, JSON.parse(record.body));
          const sentAt = Number(record.attributes.SentTimestamp);
          logger.info('handled', { ...(await handle(body, () => context.getRemainingTimeInMillis(), sentAt)) });
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
    await afterAll();
    countFailedMessages(context.functionName, response.batchItemFailures.length);
    return response;
  };
}
