import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { subscriberId } from '../../contract/ids.js';
import type { Instant } from '../../domain/calendar-date.js';
import { type KnownStatus, standingOf } from '../../domain/subscriber/lifecycle.js';
import { type Slot, slotFor } from '../../domain/subscriber/slot.js';
import type { SubscriberId, SubscriberProfile } from '../../domain/subscriber/subscriber.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { absent, type Condition, either, is, onlyIf, where } from '../dynamo/expressions.js';
import { allItems, readItems, realWaiting, type Waiting } from '../dynamo/reading.js';
import { type Item, rowVersion } from '../dynamo/rows.js';
import { profileKey, readProfileRow } from '../subscribers/stored-profile.js';
import { subscriberRows } from '../subscribers/subscriber-rows.js';
import { readStateRow, type StateRow, stateKey, stateStore } from '../subscribers/subscriber-state.js';

/** Where somebody in the register stands. */
export interface Standing {
  readonly id: SubscriberId;
  readonly standing: KnownStatus;
  /** Of those who are active, or paused for a time. */
  readonly slot?: Slot;
  /** When the address was last confirmed. */
  readonly confirmedAt?: Instant;
}

/** Where an admin's release may lead; `none` forgets that mail had bounced, and leaves the rest to a new request. */
export type Released = 'active' | 'paused' | 'unsubscribed' | 'none';

/** Subscribers as the admin's commands see them: all at once, and in ways that nobody asks for on the pages. */
export interface SubscriberRegister {
  /**
   * Everybody with a state, page by page, in no order. Whoever did not confirm in time is left out, and so is one whose row
   * makes no sense here, who is told to `tellUnreadable`.
   */
  everybody(at: Instant, tellUnreadable: (id: string) => void): AsyncGenerator<readonly Standing[]>;
  /** Where these stand, read consistently; who is not known is not in the answer. */
  standings(ids: readonly SubscriberId[]): Promise<ReadonlyMap<SubscriberId, Standing>>;
  /**
   * Adds an active subscriber who confirmed elsewhere at `confirmedAt`, only where nobody is. A process that dies in between
   * leaves a profile of which nobody knows, until the same is done again or the address is erased.
   */
  admit(
    id: SubscriberId,
    profile: SubscriberProfile,
    when: { readonly confirmedAt: Instant; readonly at: Instant },
  ): Promise<'admitted' | 'known'>;
  /** Takes back a suppression after bounces; `refused` for everybody else, and in the middle of a change of address. */
  release(id: SubscriberId, to: Released, at: Instant): Promise<'released' | 'refused'>;
  /** Deletes whatever an erasure has left under the id, beside a suppression and what belongs to it. */
  sweep(id: SubscriberId): Promise<void>;
}

function standingIn(item: Item): Standing & { readonly row: StateRow } {
  const row = readStateRow(item);
  return {
    id: subscriberId.parse(item.pk),
    standing: standingOf(row),
    ...(row.slot && { slot: row.slot }),
    ...(row.confirmedAt !== undefined && { confirmedAt: row.confirmedAt }),
    row,
  };
}

const isOver = ({ status, confirmation }: StateRow, at: Instant) =>
  status === 'pending' && (confirmation?.expiresAt ?? 0) <= at;

type Reading = Pick<SubscriberRegister, 'everybody' | 'standings'>;

/** The register in the table of subscribers. */
export function subscriberRegister(
  client: DynamoDBDocumentClient,
  TableName: string,
  waiting: Waiting = realWaiting,
): SubscriberRegister {
  return {
    ...reading(client, TableName, waiting),
    ...admission(client, TableName),
    ...release(client, TableName),

    sweep: sweepIn(client, TableName),
  };
}

const sweepIn =
  (client: DynamoDBDocumentClient, TableName: string): SubscriberRegister['sweep'] =>
  async (id) => {
    const items = await allItems(client, { TableName, ConsistentRead: true, ...where([is('pk', id)], ['pk', 'sk']) });
    const hasMark = items.some(({ sk }) => sk === 'state');
    // A bounced address gets one confirmation in 30 days, however often it is erased.
    const left = items.filter(({ sk }) => !hasMark || (sk !== 'state' && sk !== 'signup'));
    for (const { pk, sk } of left) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
  };

