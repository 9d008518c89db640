import { createHmac } from 'node:crypto';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { subscriberId } from '../../contract/ids.js';
import type { Instant } from '../../domain/calendar-date.js';
import { type KnownStatus, standingOf } from '../../domain/subscriber/lifecycle.js';
import { type Weekday, weekdaysOf } from '../../domain/subscriber/slot/delivery-days.js';
import { type Slot, slotFor } from '../../domain/subscriber/slot.js';
import type { SubscriberId, SubscriberProfile } from '../../domain/subscriber/subscriber.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { absent, type Condition, change, either, exists, is, isBelow, isNot, onlyIf } from '../dynamo/expressions.js';
import { expiryOf, type Key, rowVersion } from '../dynamo/rows.js';
import { learnedKeys } from '../examples/learned-topics.js';
import { profileKey } from './stored-profile.js';
import { onlyMark, profileIn, type StateRow, stateKey, stateStore } from './subscriber-state.js';

/** HMAC-SHA-256 of the canonical address, base64url, cut to 22 characters (132 bits); the key must never change. */
export function subscriberIdOf(canonicalAddress: string, identityKey: Buffer): SubscriberId {
  const mac = createHmac('sha256', identityKey).update(canonicalAddress, 'utf8').digest('base64url');
  return subscriberId.parse(mac.slice(0, 22));
}

/**
 * Whose address it is. Whoever subscribed before the providers' own rules counted keeps the id by the rule of then, with all
 * that is known under it: a subscription, a suppression, a journal.
 */
export async function ownerOf(
  { canonical, formerly }: { readonly canonical: string; readonly formerly?: string | undefined },
  identityKey: Buffer,
  statusOf: (id: SubscriberId) => Promise<KnownStatus>,
): Promise<SubscriberId> {
  const former = formerly === undefined ? undefined : subscriberIdOf(formerly, identityKey);
  const isKnown = former !== undefined && (await statusOf(former)) !== 'none';
  return isKnown ? former : subscriberIdOf(canonical, identityKey);
}

/** Counts the confirmations sent to the address; holds no address. */
export const signupKey = (id: SubscriberId): Key => ({ pk: id, sk: 'signup' });
/** Notices to a subscriber who acted; each has its own limit. */
export const ownNotices = ['welcome', 'goodbye', 'address-link', 'address-changed'] as const;
export type OwnNotice = (typeof ownNotices)[number];
/** That such a notice was sent within the last two days. */
export const ownNoticeKey = (id: SubscriberId, notice: OwnNotice): Key => ({
  pk: id,
  sk: `notice#${notice}`,
});
/** Counts the notices to all addresses together in one clock hour. */
export const budgetKey = (hour: Instant): Key => ({ pk: 'budget', sk: new Date(hour).toISOString() });
/**
 * Registry of the slots that were ever chosen, the only way to list them without a scan: those of every day, and for each
 * weekday those that have it among their days.
 */
export const slotsPartition = (weekday?: Weekday) => (weekday === undefined ? 'slots' : `slots#${weekday}`);

