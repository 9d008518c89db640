import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate, slot, subscriberId } from '../../contract/ids.js';
import type { Instant } from '../../domain/calendar-date.js';
import { once } from '../../domain/once.js';
import type { SoftBounces } from '../../domain/subscriber/reputation/bounce.js';
import type {
  Claim,
  ClaimKind,
  SubscriberId,
  SubscriberProfile,
  SubscriberState,
  SubscriberStatus,
} from '../../domain/subscriber/subscriber.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { updateItem } from '../dynamo/dynamo.js';
import { type Condition, change } from '../dynamo/expressions.js';
import { type Item, type Key, rowReader } from '../dynamo/rows.js';
import { claimedPapersText, readClaimedPapers, readOutcomes } from './packed-history.js';
import { readSeen } from './packed-seen.js';
import { readProfileRow, storedProfile } from './stored-profile.js';

/** What sending reads and writes. */
export const stateKey = (id: SubscriberId): Key => ({ pk: id, sk: 'state' });

const storedClaim = once(() =>
  z.object({
    edition: calendarDate,
    batch: z.string(),
    attempt: z.number(),
    kind: z.exactOptional(z.enum(['still-here', 'best-unseen'] satisfies ClaimKind[])),
    at: z.number(),
    firstAt: z.exactOptional(z.number()),
    papers: z.string(),
    isUnsent: z.boolean(),
  } satisfies Record<keyof Claim, z.core.$ZodType>),
);

const storedSoftBounces = once(() =>
  z.object({
    count: z.number(),
    bouncedAt: z.number(),
    sentAt: z.exactOptional(z.number()),
  } satisfies Record<keyof SoftBounces, z.core.$ZodType>),
);

const storedState = once(() =>
  z.object({
    status: z.enum([
      'pending',
      'active',
      'paused',
      'unsubscribed',
      'suppressed',
      'moving',
    ] satisfies SubscriberStatus[]),
    slot: z.exactOptional(slot),
    confirmation: z.exactOptional(
      z.object({ tokenHash: z.string(), expiresAt: z.number(), movesFrom: z.exactOptional(subscriberId) }),
    ),
    suppressedBy: z.exactOptional(z.literal('bounce')),
    softBounces: z.exactOptional(storedSoftBounces()),
    pausedUntil: z.exactOptional(z.number()),
    edition: z.exactOptional(calendarDate),
    claim: z.exactOptional(storedClaim()),
    quietEditions: z.exactOptional(z.number()),
    outcomes: z.exactOptional(z.string()),
    seen: z.exactOptional(z.instanceof(Uint8Array)),
    /** Seen papers by their places; `seen` has those that earlier versions kept by their hashes. */
    shown: z.exactOptional(z.instanceof(Uint8Array)),
    /** Editions that count as seen as a whole, since the table came back from a backup. */
    whole: z.exactOptional(z.instanceof(Uint8Array)),
    /** Counts the changes of the subscription; sending does not change it. Absent on rows without any. */
    revision: z.exactOptional(z.number()),
    /** A profile that has no row of its own yet, so that it comes into force in one write with status and slot. */
    newProfile: z.exactOptional(z.object({ revision: z.number(), profile: storedProfile() })),
    /** Set on a subscriber who was never more than pending: the row expires. */
    expiresAt: z.exactOptional(z.number()),
    /** When the subscription was last changed; sending does not change it. */
    changedAt: z.exactOptional(z.number()),
    /** When the address was last confirmed; whatever is heard later of an older mail says nothing about it. */
    confirmedAt: z.exactOptional(z.number()),
    /** The beginning of the hash of the token that confirmed it. */
    confirmedBy: z.exactOptional(z.string()),
    /** While an address is changed: who takes this subscription over, and as what. */
    movesTo: z.exactOptional(subscriberId),
    movesAs: z.exactOptional(z.enum(['active', 'paused'])),
    /** On the new address: whose subscription it takes over. */
    movesFrom: z.exactOptional(subscriberId),
  } satisfies Record<keyof SubscriberState | RowOnly, z.core.$ZodType>),
);

