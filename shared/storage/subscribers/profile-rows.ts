import * as z from 'zod/mini';
import type { OwnTopic, SubscriberId, SubscriberProfile } from '../../domain/subscriber/subscriber.js';
import type { Key } from '../dynamo/read-items.js';
import { rowReader } from '../dynamo/row-reader.js';

export const profileKey = (id: SubscriberId): Key => ({ pk: id, sk: 'profile' });

const storedOwnTopic = z.object({
  name: z.string(),
  filter: z.string(),
  compiled: z.exactOptional(z.string()),
} satisfies Record<keyof OwnTopic, z.core.$ZodType>);

/** A profile as rows hold it. */
export const storedProfile = z.object({
  address: z.string(),
  timeZone: z.string(),
  hour: z.number(),
  topics: z.array(z.union([z.object({ catalogueId: z.string() }), storedOwnTopic])),
  maxPapers: z.number(),
} satisfies Record<keyof SubscriberProfile, z.core.$ZodType>);

export const readProfileRow = rowReader(storedProfile);
