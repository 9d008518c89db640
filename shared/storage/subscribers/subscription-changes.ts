import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import { nextStatus } from '../../domain/subscriber/lifecycle.js';
import { slotOf } from '../../domain/subscriber/slot.js';
import type {
  Confirmation,
  SubscriberId,
  SubscriberProfile,
  SubscriberStatus,
} from '../../domain/subscriber/subscriber.js';
import { expiryOf } from '../dynamo/row-reader.js';
import { eraseSubscriber } from './erase-subscriber.js';
import { profileKey } from './profile-rows.js';
import { profileIn, type Subscription } from './subscription-rows.js';
import { subscriptionSteps } from './subscription-steps.js';

/** The subscriber's journey; each change is one conditional write of the state. */
export interface SubscriptionChanges {
  /**
   * Opens a subscription that waits for its confirmation, or replaces the one that waits; `not-new` for everybody who is
   * active, paused or suppressed, of whom nothing is touched.
   */
  request(
    id: SubscriberId,
    profile: SubscriberProfile,
    confirmation: Confirmation,
    at: Instant,
  ): Promise<'pending' | 'not-new'>;
  /** Makes a pending subscriber active, once: `refused` for another hash, an expired one, and whoever is not pending. */
  confirm(id: SubscriberId, tokenHash: string, at: Instant): Promise<'confirmed' | 'refused'>;
  /** Gives an active or paused subscriber a new profile. */
  change(id: SubscriberId, profile: SubscriberProfile, at: Instant): Promise<'changed' | 'refused'>;
  /** Pauses an active subscriber, who keeps the slot until `until`, or leaves it when there is no such time. */
  pause(id: SubscriberId, until: Instant | undefined, at: Instant): Promise<'paused' | 'refused'>;
  /** Makes a paused subscriber active again, whenever the pause would have ended. */
  resume(id: SubscriberId, at: Instant): Promise<'resumed' | 'refused'>;
  /** Ends mailing and takes the subscriber off its slot; `suppressed` replaces every other status, and nothing replaces it. */
  stop(
    id: SubscriberId,
    status: 'unsubscribed' | 'suppressed',
    at: Instant,
  ): Promise<'stopped' | 'unchanged' | 'unknown'>;
  /** Deletes everything that is kept of a subscriber; of a suppressed one the status stays, without the address. */
  erase(id: SubscriberId, at: Instant): Promise<'erased' | 'unknown'>;
  /** The status as of `at`: a pending one that was not confirmed in time is `none`. */
  statusOf(id: SubscriberId, at: Instant): Promise<SubscriberStatus | 'none'>;
}

/** What goes when one who never confirmed is stopped: the status needs no address. */
const forgotten = { confirmation: undefined, newProfile: undefined, expiresAt: undefined };
const offSlot = { slot: undefined, pausedUntil: undefined };

/** The journey on state rows. A new profile is written with the state and moved into its own row after that. */
export function subscriptionChanges(client: DynamoDBDocumentClient, TableName: string): SubscriptionChanges {
  const { read, step, enterSlot, fileProfile } = subscriptionSteps(client, TableName);

  async function profileOf(id: SubscriberId, held: Subscription): Promise<SubscriberProfile | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: profileKey(id), ConsistentRead: true }));
    return profileIn(held, Item);
  }

  return {
    async request(id, profile, confirmation, at) {
      const { isDone } = await step(id, at, async (held, revision) => {
        const status = nextStatus(held?.status ?? 'none', 'requested');
        // Who was subscribed once has rows without an expiry, and keeps them when nobody confirms.
        const isStranger = !held || held.expiresAt !== undefined;
        const expiresAt = isStranger ? expiryOf(confirmation.expiresAt, 0) : undefined;
        return status && { status, confirmation, newProfile: { revision, profile }, expiresAt };
      });
      return isDone ? 'pending' : 'not-new';
    },

    async confirm(id, tokenHash, at) {
      const { isDone } = await step(id, at, async (held) => {
        const status = nextStatus(held?.status ?? 'none', 'confirmed');
        const confirmation = held?.confirmation;
        const isRight = confirmation?.tokenHash === tokenHash && at < confirmation.expiresAt;
        if (!status || !isRight || !held?.newProfile) return undefined;
        const slot = await enterSlot(held.newProfile.profile);
        return { status, slot, confirmation: undefined, expiresAt: undefined };
      });
      if (isDone) await fileProfile(id);
      return isDone ? 'confirmed' : 'refused';
    },

    async change(id, profile, at) {
      const { isDone } = await step(id, at, async (held, revision) => {
        if (!held || !nextStatus(held.status, 'changed')) return undefined;
        const slot = await enterSlot(profile);
        const isInSlot = held.status === 'active' || held.pausedUntil !== undefined;
        return { newProfile: { revision, profile }, ...(isInSlot && { slot }) };
      });
      if (isDone) await fileProfile(id);
      return isDone ? 'changed' : 'refused';
    },

    async pause(id, until, at) {
      const { isDone } = await step(id, at, async (held) => {
        const status = nextStatus(held?.status ?? 'none', 'paused');
        return status && { status, ...(until === undefined ? offSlot : { pausedUntil: until }) };
      });
      return isDone ? 'paused' : 'refused';
    },

    async resume(id, at) {
      const { isDone } = await step(id, at, async (held) => {
        const status = nextStatus(held?.status ?? 'none', 'resumed');
        const profile = status && held && (await profileOf(id, held));
        return profile && { status, slot: slotOf(profile.timeZone, profile.hour), pausedUntil: undefined };
      });
      return isDone ? 'resumed' : 'refused';
    },

    async stop(id, status, at) {
      const { isDone, held } = await step(id, at, async (held) => {
        const next = nextStatus(held?.status ?? 'none', status);
        if (!held || !next || next === held.status) return undefined;
        return { status: next, ...offSlot, ...(held.status === 'pending' && forgotten) };
      });
      if (isDone) return 'stopped';
      return held ? 'unchanged' : 'unknown';
    },

    erase: (id, at) => eraseSubscriber(client, TableName, id, at),

    async statusOf(id, at) {
      const held = await read(id);
      if (!held) return 'none';
      const isExpired = held.status === 'pending' && (held.confirmation?.expiresAt ?? 0) <= at;
      return isExpired ? 'none' : held.status;
    },
  };
}
