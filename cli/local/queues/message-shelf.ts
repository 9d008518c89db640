import { randomUUID } from 'node:crypto';
import { openRecords, recordKey } from '../data-folder.js';

/** A message as a queue keeps it. */
interface QueuedMessage {
  readonly id: string;
  readonly body: string;
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
  /** How long the holder of the receipt asked to hide it, as an instant. */
  readonly postponedTo?: number;
}

/** A message that is handed out, until it is dropped or taken back. */
export type ReceivedMessage = ShelvedMessage & { readonly receipt: string };

/** The messages of one queue, oldest first. Messages outlive the process, hand-outs do not. */
export interface MessageShelf {
  all(): Iterable<ShelvedMessage>;
  byReceipt(receipt: string): ShelvedMessage | undefined;
  add(body: string, sentAt: number, visibleAt: number): ShelvedMessage;
  handOut(message: ShelvedMessage, visibleAt: number): ReceivedMessage;
  takeBack(message: ShelvedMessage, visibleAt: number): void;
  postpone(message: ShelvedMessage, visibleAt: number): void;
  drop(message: ShelvedMessage): void;
}

export function openShelf(folder?: string): MessageShelf {
  const records = openRecords<QueuedMessage>(folder);
  const shelf = new Map<string, ShelvedMessage>(records.found.map(([key, message]) => [key, { ...message, key }]));
  const keys = new Map<string, string>();
  let counter = Number(records.found.at(-1)?.[0] ?? 0);

  function keep(message: QueuedMessage, key: string): ShelvedMessage {
    const { id, body, sentAt, receiveCount, visibleAt } = message;
    const kept = { id, body, sentAt, receiveCount, visibleAt };
    records.save(key, kept);
    shelf.set(key, { ...kept, key });
    return { ...kept, key };
  }
  return {
    all: () => shelf.values(),
    byReceipt: (receipt) => shelf.get(keys.get(receipt) ?? ''),
    add(body, sentAt, visibleAt) {
      counter += 1;
      return keep({ id: randomUUID(), body, sentAt, receiveCount: 0, visibleAt }, recordKey(counter));
    },
    handOut({ postponedTo: _, ...message }, visibleAt) {
      keys.delete(message.receipt ?? '');
      const received = { ...message, receiveCount: message.receiveCount + 1, visibleAt, receipt: randomUUID() };
      keys.set(received.receipt, message.key);
      shelf.set(message.key, received);
      return received;
    },
    takeBack(message, visibleAt) {
      keys.delete(message.receipt ?? '');
      keep({ ...message, visibleAt }, message.key);
    },
    postpone: (message, visibleAt) => shelf.set(message.key, { ...message, visibleAt, postponedTo: visibleAt }),
    drop(message) {
      shelf.delete(message.key);
      keys.delete(message.receipt ?? '');
      records.remove(message.key);
    },
  };
}
