import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import { type Slot, slotOf } from '../../domain/subscriber/slot.js';
import type { SubscriberId, SubscriberProfile } from '../../domain/subscriber/subscriber.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { absent, type Condition, either, is, isBelow, onlyIf } from '../dynamo/expressions.js';
import { rowVersion } from '../dynamo/row-reader.js';
import { profileKey } from './profile-rows.js';
import { stateWriter } from './state-writer.js';
import { slotKey, stateKey } from './subscriber-rows.js';
import { readSubscription, type Subscription } from './subscription-rows.js';

/** How often a step that lost a race is decided anew; as many people may act on one subscription at once. */
const rounds = 100;

/** What a step sets and, as `undefined`, takes off; without any, the step is not allowed. */
export type StepPlan = (
  held: Subscription | undefined,
  revision: number,
) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** Whether the step was done, and from where, or where it was refused. */
export interface StepResult {
  readonly isDone: boolean;
  readonly held: Subscription | undefined;
}

function isAsRead(held: Subscription | undefined): Condition[] {
  if (!held) return [absent('pk')];
  const { status, revision, confirmation } = held;
  const isSameRequest = confirmation ? is('confirmation.tokenHash', confirmation.tokenHash) : absent('confirmation');
  return [is('status', status), is('revision', revision), isSameRequest];
}

/** The steps of a subscription on its state row, each one a conditional write that rests on nothing but the row as read. */
export function subscriptionSteps(client: DynamoDBDocumentClient, TableName: string) {
  const { update } = stateWriter(client, TableName);

  async function read(id: SubscriberId): Promise<Subscription | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: stateKey(id), ConsistentRead: true }));
    return Item && readSubscription(Item);
  }

  async function step(id: SubscriberId, at: Instant, plan: StepPlan): Promise<StepResult> {
    for (let round = 0; round < rounds; round += 1) {
      const held = await read(id);
      const revision = (held?.revision ?? 0) + 1;
      const attributes = await plan(held, revision);
      if (!attributes) return { isDone: false, held };
      const written = { v: rowVersion, ...attributes, revision, changedAt: at };
      if (await update(id, written, isAsRead(held))) return { isDone: true, held };
    }
    throw new Error(`the subscription of ${id} was changed by others at every try`);
  }

  /** Makes the profile's slot known before anybody stands in it. */
  async function enterSlot({ timeZone, hour }: SubscriberProfile): Promise<Slot> {
    const slot = slotOf(timeZone, hour);
    await client.send(new PutCommand({ TableName, Item: { ...slotKey(slot), v: rowVersion } }));
    return slot;
  }

  /** Moves the new profile into its own row; whatever happens meanwhile, the one in the state is in force. */
  async function fileProfile(id: SubscriberId): Promise<void> {
    const filed = (await read(id))?.newProfile;
    if (!filed) return;
    const { revision, profile } = filed;
    const Item = { ...profileKey(id), v: rowVersion, revision, ...profile };
    const isNewer = either(absent('revision'), isBelow('revision', revision));
    await isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(isNewer) })));
    if (await update(id, { newProfile: undefined }, [is('newProfile.revision', revision)])) return;
    if (((await read(id))?.revision ?? 0) >= revision) return;
    // Who was erased meanwhile must not leave an address behind.
    const ours = onlyIf(is('revision', revision));
    await isWritten(client.send(new DeleteCommand({ TableName, Key: profileKey(id), ...ours })));
  }

  return { read, step, enterSlot, fileProfile };
}
