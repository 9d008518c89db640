import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Surroundings } from '../functions/activity.js';
import type { Stack, StackResource } from '../template/stack.js';
import { type MessageShelf, openShelf, type ReceivedMessage, type ShelvedMessage } from './message-shelf.js';

/** A queue with its dead-letter queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeoutMs: number;
  /** Stores a message durably and returns its id. */
  send(body: string, delayMs?: number): string;
  receive(limit: number, visibilityTimeoutMs?: number): readonly ReceivedMessage[];
  remove(receipt: string): void;
  /** Makes a handed-out message visible again at that time; after its last receive it goes to the dead-letter queue. */
  giveBack(receipt: string, visibleAt: number): void;
  /** Hides a message until then, however its handling ends. */
  postpone(receipt: string, visibleAt: number): void;
  /** How long the holder of a receipt asked to hide the message, as an instant, if it did. */
  postponedTo(receipt: string): number | undefined;
  counts(): { readonly visible: number; readonly inFlight: number; readonly delayed: number };
  /** Whether messages go to a dead-letter queue after a number of receives. */
  readonly isBounded: boolean;
  onSent(listener: () => void): void;
}

const wholeNumber = z.pipe(z.union([z.number(), z.string()]), z.transform(Number));
const queueProperties = z.object({
  VisibilityTimeout: z._default(wholeNumber, 30),
  DelaySeconds: z._default(wholeNumber, 0),
  FifoQueue: z.optional(z.literal(false)),
  RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: wholeNumber })),
});
type QueueProperties = z.output<typeof queueProperties>;

/** Opens every queue of the stack, by ARN. */
export function openQueues(stack: Stack, surroundings: Surroundings, folder?: string): ReadonlyMap<string, Queue> {
  const queues = new Map<string, Queue>();
  for (const resource of stack.all(['AWS::SQS::Queue'], queueProperties)) {
    const deadLetters = () => queues.get(resource.properties.RedrivePolicy?.deadLetterTargetArn ?? '');
    queues.set(resource.arn, openQueue(resource, deadLetters, surroundings, folder && join(folder, resource.name)));
  }
  return queues;
}

function openQueue(
  { name, arn, ref, properties }: StackResource<QueueProperties>,
  deadLetters: () => Queue | undefined,
  { now, fail }: Surroundings,
  folder?: string,
): Queue {
  const shelf = openShelf(folder);
  const visibilityTimeoutMs = properties.VisibilityTimeout * 1000;
  const { maxReceiveCount } = properties.RedrivePolicy ?? { maxReceiveCount: Number.POSITIVE_INFINITY };
  const isBuried = (message: ShelvedMessage) =>
    message.receiveCount >= maxReceiveCount && bury(message, { name, shelf, target: deadLetters(), fail });
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
    isBounded: Number.isFinite(maxReceiveCount),
    send(body, delayMs = properties.DelaySeconds * 1000) {
      const { id } = shelf.add(body, now(), now() + delayMs);
      sent();
      return id;
    },
    receive: (limit, hiddenMs = visibilityTimeoutMs) =>
      firstVisible(shelf, limit, now(), isBuried).map((message) => shelf.handOut(message, now() + hiddenMs)),
    remove: (receipt) => withMessage(receipt, shelf.drop),
    giveBack: (receipt, visibleAt) =>
      withMessage(receipt, (message) => isBuried(message) || shelf.takeBack(message, visibleAt)),
    postpone: (receipt, visibleAt) => withMessage(receipt, (message) => shelf.postpone(message, visibleAt)),
    postponedTo: (receipt) => shelf.byReceipt(receipt)?.postponedTo,
    counts: () => countMessages(shelf.all(), now()),
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
function bury({ id, body, ...message }: ShelvedMessage, { name, shelf, target, fail }: Grave): boolean {
  if (!target) return false;
  target.send(body);
  shelf.drop({ id, body, ...message });
  fail(`message ${id} was received ${message.receiveCount} times from ${name} and went to ${target.name}`);
  return true;
}

function firstVisible(
  shelf: MessageShelf,
  limit: number,
  now: number,
  isBuried: (message: ShelvedMessage) => boolean,
): readonly ShelvedMessage[] {
  const chosen: ShelvedMessage[] = [];
  for (const message of shelf.all()) {
    if (chosen.length === limit) break;
    if (message.visibleAt <= now && !isBuried(message)) chosen.push(message);
  }
  return chosen;
}

function countMessages(messages: Iterable<ShelvedMessage>, now: number): ReturnType<Queue['counts']> {
  const all = [...messages];
  const visible = all.filter(({ visibleAt }) => visibleAt <= now).length;
  const inFlight = all.filter(({ visibleAt, receipt }) => receipt !== undefined && visibleAt > now).length;
  return { visible, inFlight, delayed: all.length - visible - inFlight };
}
