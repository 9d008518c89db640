import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { subscribersBySlot } from '../../contract/tables.js';
import type { Instant } from '../../domain/calendar-date.js';
import type { Slot } from '../../domain/subscriber/slot.js';
import type { Subscriber, SubscriberId, SubscriberProfile } from '../../domain/subscriber/subscriber.js';
import { slot as slotSchema } from '../domain-schemas.js';
import { is, isAbove, where } from '../dynamo/expressions.js';
import { allItems, firstItems } from '../dynamo/query-items.js';
import { readItems } from '../dynamo/read-items.js';
import type { Item } from '../dynamo/row-reader.js';
import { profileKey } from './profile-rows.js';
import { type DigestClaims, digestClaims } from './subscriber-claims.js';
import { type DigestOutcomes, digestOutcomes } from './subscriber-outcomes.js';
import { slotsPartition, stateKey, subscriberOf } from './subscriber-rows.js';
import { type SubscriptionChanges, subscriptionChanges } from './subscription-changes.js';
import { subscriptionSteps } from './subscription-steps.js';

/** Who gets digests. Personal data: only serving pages, planning, sending and mail events may use it. */
export interface SubscriberRepository extends DigestClaims, DigestOutcomes, SubscriptionChanges {
  /**
   * Adds an active subscriber, or gives an active one a new profile and slot and leaves the rest as it was. One who left or
   * was suppressed is not revived: `not-active`, and nothing is kept.
   */
  put(id: SubscriberId, profile: SubscriberProfile, at: Instant): Promise<'added' | 'updated' | 'not-active'>;
  /** Every slot that anybody ever chose; some may have no subscriber left. */
  slots(): Promise<readonly Slot[]>;
  /** The subscribers of a slot, active or paused for a time, in the order of their ids, behind `after`; empty at the end. */
  inSlot(slot: Slot, after?: SubscriberId, limit?: number): Promise<readonly SubscriberId[]>;
  /** These subscribers in the order of the ids, whatever their status, read consistently; left out is who does not exist, or has no profile. */
  load(ids: readonly SubscriberId[]): Promise<readonly Subscriber[]>;
}

const defaultPageSize = 100;

/**
 * Subscribers in DynamoDB: `<id>` holds `state` and `profile`, and `slots` one row for each slot. The state has the attribute `slot` only
 * while it is active or paused for a time, which keeps everybody else out of the index by slot.
 */
export function subscriberRepository(client: DynamoDBDocumentClient, tableName: string): SubscriberRepository {
  const TableName = tableName;

  const { step, enterSlot, fileProfile } = subscriptionSteps(client, tableName);

  return {
    ...digestClaims(client, tableName),
    ...digestOutcomes(client, tableName),
    ...subscriptionChanges(client, tableName),

    async put(id, profile, at) {
      const { isDone, held } = await step(id, at, async (held, revision) => {
        if (held && held.status !== 'active') return undefined;
        const slot = await enterSlot(profile);
        return { status: 'active', slot, newProfile: { revision, profile } };
      });
      if (!isDone) return 'not-active';
      await fileProfile(id);
      return held ? 'updated' : 'added';
    },

    async slots() {
      const items = await allItems(client, { TableName, ConsistentRead: true, ...where([is('pk', slotsPartition)]) });
      return items.map((item) => slotSchema.parse(item.sk));
    },

    async inSlot(slot, after, limit = defaultPageSize) {
      const { index: IndexName, pk } = subscribersBySlot;
      const range = where([is(pk, slot), ...(after === undefined ? [] : [isAbove('pk', after)])]);
      const items = await firstItems(client, { TableName, IndexName, ...range }, limit);
      return items.map((item) => String(item.pk) as SubscriberId);
    },

    async load(ids) {
      const items = await readItems(
        client,
        tableName,
        ids.flatMap((id) => [stateKey(id), profileKey(id)]),
      );
      const states = new Map<unknown, Item>();
      const profiles = new Map<unknown, Item>();
      for (const item of items) (item.sk === 'state' ? states : profiles).set(item.pk, item);
      return ids.flatMap((id) => {
        return subscriberOf(id, states.get(id), profiles.get(id)) ?? [];
      });
    },
  };
}
