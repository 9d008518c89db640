import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { editionPublished, eventSource, papersIngested } from '../../../../shared/contract/events.js';
import { hourlyIngest } from '../../../../shared/contract/messages.js';
import { dateOf, type Instant } from '../../../../shared/domain/calendar-date.js';
import { parseJson } from '../../../../shared/sources/source-text.js';
import type { Operator } from '../../../house/operator.js';
import { queueOf } from '../../../house/status/queue-names.js';

/** A queue of what was given up on. */
export interface DeadLetters {
  /** `send-notice`, or `send-notice-undelivered` for what EventBridge could not put on its queue. */
  readonly name: string;
  readonly url: string;
  readonly count: number;
  /** The queue that they come from; absent for those of asynchronous calls. */
  readonly origin?: string;
}

interface FoundQueue {
  readonly logicalId: string;
  readonly url: string;
}

/** Every dead-letter queue of a house, and how many messages lie in it. */
export async function findDeadLetters(operator: Operator): Promise<readonly DeadLetters[]> {
  const queues = (await queuesIn(operator)).map(({ logicalId, url }) => ({ ...queueOf(logicalId), url }));
  const found = queues.filter(({ kind }) => kind !== 'work');
  return Promise.all(
    found.map(async ({ name, kind, url }) => {
      const origin = queues.find((queue) => queue.name === name && queue.kind === 'work')?.url;
      const { Attributes } = await operator.clients.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      const count = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
      const own = kind === 'undelivered' ? `${name}-undelivered` : name;
      return { name: own, url, count, ...(origin !== undefined && { origin }) };
    }),
  );
}

async function queuesIn({ house, clients, name }: Operator): Promise<readonly FoundQueue[]> {
  if (house) return house.queues().map(({ name: logicalId, url }) => ({ logicalId, url }));
  const { stackResources } = await import('../../../house/stack-resources.js');
  const resources = await stackResources(clients.settings, name)();
  return resources.flatMap(({ type, logicalId, name: url }) =>
    type === 'AWS::SQS::Queue' ? [{ logicalId, url }] : [],
  );
}

/** What to do with a message. */
export type Fate =
  | { readonly kind: 'move' | 'repeats-itself' | 'unknown' }
  | { readonly kind: 'invoke'; readonly type: string; readonly detail: object };

const envelope = z.object({ source: z.string(), 'detail-type': z.string(), detail: z.record(z.string(), z.unknown()) });

/** Decides by its text what becomes of a message, which comes from a queue or from an asynchronous call. */
export function fateOf(body: string, { origin }: Pick<DeadLetters, 'origin'>, now: Instant): Fate {
  const json = parseJson(body);
  const event = envelope.safeParse(json).data;
  // A tick is behind it, and a schedule that could not put its message on a queue.
  if (event?.source === 'aws.events') return { kind: 'repeats-itself' };
  if (z.object({ kind: z.literal(hourlyIngest.kind) }).safeParse(json).success) return { kind: 'repeats-itself' };
  if (origin !== undefined) return { kind: 'move' };
  if (event?.source !== eventSource) return { kind: 'unknown' };
  const { 'detail-type': type, detail } = event;
  // The tick plans without being told.
  if (type === editionPublished.type) return { kind: 'repeats-itself' };
  const ingest = type === papersIngested.type ? papersIngested.detail.safeParse(detail).data : undefined;
  // The scores of a day that is over would rank its papers by what was observed since.
  const isOver = ingest !== undefined && dateOf(ingest.at) !== dateOf(now);
  return isOver ? { kind: 'repeats-itself' } : { kind: 'invoke', type, detail };
}
