import * as z from 'zod/mini';
import { calendarDate, deliveryDays } from '../../contract/ids.js';
import type { Pressed } from '../../domain/likeness/pressed.js';
import { once } from '../../domain/once.js';
import { todaysZone } from '../../domain/subscriber/slot/time-zone.js';
import type { LikenessChoice, OwnTopic, SubscriberId, SubscriberProfile } from '../../domain/subscriber/subscriber.js';
import { type Key, rowReader } from '../dynamo/rows.js';

/** What the subscriber told us. */
export const profileKey = (id: SubscriberId): Key => ({ pk: id, sk: 'profile' });

const storedOwnTopic = once(() =>
  z.object({
    name: z.string(),
    filter: z.string(),
    compiled: z.exactOptional(z.string()),
  } satisfies Record<keyof OwnTopic, z.core.$ZodType>),
);

const storedLikeness = once(() =>
  z.object({
    name: z.string(),
    n: z.number(),
    like: z.instanceof(Uint8Array),
    known: z.exactOptional(z.array(z.number())),
  } satisfies Record<keyof LikenessChoice, z.core.$ZodType>),
);

/** A profile as rows hold it. */
export const storedProfile = once(() =>
  z.object({
    address: z.string(),
    // Rows from before a zone was renamed; the slot they are in keeps its name until the next change.
    timeZone: z.pipe(z.string(), z.transform(todaysZone)),
    hour: z.number(),
    days: z.exactOptional(deliveryDays),
    topics: z.array(z.union([z.object({ catalogueId: z.string() }), storedOwnTopic(), storedLikeness()])),
    maxPapers: z.number(),
    aiSummaries: z.exactOptional(z.literal(false)),
    quietDays: z.exactOptional(z.literal('best-unseen')),
    never: z.exactOptional(z.array(z.string())),
    pressed: z.exactOptional(
      z.object({
        after: z.exactOptional(calendarDate),
        more: z.array(z.string()),
        less: z.array(z.string()),
      } satisfies Record<keyof Pressed, z.core.$ZodType>),
    ),
    feed: z.exactOptional(z.number()),
  } satisfies Record<keyof SubscriberProfile, z.core.$ZodType>),
);

export const readProfileRow = rowReader(() => storedProfile());