/** Reads, files and erases the rows of a table's subscribers beside their states. */
export function subscriberRows(client: DynamoDBDocumentClient, TableName: string) {
  const { read, update } = stateStore(client, TableName);

  /** Makes the profile's slot known before any subscriber is in it. */
  async function enterSlot(profile: SubscriberProfile): Promise<Slot> {
    const slot = slotFor(profile);
    for (const weekday of profile.days === undefined ? [undefined] : weekdaysOf(profile.days)) {
      const Item = { pk: slotsPartition(weekday), sk: slot, v: rowVersion };
      await client.send(new PutCommand({ TableName, Item }));
    }
    return slot;
  }

  async function profileOf(id: SubscriberId, held: StateRow): Promise<SubscriberProfile | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: profileKey(id), ConsistentRead: true }));
    return profileIn(held, Item);
  }

  /** Moves the new profile into its own row; whatever happens meanwhile, the one in the state is in force. */
  async function fileProfile(id: SubscriberId): Promise<void> {
    const filed = (await read(id))?.newProfile;
    if (!filed) return;
    const { revision, profile } = filed;
    const Item = { ...profileKey(id), v: rowVersion, revision, ...profile };
    const isNewer = either(absent('revision'), isBelow('revision', revision));
    await isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(isNewer) })));
    const isFiled = { set: { newProfile: undefined }, onlyIf: [is('newProfile.revision', revision)] };
    if (await update(id, isFiled)) return;
    if (((await read(id))?.revision ?? 0) >= revision) return;
    // A subscriber who was erased meanwhile must leave no address behind.
    const ours = onlyIf(is('revision', revision));
    await isWritten(client.send(new DeleteCommand({ TableName, Key: profileKey(id), ...ours })));
  }

  /** Keeps a profile until then for somebody without one; `false` for who has one, which is left as it is. */
  async function lendProfile(
    id: SubscriberId,
    filed: { revision: number; profile: SubscriberProfile },
    until: Instant,
  ) {
    const { revision, profile } = filed;
    // An update leaves what it does not name: a choice of an earlier request must not survive.
    const lent = {
      aiSummaries: undefined,
      quietDays: undefined,
      never: undefined,
      feed: undefined,
      ...profile,
      v: rowVersion,
      revision,
      expiresAt: expiryOf(until, 0),
    };
    const isFree = either(absent('pk'), exists('expiresAt'));
    return isWritten(client.send(new UpdateCommand({ TableName, Key: profileKey(id), ...change(lent, isFree) })));
  }

  return { enterSlot, profileOf, fileProfile, lendProfile, ...erasure(client, TableName) };
}

/** Erases the rows of a table's subscribers. */
function erasure(client: DynamoDBDocumentClient, TableName: string) {
  const { read, update } = stateStore(client, TableName);

  const remove = async (Key: Key) =>
    (await client.send(new DeleteCommand({ TableName, Key: { ...Key }, ReturnValues: 'ALL_OLD' }))).Attributes;

  /** Whether there was a state to erase; a suppressed one keeps nothing but that mark. */
  async function eraseState(id: SubscriberId, at: Instant): Promise<boolean> {
    const deletion = { TableName, Key: stateKey(id), ...onlyIf(exists('pk'), isNot('status', 'suppressed')) };
    const mark = { set: { ...onlyMark(), v: rowVersion, changedAt: at }, onlyIf: [is('status', 'suppressed')] };
    do {
      if (await isWritten(client.send(new DeleteCommand(deletion)))) return true;
      if (await update(id, mark)) return true;
      // Between the two, the subscriber may have come back.
    } while (await read(id));
    return false;
  }

  const removeLearned = async (id: SubscriberId) => {
    for (const Key of learnedKeys(id)) await remove(Key);
  };

  async function eraseRows(id: SubscriberId, at: Instant): Promise<'erased' | 'unknown'> {
    // The address goes first, so that a process that dies halfway has not kept it.
    const profile = await remove(profileKey(id));
    await removeLearned(id);
    const isGone = await eraseState(id, at);
    // Once more: until the state was gone, a change in flight may have written the profile again.
    await remove(profileKey(id));
    // A bounced address gets one confirmation in 30 days, also when it is erased in between.
    const held = await read(id);
    if (!held || standingOf(held) !== 'bounced') await remove(signupKey(id));
    for (const notice of ownNotices) await remove(ownNoticeKey(id, notice));
    return isGone || profile ? 'erased' : 'unknown';
  }

  /** Erases everything of a subscriber while the state is like this; `false` when it no longer is. */
  async function eraseWhile(id: SubscriberId, ...conditions: readonly Condition[]): Promise<boolean> {
    await remove(profileKey(id));
    for (const Key of [signupKey(id), ...ownNotices.map((notice) => ownNoticeKey(id, notice))]) await remove(Key);
    const deletion = { TableName, Key: stateKey(id), ...onlyIf(...conditions) };
    const isGone = await isWritten(client.send(new DeleteCommand(deletion)));
    if (isGone) await remove(profileKey(id));
    if (isGone) await removeLearned(id);
    return isGone;
  }

  return { eraseRows, eraseWhile };
}
