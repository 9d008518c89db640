import * as z from 'zod/mini';
import { dayMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { type DataFolder, folderIn } from '../data-folder.js';
import type { Surroundings } from '../functions/activity.js';
import type { Stack, StackResource } from '../template/stack.js';
import {
  type MessageShelf,
  type OutgoingMessage,
  openShelf,
  type ReceivedMessage,
  type ShelvedMessage,
} from './message-shelf.js';

/** A queue with its dead-letter queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeoutMs: number;
  readonly isFifo: boolean;
  /** Whether a message without a deduplication id gets one of its content. */
  readonly isContentDeduplicated: boolean;
  /** Stores a message durably and returns its id. */
  send(message: OutgoingMessage, delayMs?: number): string;
  /** Hands out what is visible; what was received too often goes to the dead-letter queue instead. */
  receive(limit: number, visibilityTimeoutMs?: number): readonly ReceivedMessage[];
  remove(receipt: string): void;
  /** Ends a hand-out: the message comes again when its visibility timeout is over. */
  giveBack(receipt: string): void;
  /** Hides a message until then, however its handling ends. */
  postpone(receipt: string, visibleAt: number): void;
  /** How many messages there are in each state now, or as it will be at an instant if nothing happens. */
  counts(at?: number): QueueCounts;
  /** When the next of the messages that nobody holds becomes visible; Infinity when there is none. */
  nextVisible(): number;
  onSent(listener: () => void): void;
}

export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** How long the oldest message has been here; 0 for an empty queue. */
  readonly oldestMs: number;
}

const wholeNumber = z.pipe(z.union([z.number(), z.string()]), z.transform(Number));
const queueProperties = z.object({
  VisibilityTimeout: z._default(wholeNumber, 30),
  DelaySeconds: z._default(wholeNumber, 0),
  MessageRetentionPeriod: z._default(wholeNumber, (4 * dayMs) / 1000),
  FifoQueue: z._default(z.boolean(), false),
  ContentBasedDeduplication: z._default(z.boolean(), false),
  RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: wholeNumber })),
});
type QueueResource = StackResource<z.output<typeof queueProperties>>;

/** Opens every queue of the stack, by ARN. */
export function openQueues(stack: Stack, surroundings: Surroundings, folder?: DataFolder): ReadonlyMap<string, Queue> {
  const queues = new Map<string, Queue>();
  for (const resource of stack.all(['AWS::SQS::Queue'], queueProperties)) {
    const deadLetters = () => queues.get(resource.properties.RedrivePolicy?.deadLetterTargetArn ?? '');
    queues.set(resource.arn, openQueue(resource, deadLetters, surroundings, folderIn(folder, resource.name)));
  }
  for (const { id, arn, properties } of stack.all(['AWS::SQS::Queue'], queueProperties)) {
    const target = queues.get(properties.RedrivePolicy?.deadLetterTargetArn ?? arn);
    if (target?.isFifo !== properties.FifoQueue) throw new Error(`${id} and its dead-letter queue must both be FIFO`);
  }
  return queues;
}

