import * as z from 'zod/mini';
import type { SubscriberProfile, SubscriberStatus } from '../../domain/subscriber/subscriber.js';
import { slot } from '../domain-schemas.js';
import { type Item, rowReader } from '../dynamo/row-reader.js';
import { readProfileRow, storedProfile } from './profile-rows.js';

/** The attributes of a state that say how the subscription stands. */
export const subscriptionAttributes = {
  status: z.enum(['pending', 'active', 'paused', 'unsubscribed', 'suppressed'] satisfies SubscriberStatus[]),
  slot: z.exactOptional(slot),
  confirmation: z.exactOptional(z.object({ tokenHash: z.string(), expiresAt: z.number() })),
  pausedUntil: z.exactOptional(z.number()),
};

/** What the journey of a subscriber reads of its state. */
export const readSubscription = rowReader(
  z.object({
    ...subscriptionAttributes,
    /** Counts the changes of the subscription; sending does not change it. Absent on rows without any. */
    revision: z.exactOptional(z.number()),
    /** A profile that has no row of its own yet: so it comes into force in one write with status and slot. */
    newProfile: z.exactOptional(z.object({ revision: z.number(), profile: storedProfile })),
    /** Set on one who never was more than pending: the row goes away by itself. */
    expiresAt: z.exactOptional(z.number()),
  }),
);
export type Subscription = ReturnType<typeof readSubscription>;

/** The profile in force: the new one, until its own row has it. */
export function profileIn({ newProfile }: Subscription, profileItem: Item | undefined): SubscriberProfile | undefined {
  return newProfile?.profile ?? (profileItem && readProfileRow(profileItem));
}
