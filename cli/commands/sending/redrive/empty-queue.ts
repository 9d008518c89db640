import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { eventSource } from '../../../../shared/contract/events.js';
import type { Instant } from '../../../../shared/domain/calendar-date.js';
import { CliError } from '../../../command/cli-error.js';
import { type DeadLetters, type Fate, fateOf } from './dead-letters.js';

/** How many messages of a queue went where. */
export interface Emptied {
  readonly name: string;
  readonly moved: number;
  readonly invoked: number;
  readonly deleted: number;
  readonly kept: number;
}

interface Outside {
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
  /** Name of Paperboy's own bus. */
  readonly bus: string;
  readonly now: Instant;
  /** Looks at ten messages at most, and leaves them where they are. */
  readonly isDryRun: boolean;
}

const messagesPerCall = 10;
/** Long enough for ten messages; what is interrupted comes up again after it. */
const heldSeconds = 60;

const counters = { move: 'moved', invoke: 'invoked', 'repeats-itself': 'deleted', unknown: 'kept' } as const;

/** Takes every message of a queue once, and does with it what its text says. */
export async function emptyInto(letters: DeadLetters, outside: Outside): Promise<Emptied> {
  const counts = { moved: 0, invoked: 0, deleted: 0, kept: 0 };
  // A message that is kept is hidden meanwhile, so a queue of nothing else ends the loop too.
  for (let batch = await receive(letters, outside); batch.length > 0; batch = await receive(letters, outside)) {
    for (const message of batch) {
      const fate = fateOf(message.Body ?? '', letters, outside.now);
      counts[counters[fate.kind]] += 1;
      if (outside.isDryRun) await giveBack(message, letters, outside);
      else await follow(fate, message, letters, outside);
    }
    if (outside.isDryRun) break;
  }
  return { name: letters.name, ...counts };
}

async function receive({ url }: DeadLetters, { sqs }: Outside): Promise<readonly Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: messagesPerCall,
      VisibilityTimeout: heldSeconds,
      // Without it SQS asks some of its servers only, and an empty answer says nothing.
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['MessageGroupId'],
    }),
  );
  return Messages;
}

/** First where it goes, then away from here: what is interrupted in between is done twice, which is harmless. */
async function follow(fate: Fate, message: Message, letters: DeadLetters, outside: Outside): Promise<void> {
  // It shows itself again by itself; at once it would be received again and again.
  if (fate.kind === 'unknown') return;
  if (fate.kind === 'move') await moveBack(message, letters, outside);
  if (fate.kind === 'invoke') await publishAgain(fate, outside);
  const { ReceiptHandle } = message;
  await outside.sqs.send(new DeleteMessageCommand({ QueueUrl: letters.url, ReceiptHandle }));
}

async function moveBack(
  { Body, MessageId, Attributes }: Message,
  { origin }: DeadLetters,
  { sqs }: Outside,
): Promise<void> {
  const { MessageGroupId } = Attributes ?? {};
  // A second attempt within five minutes is no second message, where the queue can tell.
  const order = MessageGroupId === undefined ? {} : { MessageGroupId, MessageDeduplicationId: `redrive-${MessageId}` };
  await sqs.send(new SendMessageCommand({ QueueUrl: origin, MessageBody: Body, ...order }));
}

async function publishAgain(
  { type, detail }: Extract<Fate, { kind: 'invoke' }>,
  { events, bus }: Outside,
): Promise<void> {
  const entry = { EventBusName: bus, Source: eventSource, DetailType: type, Detail: JSON.stringify(detail) };
  const { Entries: [result] = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  if (!result?.EventId) throw new CliError(`the bus refused ${type}: ${result?.ErrorCode ?? 'no answer'}; try again`);
}

async function giveBack({ ReceiptHandle }: Message, { url }: DeadLetters, { sqs }: Outside): Promise<void> {
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
}
