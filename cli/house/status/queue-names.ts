import type { QueueFact } from './facts.js';

/** How the CDK ends a logical id. */
const hash = /[0-9A-F]{8}(\.fifo)?$/;
const kinds = { Queue: 'work', DeadLetters: 'dead-letters', Undelivered: 'undelivered' } as const;

/** The function that a queue belongs to, and what lies in it, by the queue's logical id in the template. */
export function queueOf(logicalId: string): Pick<QueueFact, 'name' | 'kind'> {
  const bare = withoutHash(logicalId);
  const [, name = bare, kind = 'Queue'] = /^(.+)(Queue|DeadLetters|Undelivered)$/.exec(bare) ?? [];
  return { name: kebab(name), kind: kinds[kind as keyof typeof kinds] };
}

/** A logical id without the hash with which the CDK ends it. */
export function withoutHash(logicalId: string): string {
  return logicalId.replace(hash, '');
}

const kebab = (name: string) => name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();
