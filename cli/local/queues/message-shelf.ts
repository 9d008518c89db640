import { randomUUID } from 'node:crypto';
import { type DataFolder, openRecords, recordKey } from '../data-folder.js';

/** What a sender gives. */
export interface OutgoingMessage {
  readonly body: string;
  /** FIFO queues only: messages of one group are handled in order, one at a time. */
  readonly group?: string;
  /** FIFO queues only: within five minutes a message of the same id is not taken again. */
  readonly deduplicationId?: string;
  /** The chain of invocations that led to it. */
  readonly trace?: string;
}

/** A message as a queue keeps it. */
interface QueuedMessage extends OutgoingMessage {
  readonly id: string;
  readonly sentAt: number;
  /** How often it was handed out. */
  readonly receiveCount: number;
  /** The earliest time it may be handed out. */
  readonly visibleAt: number;
}

/** A message on the shelf, with a receipt while it is handed out. */
export interface ShelvedMessage extends QueuedMessage {
  readonly key: string;
  readonly receipt?: string;
}

/** A message that is handed out, until it is dropped or taken back. */
export type ReceivedMessage = ShelvedMessage & { readonly receipt: string };

/** The messages of one queue, oldest first. Messages outlive the process, hand-outs do not. */
export interface MessageShelf {
  all(): Iterable<ShelvedMessage>;
  byReceipt(receipt: string): ShelvedMessage | undefined;
  add(message: OutgoingMessage, sentAt: number, visibleAt: number): ShelvedMessage;
  handOut(message: ShelvedMessage, visibleAt: number): ReceivedMessage;
  /** Ends a hand-out; the message stays hidden as long as it was to be. */
  takeBack(message: ShelvedMessage): void;
  /** Hides a message that is handed out until another time, however its handling ends. */
  postpone(message: ShelvedMessage, visibleAt: number): void;
  drop(message: ShelvedMessage): void;
}

export function openShelf(folder?: DataFolder): MessageShelf {
  const records = openRecords<QueuedMessage>(folder);
  const shelf = new Map<string, ShelvedMessage>(records.found.map(([key, message]) => [key, { ...message, key }]));
  const keys = new Map<string, string>();
  let counter = Number(records.found.at(-1)?.[0] ?? 0);

  function keep(message: QueuedMessage, key: string): ShelvedMessage {
    records.save(key, message);
    const kept = { ...message, key };
    shelf.set(key, kept);
    return kept;
  }
  return {
    all: () => shelf.values(),
    byReceipt: (receipt) => shelf.get(keys.get(receipt) ?? ''),
    add(message, sentAt, visibleAt) {
      counter += 1;
      return keep({ ...message, id: randomUUID(), sentAt, receiveCount: 0, visibleAt }, recordKey(counter));
    },
    handOut(message, visibleAt) {
      keys.delete(message.receipt ?? '');
      const received = { ...message, receiveCount: message.receiveCount + 1, visibleAt, receipt: randomUUID() };
      keys.set(received.receipt, message.key);
      shelf.set(message.key, received);
      return received;
    },
    takeBack({ receipt = '', key, ...message }) {
      keys.delete(receipt);
      keep(message, key);
    },
    postpone: (message, visibleAt) => shelf.set(message.key, { ...message, visibleAt }),
    drop(message) {
      shelf.delete(message.key);
      keys.delete(message.receipt ?? '');
      records.remove(message.key);
    },
  };
}
