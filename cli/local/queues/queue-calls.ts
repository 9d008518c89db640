import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { type ApiCall, type ApiService, CallError, jsonProtocol, notPlayed } from '../api-call.js';
import type { OutgoingMessage } from './message-shelf.js';
import type { Queue } from './queues.js';

/** SQS takes at most 1 MiB per message and per batch. */
const limitBytes = 1024 * 1024;

const outgoing = z.object({
  MessageBody: z.string().check(z.minLength(1)),
  MessageGroupId: z.optional(z.string()),
  MessageDeduplicationId: z.optional(z.string()),
  DelaySeconds: z.optional(z.number()),
  MessageAttributes: z.optional(z.strictObject({}, 'the local runner does not play message attributes')),
});
const outgoingBatch = z.object({
  Entries: z.array(z.extend(outgoing, { Id: z.string() })).check(z.minLength(1), z.maxLength(10)),
});
const receiving = z.object({
  MaxNumberOfMessages: z._default(z.number(), 1),
  VisibilityTimeout: z.optional(z.number()),
});
const handle = z.object({ ReceiptHandle: z.string() });
const visibility = z.object({ ReceiptHandle: z.string(), VisibilityTimeout: z.number() });

/** Plays SQS for the queues of the stack. API: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference */
export function queueService(queues: ReadonlyMap<string, Queue>, now: () => number): ApiService {
  const protocol = jsonProtocol('1.0');
  const byUrl = (url: unknown) => [...queues.values()].find((queue) => queue.url === url);
  return {
    protocol: { ...protocol, denied: { code: 'AccessDeniedException', status: 403 } },
    permission: (action) => `sqs:${action.replace(/Batch$/, '')}`,
    resources: ({ input }) => [byUrl(input.QueueUrl)?.arn ?? '*'],
    async answer(call) {
      const queue = byUrl(call.input.QueueUrl);
      if (!queue) throw new CallError('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
      const act = actions[call.action];
      if (!act) throw notPlayed('sqs', call);
      return protocol.answer(call.action, act(queue, call, now()));
    },
  };
}

const actions: Readonly<Record<string, (queue: Queue, call: ApiCall, now: number) => unknown>> = {
  SendMessage: (queue, call) => send(queue, read(outgoing, call), call),
  SendMessageBatch(queue, call) {
    const { Entries } = read(outgoingBatch, call);
    const bytes = Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
    if (bytes > limitBytes)
      throw new CallError('com.amazonaws.sqs#BatchRequestTooLong', 'Batch requests are too long.');
    return { Successful: Entries.map((entry) => ({ Id: entry.Id, ...send(queue, entry, call) })), Failed: [] };
  },
  ReceiveMessage(queue, call) {
    const { MaxNumberOfMessages, VisibilityTimeout } = read(receiving, call);
    const hiddenMs = VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000;
    const Messages = queue
      .receive(MaxNumberOfMessages, hiddenMs)
      .map(({ id, body, receipt, receiveCount, sentAt, group }) => ({
        MessageId: id,
        ReceiptHandle: receipt,
        Body: body,
        MD5OfBody: md5(body),
        Attributes: {
          ApproximateReceiveCount: String(receiveCount),
          SentTimestamp: String(sentAt),
          ...(group && { MessageGroupId: group }),
        },
      }));
    return Messages.length > 0 ? { Messages } : {};
  },
  DeleteMessage(queue, call) {
    queue.remove(read(handle, call).ReceiptHandle);
    return {};
  },
  ChangeMessageVisibility(queue, call, now) {
    const { ReceiptHandle, VisibilityTimeout } = read(visibility, call);
    queue.postpone(ReceiptHandle, now + VisibilityTimeout * 1000);
    return {};
  },
  GetQueueAttributes(queue) {
    const { visible, inFlight, delayed } = queue.counts();
    const Attributes = {
      QueueArn: queue.arn,
      VisibilityTimeout: String(queue.visibilityTimeoutMs / 1000),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
    };
    return { Attributes };
  },
};

function read<Schema extends z.core.$ZodType>(schema: Schema, { input }: ApiCall): z.output<Schema> {
  const found = z.safeParse(schema, input);
  if (!found.success) throw new CallError('InvalidParameterValue', z.prettifyError(found.error));
  return found.data;
}

type Outgoing = z.output<typeof outgoing>;

function send(queue: Queue, { MessageBody, DelaySeconds, ...fifo }: Outgoing, { headers }: ApiCall): object {
  if (Buffer.byteLength(MessageBody) > limitBytes) {
    throw new CallError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Message must be shorter than ${limitBytes} bytes.`,
    );
  }
  const delayMs = DelaySeconds === undefined ? undefined : DelaySeconds * 1000;
  const trace = headers['x-amzn-trace-id'];
  const message = {
    body: MessageBody,
    ...orderOf(queue, { MessageBody, DelaySeconds, ...fifo }),
    ...(typeof trace === 'string' && { trace }),
  };
  return { MessageId: queue.send(message, delayMs), MD5OfMessageBody: md5(MessageBody) };
}

/** Group and deduplication id of a message to a FIFO queue; throws what SQS says where one is missing. */
function orderOf(
  queue: Queue,
  { MessageBody, MessageGroupId, MessageDeduplicationId, DelaySeconds }: Outgoing,
): Pick<OutgoingMessage, 'group' | 'deduplicationId'> {
  if (!queue.isFifo) {
    if (MessageDeduplicationId === undefined && MessageGroupId === undefined) return {};
    throw new CallError('InvalidParameterValue', 'the local runner plays MessageGroupId for FIFO queues only');
  }
  if (MessageGroupId === undefined) {
    throw new CallError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  }
  if (DelaySeconds !== undefined) {
    throw new CallError('InvalidParameterValue', 'The request include parameter that is not valid for this queue type');
  }
  const deduplicationId = MessageDeduplicationId ?? deduplicationIdOf(queue, MessageBody);
  if (deduplicationId !== undefined) return { group: MessageGroupId, deduplicationId };
  throw new CallError(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** The id that a queue gives a message by its content; `undefined` where it gives none. */
export function deduplicationIdOf(queue: Queue, body: string): string | undefined {
  return queue.isContentDeduplicated ? createHash('sha256').update(body).digest('hex') : undefined;
}

/** The SDK rejects an answer without the right digest. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