function openQueue(
  { name, arn, ref, properties }: QueueResource,
  deadLetters: () => Queue | undefined,
  { now, fail }: Surroundings,
  folder?: DataFolder,
): Queue {
  const shelf = openShelf(folder);
  const visibilityTimeoutMs = properties.VisibilityTimeout * 1000;
  const { maxReceiveCount } = properties.RedrivePolicy ?? { maxReceiveCount: Number.POSITIVE_INFINITY };
  const isGone = (message: ShelvedMessage) => {
    if (now() - message.sentAt >= properties.MessageRetentionPeriod * 1000) shelf.drop(message);
    else if (message.receiveCount < maxReceiveCount) return false;
    else bury(message, { name, shelf, target: deadLetters(), fail });
    return true;
  };
  const twins = openTwins(shelf);
  const withMessage = (receipt: string, act: (message: ShelvedMessage) => void) => {
    const message = shelf.byReceipt(receipt);
    if (message) act(message);
  };
  let sent: () => void = () => undefined;
  return {
    name,
    arn,
    url: ref,
    visibilityTimeoutMs,
    isFifo: properties.FifoQueue,
    isContentDeduplicated: properties.ContentBasedDeduplication,
    send(message, delayMs = properties.DelaySeconds * 1000) {
      const twin = twins.find(message, now());
      if (twin !== undefined) return twin;
      const added = shelf.add(message, now(), now() + delayMs);
      twins.remember(added);
      sent();
      return added.id;
    },
    receive: (limit, hiddenMs = visibilityTimeoutMs) =>
      firstVisible(shelf, limit, now(), isGone).map((message) => shelf.handOut(message, now() + hiddenMs)),
    remove: (receipt) => withMessage(receipt, shelf.drop),
    giveBack: (receipt) => withMessage(receipt, shelf.takeBack),
    postpone: (receipt, visibleAt) => withMessage(receipt, (message) => shelf.postpone(message, visibleAt)),
    counts: (at = now()) => countMessages([...shelf.all()], at),
    nextVisible: () => {
      const waiting = [...shelf.all()].filter(({ receipt, visibleAt }) => receipt === undefined && visibleAt > now());
      return Math.min(...waiting.map(({ visibleAt }) => visibleAt));
    },
    onSent(listener) {
      sent = listener;
    },
  };
}

interface Grave {
  readonly name: string;
  readonly shelf: MessageShelf;
  readonly target: Queue | undefined;
  readonly fail: Surroundings['fail'];
}

/** Moves a message to the dead-letter queue: stored there before it is dropped here, so that none is lost. */
function bury(message: ShelvedMessage, { name, shelf, target, fail }: Grave): void {
  const { id, body, group, trace, receiveCount } = message;
  target?.send({ body, ...(group && { group, deduplicationId: id }), ...(trace && { trace }) });
  shelf.drop(message);
  fail(
    `message ${id} was received ${receiveCount} times from ${name} and ${target ? `went to ${target.name}` : 'is lost'}`,
  );
}

const deduplicationMs = 5 * minuteMs;

/** Remembers what was sent within five minutes, by deduplication id. */
function openTwins(shelf: MessageShelf) {
  const taken = new Map<string, Pick<ShelvedMessage, 'id' | 'sentAt'>>();
  const remember = ({ id, sentAt, deduplicationId }: ShelvedMessage) =>
    deduplicationId !== undefined && taken.set(deduplicationId, { id, sentAt });
  for (const message of shelf.all()) remember(message);
  return {
    remember,
    find({ deduplicationId }: OutgoingMessage, now: number): string | undefined {
      for (const [known, { sentAt }] of taken) if (now - sentAt >= deduplicationMs) taken.delete(known);
      return taken.get(deduplicationId ?? '')?.id;
    },
  };
}

/** In order; a message that is hidden, in flight or not, holds back the rest of its group. */
function firstVisible(
  shelf: MessageShelf,
  limit: number,
  now: number,
  isGone: (message: ShelvedMessage) => boolean,
): readonly ShelvedMessage[] {
  const chosen: ShelvedMessage[] = [];
  const blocked = new Set<string>();
  for (const message of shelf.all()) {
    if (chosen.length === limit) break;
    if (message.group !== undefined && blocked.has(message.group)) continue;
    if (message.visibleAt > now) blocked.add(message.group ?? '');
    else if (!isGone(message)) chosen.push(message);
  }
  return chosen;
}

function countMessages(messages: readonly ShelvedMessage[], now: number): QueueCounts {
  const visible = messages.filter(({ visibleAt }) => visibleAt <= now).length;
  const inFlight = messages.filter(({ visibleAt, receipt }) => receipt !== undefined && visibleAt > now).length;
  const oldestMs = now - (messages[0]?.sentAt ?? now);
  return { visible, inFlight, delayed: messages.length - visible - inFlight, oldestMs };
}
