import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { subscribersBySlot } from '../contract/tables.js';
import type { Instant } from '../domain/calendar-date.js';
import { type Slot, slotOf } from '../domain/slot.js';
import type { Subscriber, SubscriberId, SubscriberProfile } from '../domain/subscriber.js';
import { isWritten } from './conditional-write.js';
import { slot as slotSchema } from './domain-schemas.js';
import { absent, change, exists, is, isAbove, isNot, onlyIf, where } from './expressions.js';
import { allItems, firstItems } from './query-items.js';
import { readItems } from './read-items.js';
import { type Item, rowVersion } from './row-reader.js';
import { type DigestClaims, digestClaims } from './subscriber-claims.js';
import { type DigestOutcomes, digestOutcomes } from './subscriber-outcomes.js';
import { profileKey, readState, slotKey, slotsPartition, stateKey, subscriberOf } from './subscriber-rows.js';

/** Who gets digests. Personal data: only serving pages, planning, sending and mail events may use it. */
export interface SubscriberRepository extends DigestClaims, DigestOutcomes {
  /**
   * Adds an active subscriber, or gives an active one a new profile and slot and leaves the rest as it was. One who left or
   * was suppressed is not revived: `not-active`, and nothing is kept.
   */
  put(id: SubscriberId, profile: SubscriberProfile, at: Instant): Promise<'added' | 'updated' | 'not-active'>;
  /** Every slot that anybody ever chose; some may have no subscriber left. */
  slots(): Promise<readonly Slot[]>;
  /** The active subscribers of a slot in the order of their ids, behind `after`; empty at the end. */
  inSlot(slot: Slot, after?: SubscriberId, limit?: number): Promise<readonly SubscriberId[]>;
  /** These subscribers in the order of the ids, read consistently; those that do not exist are left out. */
  load(ids: readonly SubscriberId[]): Promise<readonly Subscriber[]>;
  /** Ends mailing and takes the subscriber off its slot; `suppressed` replaces `unsubscribed`, never the other way round. */
  stop(
    id: SubscriberId,
    status: 'unsubscribed' | 'suppressed',
    at: Instant,
  ): Promise<'stopped' | 'unchanged' | 'unknown'>;
}

const defaultPageSize = 100;

/**
 * Subscribers in DynamoDB: `<id>` holds `state` and `profile`, and `slots` one row for each slot. The state has the attribute `slot` only
 * while it is active, which keeps everybody else out of the index by slot.
 */
export function subscriberRepository(client: DynamoDBDocumentClient, tableName: string): SubscriberRepository {
  const TableName = tableName;

  async function addState(id: SubscriberId, slot: Slot, at: Instant): Promise<boolean> {
    const Item = { ...stateKey(id), v: rowVersion, status: 'active', slot, changedAt: at };
    return isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(absent('pk')) })));
  }

  return {
    ...digestClaims(client, tableName),
    ...digestOutcomes(client, tableName),

    async put(id, profile, at) {
      const slot = slotOf(profile.timeZone, profile.hour);
      const known = await readState(client, tableName, id);
      if (known && known.status !== 'active') return 'not-active';
      // The state comes last: nobody stands in a slot that the registry does not know, or without a profile.
      await client.send(new PutCommand({ TableName, Item: { ...slotKey(slot), v: rowVersion } }));
      await client.send(new PutCommand({ TableName, Item: { ...profileKey(id), v: rowVersion, ...profile } }));
      if (!known && (await addState(id, slot, at))) return 'added';
      const update = change({ slot, changedAt: at }, is('status', 'active'));
      const isUpdated = await isWritten(client.send(new UpdateCommand({ TableName, Key: stateKey(id), ...update })));
      return isUpdated ? 'updated' : 'not-active';
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
        const [state, profile] = [states.get(id), profiles.get(id)];
        return state && profile ? [subscriberOf(id, state, profile)] : [];
      });
    },

    async stop(id, status, at) {
      const mayStop =
        status === 'suppressed' ? [exists('pk'), isNot('status', 'suppressed')] : [is('status', 'active')];
      const update = change({ status, changedAt: at, slot: undefined }, ...mayStop);
      if (await isWritten(client.send(new UpdateCommand({ TableName, Key: stateKey(id), ...update }))))
        return 'stopped';
      return (await readState(client, tableName, id)) ? 'unchanged' : 'unknown';
    },
  };
}
