import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar-date.js';
import { type Slot, slotOf } from '../../domain/subscriber/slot.js';
import type { Claim, Subscriber, SubscriberId, SubscriberState } from '../../domain/subscriber/subscriber.js';
import { calendarDate, paperId } from '../domain-schemas.js';
import { absent, type Condition, is } from '../dynamo/expressions.js';
import type { Key } from '../dynamo/read-items.js';
import { type Item, rowReader } from '../dynamo/row-reader.js';
import { outcomesText, readOutcomes } from './kept-outcomes.js';
import { unpackSeen } from './packed-seen.js';
import { profileIn, readSubscription, subscriptionAttributes } from './subscription-rows.js';

export const stateKey = (id: SubscriberId): Key => ({ pk: id, sk: 'state' });
/** How often mail to the address was caused; holds no address. */
export const signupKey = (id: SubscriberId): Key => ({ pk: id, sk: 'signup' });
/** That one was welcomed, or said goodbye to, of late. */
export const ownNoticeKey = (id: SubscriberId, notice: 'welcome' | 'goodbye'): Key => ({
  pk: id,
  sk: `notice#${notice}`,
});
export const budgetKey = (hour: Instant): Key => ({ pk: 'budget', sk: new Date(hour).toISOString() });
/** Registry of the slots that were ever chosen: the only way to know them without a scan. */
export const slotsPartition = 'slots';
export const slotKey = (of: Slot): Key => ({ pk: slotsPartition, sk: of });

const storedClaim = z.object({
  edition: calendarDate,
  batch: z.string(),
  attempt: z.number(),
  at: z.number(),
  papers: z.string(),
  isUnsent: z.boolean(),
} satisfies Record<keyof Claim, z.core.$ZodType>);

const readStateRow = rowReader(
  z.object({
    ...subscriptionAttributes,
    edition: z.exactOptional(calendarDate),
    claim: z.exactOptional(storedClaim),
    outcomes: z.exactOptional(z.string()),
    seen: z.exactOptional(z.instanceof(Uint8Array)),
  } satisfies Record<keyof SubscriberState, z.core.$ZodType>),
);

const readPapers = (text: string) => z.parse(z.array(paperId), text === '' ? [] : text.split(' '));

/** A claim as its row holds it. */
export function claimAttribute({ papers, ...claim }: Claim) {
  return { ...claim, papers: papers.join(' ') };
}

/** What every write of a state depends on; the slot is not part of it. */
export type HeldState = Omit<SubscriberState, 'slot'>;

/** A state from its item. */
export function heldState(item: Item): HeldState & { slot?: Slot } {
  const { claim, outcomes, seen, ...rest } = readStateRow(item);
  return {
    ...rest,
    ...(claim && { claim: { ...claim, papers: readPapers(claim.papers) } }),
    outcomes: readOutcomes(outcomes),
    seen: seen ? unpackSeen(seen) : [],
  };
}

/** A subscriber from its items, if it has both; the slot of one who has left it comes from the profile. */
export function subscriberOf(
  id: SubscriberId,
  stateItem: Item | undefined,
  profileItem: Item | undefined,
): Subscriber | undefined {
  if (!stateItem) return undefined;
  const profile = profileIn(readSubscription(stateItem), profileItem);
  if (!profile) return undefined;
  return { id, state: { slot: slotOf(profile.timeZone, profile.hour), ...heldState(stateItem) }, profile };
}

/** Reads a state consistently; `undefined` when there is no such subscriber. */
export async function readState(client: DynamoDBDocumentClient, TableName: string, id: SubscriberId) {
  const { Item } = await client.send(new GetCommand({ TableName, Key: stateKey(id), ConsistentRead: true }));
  return Item && heldState(Item);
}

/** Holds while the open claim is this very one, or while there is none. */
export function isSameClaim(claim: Claim | undefined): Condition[] {
  if (!claim) return [absent('claim')];
  const { edition, attempt, at, isUnsent } = claim;
  return [
    is('claim.edition', edition),
    is('claim.attempt', attempt),
    is('claim.at', at),
    is('claim.isUnsent', isUnsent),
  ];
}

/** Holds while nothing has changed that a new claim or outcome depends on; seen papers change with the edition only. */
export function isUnchanged(read: HeldState): Condition[] {
  return [is('edition', read.edition), is('outcomes', outcomesText(read.outcomes)), ...isSameClaim(read.claim)];
}
