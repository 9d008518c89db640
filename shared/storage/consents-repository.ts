import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { subscriberId } from '../contract/ids.js';
import { type Consent, inOrder, lifecycleEvents } from '../domain/subscriber/consent.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';
import { isWritten } from './dynamo/conditional-write.js';
import { absent, is, onlyIf, where } from './dynamo/expressions.js';
import { allItems } from './dynamo/reading.js';
import { rowReader, rowVersion } from './dynamo/rows.js';

/** The journal of what became of every subscription; it only grows, and never expires. */
export interface ConsentRepository {
  /** Adds an entry; one of the same subscriber, event and instant is there once and stays as it was. */
  append(consent: Consent): Promise<void>;
  /** Every entry of a subscriber, `inOrder`. */
  of(subscriber: SubscriberId): Promise<readonly Consent[]>;
}

const readRow = rowReader(() =>
  z.object({
    subscriber: subscriberId,
    event: z.enum(lifecycleEvents),
    at: z.number(),
    cause: z.string(),
    recordedAt: z.exactOptional(z.number()),
    page: z.exactOptional(z.string()),
    until: z.exactOptional(z.number()),
  } satisfies Record<keyof Consent, z.core.$ZodType>),
);

/** The row of an entry. */
export function consentItem(consent: Consent) {
  const { subscriber: pk, at, event } = consent;
  return { pk, sk: `${new Date(at).toISOString()}#${event}`, v: rowVersion, ...consent };
}

/** Consents in DynamoDB: `<subscriber>` holds one row `<instant>#<event>` for each entry. */
export function consentRepository(client: DynamoDBDocumentClient, tableName: string): ConsentRepository {
  const TableName = tableName;

  return {
    async append(consent) {
      const put = new PutCommand({ TableName, Item: consentItem(consent), ...onlyIf(absent('pk')) });
      await isWritten(client.send(put));
    },

    async of(subscriber) {
      const items = await allItems(client, { TableName, ConsistentRead: true, ...where([is('pk', subscriber)]) });
      return inOrder(items.map((item) => readRow(item)));
    },
  };
}