/** What the rows of states hold for the repositories alone. */
type RowOnly =
  | 'shown'
  | 'whole'
  | 'revision'
  | 'changedAt'
  | 'newProfile'
  | 'expiresAt'
  | 'confirmedAt'
  | 'confirmedBy'
  | Moves;
type Moves = 'movesTo' | 'movesAs' | 'movesFrom';

/** Reads a state's row; claims and history are left as they are packed, for `heldState` to unpack. */
export const readStateRow = rowReader(() => storedState());
export type StateRow = ReturnType<typeof readStateRow>;

/** Takes every attribute off a state but those that say who may not be mailed. */
export const onlyMark = once(
  (): Readonly<Record<string, undefined>> =>
    Object.fromEntries(
      Object.keys(storedState().shape)
        .filter((name) => name !== 'status' && name !== 'suppressedBy')
        .map((name) => [name, undefined]),
    ),
);

/** A claim as the row holds it. */
export function claimAttribute({ papers, ...claim }: Claim) {
  return { ...claim, papers: claimedPapersText(papers) };
}

/** A state without its slot, which only the row of a subscriber in a slot has. */
export type HeldState = Omit<SubscriberState, 'slot'>;

/** The state that a row holds, unpacked. */
export function heldState(row: StateRow): HeldState & Partial<Pick<SubscriberState, 'slot'>> {
  const { claim, outcomes, seen, shown, whole, revision: _r, newProfile: _p, expiresAt: _e, ...kept } = row;
  const { changedAt: _c, confirmedAt: _a, confirmedBy: _b, movesTo: _t, movesAs: _m, movesFrom: _f, ...rest } = kept;
  return {
    ...rest,
    ...(claim && { claim: { ...claim, papers: readClaimedPapers(claim.papers) } }),
    outcomes: readOutcomes(outcomes),
    seen: readSeen({ ...(seen && { seen }), ...(shown && { shown }), ...(whole && { whole }) }),
  };
}

/** The profile in force: the new one, until its own row has it. */
export function profileIn({ newProfile }: StateRow, profileItem: Item | undefined): SubscriberProfile | undefined {
  return newProfile?.profile ?? (profileItem && readProfileRow(profileItem));
}

/** Whether a mail was sent before the address was confirmed, maybe in an earlier life. */
export function isOlder(mailSentAt: Instant | undefined, row: StateRow | undefined): boolean {
  return mailSentAt !== undefined && row?.confirmedAt !== undefined && mailSentAt < row.confirmedAt;
}

/** How often a write that lost a race is decided anew: that many writers may act on one subscriber at once. */
const rounds = 100;

/** One conditional update: attributes to set or, with `undefined`, to remove. */
interface Write {
  readonly set: Readonly<Record<string, unknown>>;
  readonly onlyIf: readonly Condition[];
}

/** An answer, given at once or as soon as the write is made. */
export interface Decision<Answer> {
  readonly answer: Answer;
  readonly write?: Write;
}

/** Reads and writes the states of a table's subscribers; every write is one conditional update. */
export function stateStore(client: DynamoDBDocumentClient, TableName: string) {
  async function read(id: SubscriberId): Promise<StateRow | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: stateKey(id), ConsistentRead: true }));
    return Item && readStateRow(Item);
  }

  /** Whether the conditions held and the state was updated. */
  const update = (id: SubscriberId, { set, onlyIf }: Write) =>
    isWritten(updateItem(client, { TableName, Key: { ...stateKey(id) }, ...change(set, ...onlyIf) }));

  /**
   * Decides on the state as it is stored, until the write is made or none is needed. `first` is tried before anything
   * is read, which saves a read when no one else has written.
   */
  async function settle<Answer>(
    id: SubscriberId,
    decide: (stored: StateRow | undefined) => Decision<Answer> | Promise<Decision<Answer>>,
    first?: Decision<Answer>,
  ): Promise<Answer> {
    let decision = first;
    for (let round = 0; round < rounds; round += 1) {
      decision ??= await decide(await read(id));
      if (!decision.write || (await update(id, decision.write))) return decision.answer;
      decision = undefined;
    }
    throw new Error(`subscriber ${id} was changed by others at every try`);
  }

  return { read, update, settle };
}