function reading(client: DynamoDBDocumentClient, TableName: string, waiting: Waiting): Reading {
  return {
    async *everybody(at, tellUnreadable) {
      let next: Item | undefined;
      do {
        const input = { TableName, FilterExpression: 'sk = :state', ExpressionAttributeValues: { ':state': 'state' } };
        const page = await client.send(new ScanCommand({ ...input, ConsistentRead: true, ExclusiveStartKey: next }));
        const found = (page.Items ?? []).flatMap((item) => {
          try {
            return standingIn(item);
          } catch {
            tellUnreadable(String(item.pk));
            return [];
          }
        });
        yield found.filter(({ row }) => !isOver(row, at)).map(({ row: _, ...standing }) => standing);
        next = page.LastEvaluatedKey;
      } while (next);
    },

    async standings(ids) {
      const items = await readItems(client, TableName, ids.map(stateKey), waiting);
      return new Map(items.map(standingIn).map(({ row: _, ...standing }) => [standing.id, standing]));
    },
  };
}

/** The revision of a profile that was written before anybody was there; whatever a subscriber does has a higher one. */
const firstRevision = 0;

function admission(client: DynamoDBDocumentClient, TableName: string): Pick<SubscriberRegister, 'admit'> {
  const { read } = stateStore(client, TableName);
  const { enterSlot } = subscriberRows(client, TableName);
  const entered = new Map<Slot, Promise<Slot>>();
  const isOurs = is('revision', firstRevision);

  /** Each slot is entered once: many people choose the same few. */
  function slotOf(profile: SubscriberProfile): Promise<Slot> {
    const slot = slotFor(profile);
    const entering = entered.get(slot) ?? enterSlot(profile);
    entered.set(slot, entering);
    return entering;
  }

  const put = (Item: Item, ...conditions: readonly Condition[]) =>
    isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(...conditions) })));

  return {
    async admit(id, profile, { confirmedAt, at }) {
      const slot = await slotOf(profile);
      // The profile goes first: a state without one is what an erasure leaves that died.
      const filed = { ...profileKey(id), v: rowVersion, revision: firstRevision, ...profile };
      if (!(await put(filed, either(absent('pk'), isOurs)))) return 'known';
      const state = { v: rowVersion, status: 'active', slot, confirmedAt, revision: 1, changedAt: at };
      if (await put({ ...stateKey(id), ...state }, absent('pk'))) return 'admitted';
      // A write whose reply was lost is refused by what it wrote itself.
      const held = await read(id);
      if (held?.status === 'active' && held.revision === 1 && held.confirmedAt === confirmedAt) return 'admitted';
      await isWritten(client.send(new DeleteCommand({ TableName, Key: profileKey(id), ...onlyIf(isOurs) })));
      return 'known';
    },
  };
}

function release(client: DynamoDBDocumentClient, TableName: string): Pick<SubscriberRegister, 'release'> {
  const { read, update } = stateStore(client, TableName);
  const { enterSlot } = subscriberRows(client, TableName);

  /** The profile in a row of its own, unless it is lent to somebody who has yet to confirm. */
  async function filedProfile(id: SubscriberId): Promise<SubscriberProfile | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: profileKey(id), ConsistentRead: true }));
    return Item && Item.expiresAt === undefined ? readProfileRow(Item) : undefined;
  }

  async function attributesOf(id: SubscriberId, to: Exclude<Released, 'none'>) {
    const profile = await filedProfile(id);
    if (!profile) return undefined;
    const asked = { confirmation: undefined, newProfile: undefined, expiresAt: undefined };
    const known = { status: to, suppressedBy: undefined, softBounces: undefined, quietEditions: undefined };
    return { v: rowVersion, ...asked, ...known, ...(to === 'active' && { slot: await enterSlot(profile) }) };
  }

  async function isReleased(id: SubscriberId, held: StateRow, to: Released, at: Instant): Promise<boolean> {
    const asRead = [is('status', 'suppressed'), is('suppressedBy', 'bounce'), is('revision', held.revision)];
    const attributes = to === 'none' ? undefined : await attributesOf(id, to);
    if (attributes) {
      const set = { ...attributes, revision: (held.revision ?? 0) + 1, changedAt: at };
      return update(id, { set, onlyIf: asRead });
    }
    const Key = { ...stateKey(id) };
    return isWritten(client.send(new DeleteCommand({ TableName, Key, ...onlyIf(...asRead) })));
  }

  return {
    async release(id, to, at) {
      for (;;) {
        const held = await read(id);
        const isMoving = held?.movesTo !== undefined || held?.movesFrom !== undefined;
        if (!held || isMoving || standingOf(held) !== 'bounced') return 'refused';
        if (!(await isReleased(id, held, to, at))) continue;
        if (!(await read(id))) await sweepIn(client, TableName)(id);
        return 'released';
      }
    },
  };
}
