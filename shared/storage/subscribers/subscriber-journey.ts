import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import { standingOf } from '../../domain/subscriber/lifecycle.js';
import type {
  Confirmation,
  SubscriberId,
  SubscriberProfile,
  SubscriberStatus,
} from '../../domain/subscriber/subscriber.js';
import { learnedAmong, withLearned } from '../../domain/subscriber/topic.js';
import { expiryOf } from '../dynamo/rows.js';
import { by, type NextStatus, shortHash, stepsIn } from './journey-steps.js';
import { type SubscriberLearning, subscriberLearning } from './subscriber-learning.js';
import { forgotten, type SubscriberLeaving, subscriberLeaving, unmoved } from './subscriber-leaving.js';
import { type SubscriberPauses, subscriberPauses } from './subscriber-pauses.js';
import { subscriberRows } from './subscriber-rows.js';
import { stateStore } from './subscriber-state.js';

/** The subscriber's journey; each step is one conditional write of the state. */
export interface SubscriberJourney extends SubscriberPauses, SubscriberLeaving, SubscriberLearning {
  /**
   * Adds an active subscriber, or gives an active one a new profile and slot and leaves the rest as it was. Anyone with
   * another status is left alone: `not-active`, and nothing is kept.
   */
  put(id: SubscriberId, profile: SubscriberProfile, at: Instant): Promise<'added' | 'updated' | 'not-active'>;
  /**
   * Opens a subscription that waits for its confirmation, or replaces one that is waiting; `not-new` for anyone who is
   * active, paused or suppressed for good, and nothing of theirs is touched. Who had bounced stays suppressed until
   * then.
   */
  request(
    id: SubscriberId,
    profile: SubscriberProfile,
    confirmation: Confirmation,
    at: Instant,
  ): Promise<'pending' | 'not-new'>;
  /**
   * Makes who has asked active, once: `refused` for another hash, an expired one, and anyone who waits for none.
   */
  confirm(id: SubscriberId, tokenHash: string, at: Instant): Promise<'confirmed' | 'refused'>;
  /** Gives an active or paused subscriber a new profile, but for the learned topics, which only `learn` changes. */
  change(id: SubscriberId, profile: SubscriberProfile, at: Instant): Promise<'changed' | 'refused'>;
  /** The status as of `at`: a pending one that was not confirmed in time is `none`. */
  statusOf(id: SubscriberId, at: Instant): Promise<SubscriberStatus | 'none'>;
  /** Whether this token, of which the hash is given, made the subscriber what they are now: active, paused, or about to be. */
  isConfirmedBy(id: SubscriberId, tokenHash: string): Promise<boolean>;
  /** Whether the address was confirmed at that instant or later, so that what was asked then is answered. */
  hasConfirmedSince(id: SubscriberId, instant: Instant): Promise<boolean>;
  /** Whether this is a suppressed one who may ask and confirm again, for mail had bounced and nobody complained. */
  mayComeBack(id: SubscriberId): Promise<boolean>;
}

/** The journey on state rows. A new profile is written with the state and moved into its own row after that. */
export function subscriberJourney(client: DynamoDBDocumentClient, TableName: string): SubscriberJourney {
  const { read } = stateStore(client, TableName);
  const { enterSlot, profileOf, fileProfile, lendProfile } = subscriberRows(client, TableName);
  const step = stepsIn(client, TableName);

  return {
    async put(id, profile, at) {
      const activated: NextStatus = (status) => (status === 'none' || status === 'active' ? 'active' : undefined);
      const { isDone, held } = await step(id, at, activated, async (known, revision) => ({
        slot: await enterSlot(profile),
        newProfile: { revision, profile },
        ...(!known && { confirmedAt: at }),
      }));
      if (!isDone) return 'not-active';
      await fileProfile(id);
      return held ? 'updated' : 'added';
    },

    async request(id, profile, confirmation, at) {
      const { isDone } = await step(id, at, by('requested'), async (held, revision) => {
        // A mark never expires: where it is all that is left, the address must not stay beside it.
        const isMark = held?.status === 'suppressed';
        if (isMark && (await lendProfile(id, { revision, profile }, confirmation.expiresAt))) return { confirmation };
        // Who was subscribed once has rows without an expiry, and keeps them when nobody confirms.
        const isStranger = !held || held.expiresAt !== undefined;
        const expiresAt = isStranger ? expiryOf(confirmation.expiresAt, 0) : undefined;
        return { confirmation, newProfile: { revision, profile }, expiresAt };
      });
      return isDone ? 'pending' : 'not-new';
    },

    async confirm(id, tokenHash, at) {
      const { isDone } = await step(id, at, by('confirmed'), async (held, revision) => {
        const asked = held?.confirmation;
        // Who confirms a change of address takes over another's subscription, and begins none.
        const isRight = asked?.tokenHash === tokenHash && at < asked.expiresAt && !asked.movesFrom;
        const profile = held && isRight ? await profileOf(id, held) : undefined;
        if (!held || !profile) return undefined;
        const newProfile = held.newProfile ?? { revision, profile };
        const confirmed = { confirmedAt: at, confirmedBy: shortHash(tokenHash), softBounces: undefined };
        return { ...forgotten, ...unmoved, ...confirmed, slot: await enterSlot(profile), newProfile };
      });
      if (isDone) await fileProfile(id);
      return isDone ? 'confirmed' : 'refused';
    },

    async change(id, profile, at) {
      const { isDone } = await step(id, at, by('changed'), async (held, revision) => {
        const known = held && (await profileOf(id, held));
        const slot = await enterSlot(profile);
        const isInSlot = held?.status === 'active' || held?.pausedUntil !== undefined;
        const topics = withLearned(profile.topics, learnedAmong(known?.topics ?? []));
        return { newProfile: { revision, profile: { ...profile, topics } }, ...(isInSlot && { slot }) };
      });
      if (isDone) await fileProfile(id);
      return isDone ? 'changed' : 'refused';
    },

    ...subscriberPauses(client, TableName),
    ...subscriberLeaving(client, TableName),
    ...subscriberLearning(client, TableName),

    async statusOf(id, at) {
      const held = await read(id);
      if (!held) return 'none';
      const isExpired = held.status === 'pending' && (held.confirmation?.expiresAt ?? 0) <= at;
      return isExpired ? 'none' : held.status;
    },

    async isConfirmedBy(id, tokenHash) {
      const held = await read(id);
      const isSubscribed = held !== undefined && ['active', 'paused', 'moving'].includes(held.status);
      return isSubscribed && held.confirmedBy === shortHash(tokenHash);
    },

    async hasConfirmedSince(id, instant) {
      return ((await read(id))?.confirmedAt ?? Number.NEGATIVE_INFINITY) >= instant;
    },

    async mayComeBack(id) {
      const held = await read(id);
      return held !== undefined && standingOf(held) === 'bounced';
    },
  };
}
