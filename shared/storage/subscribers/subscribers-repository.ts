import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { subscriberId } from '../../contract/ids.js';
import { subscribersBySlot } from '../../contract/tables.js';
import { type Weekday, weekdays } from '../../domain/subscriber/slot/delivery-days.js';
import { type Slot, slotFor } from '../../domain/subscriber/slot.js';
import type { Subscriber, SubscriberId } from '../../domain/subscriber/subscriber.js';
import { is, isAbove, where } from '../dynamo/expressions.js';
import { allItems, firstItems, readItems, realWaiting, type Waiting } from '../dynamo/reading.js';
import type { Item } from '../dynamo/rows.js';
import { type DigestClaims, digestClaims } from './digest-claims.js';
import { type SoftBounceCount, softBounceCount } from './soft-bounces.js';
import { profileKey } from './stored-profile.js';
import { type SubscriberJourney, subscriberJourney } from './subscriber-journey.js';
import { type SubscriberMoves, subscriberMoves } from './subscriber-moves.js';
import { slotsPartition } from './subscriber-rows.js';
import { type HeldState, heldState, profileIn, readStateRow, stateKey } from './subscriber-state.js';

/** The state of one of those that were read, `undefined` where there is none; throws where its row makes no sense here. */
type StateOf = (id: SubscriberId) => HeldState | undefined;

type TellUnreadable = (id: SubscriberId, reason: unknown) => void;

/** Who subscribed, and what they do themselves. Personal data: only serving pages, planning, sending and mail events may use it. */
interface SubscriptionRepository extends SubscriberJourney, SubscriberMoves {
  /**
   * Every slot that was ever chosen and has one of these weekdays among its days (any, unless said), as it is written,
   * ascending; some may have no subscribers left. Slots without these days are not read.
   */
  slots(on?: readonly Weekday[]): Promise<readonly Slot[]>;
  /**
   * The subscribers of a slot, active or paused for a time, ordered by id, from just after `after`; empty at the end.
   */
  inSlot(slot: Slot, after?: SubscriberId, limit?: number): Promise<readonly SubscriberId[]>;
  /**
   * These subscribers in the order of the ids, whatever their status, read consistently; an id without a subscriber, or
   * without a profile, is left out. One whose rows make no sense here, such as those of a newer version, is told to
   * `tellUnreadable` and left out as well; without it that is an error.
   */
  load(ids: readonly SubscriberId[], tellUnreadable?: TellUnreadable): Promise<readonly Subscriber[]>;
  /** Reads the states alone of these subscribers, whatever their status, consistently. */
  states(ids: readonly SubscriberId[]): Promise<StateOf>;
}

/** Subscriptions, and what becomes of their mails. */
export interface SubscriberRepository extends SubscriptionRepository, DigestClaims, SoftBounceCount {}

const defaultPageSize = 100;

/** A subscriber from its items, if it has both; a state without a slot gets the one that the profile asks for. */
function subscriberOf(id: SubscriberId, stateItem?: Item, profileItem?: Item): Subscriber | undefined {
  const row = stateItem && readStateRow(stateItem);
  const profile = row && profileIn(row, profileItem);
  return profile && { id, state: { slot: slotFor(profile), ...heldState(row) }, profile };
}

/** Subscribers as `subscriptionRepository` holds them, with what becomes of their mails. */
export function subscriberRepository(
  client: DynamoDBDocumentClient,
  tableName: string,
  waiting: Waiting = realWaiting,
): SubscriberRepository {
  return {
    ...digestClaims(client, tableName),
    ...softBounceCount(client, tableName),
    ...subscriptionRepository(client, tableName, waiting),
  };
}

/**
 * Subscribers in DynamoDB: `<id>` holds `state` and `profile`, and `slots` one row for each slot of every
 * day, `slots#<weekday>` one for each other that has the day. The state has the
 * attribute `slot` only while it is active or paused for a time, which keeps everybody else out of the index by slot.
 */
export function subscriptionRepository(
  client: DynamoDBDocumentClient,
  tableName: string,
  waiting: Waiting,
): SubscriptionRepository {
  const TableName = tableName;

  return {
    ...subscriberJourney(client, tableName),
    ...subscriberMoves(client, tableName, waiting),

    async slots(on = weekdays) {
      const found = new Set<Slot>();
      for (const weekday of [undefined, ...on]) {
        const partition = where([is('pk', slotsPartition(weekday))]);
        const items = await allItems(client, { TableName, ConsistentRead: true, ...partition });
        for (const { sk } of items) found.add(String(sk) as Slot);
      }
      return [...found].sort();
    },

    async inSlot(slot, after, limit = defaultPageSize) {
      const { index: IndexName, pk } = subscribersBySlot;
      const range = where([is(pk, slot), ...(after === undefined ? [] : [isAbove('pk', after)])]);
      const items = await firstItems(client, { TableName, IndexName, ...range }, limit);
      return items.map((item) => subscriberId.parse(item.pk));
    },

    async load(ids, tellUnreadable) {
      const keys = ids.flatMap((id) => [stateKey(id), profileKey(id)]);
      const states = new Map<unknown, Item>();
      const profiles = new Map<unknown, Item>();
      for (const item of await readItems(client, tableName, keys, waiting)) {
        (item.sk === 'state' ? states : profiles).set(item.pk, item);
      }
      return ids.flatMap((id) => {
        try {
          return subscriberOf(id, states.get(id), profiles.get(id)) ?? [];
        } catch (error) {
          if (!tellUnreadable) throw error;
          tellUnreadable(id, error);
          return [];
        }
      });
    },

    async states(ids) {
      const items = await readItems(client, tableName, ids.map(stateKey), waiting);
      const found = new Map(items.map((item) => [item.pk, item]));
      return (id) => {
        const item = found.get(id);
        return item && heldState(readStateRow(item));
      };
    },
  };
}
