import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dayMs, type Instant } from '../../domain/calendar-date.js';
import { type nextStatus, standingOf } from '../../domain/subscriber/lifecycle.js';
import type { SubscriberId, SubscriberProfile } from '../../domain/subscriber/subscriber.js';
import { absent, type Condition, is } from '../dynamo/expressions.js';
import { realWaiting, type Waiting } from '../dynamo/reading.js';
import { rowVersion } from '../dynamo/rows.js';
import { learnedTopicRepository } from '../examples/learned-topics.js';
import { by, isAsRead, offSlot, shortHash, stepsIn } from './journey-steps.js';
import { subscriberRows } from './subscriber-rows.js';
import { type Decision, type StateRow, stateStore } from './subscriber-state.js';
import { takenOver } from './taken-over.js';

/** The two sides of a change of address: whose subscription it is, and who takes it over. */
export interface Move {
  readonly from: SubscriberId;
  readonly to: SubscriberId;
}

/**
 * A change of address in single conditional writes, each of which may be made again: the new address waits as `moving`,
 * the old one becomes `moving` and so can claim nothing more, the new one takes everything over, the old one is erased.
 * At no time are both active.
 */
export interface SubscriberMoves {
  /**
   * Takes the confirmation of a new address; the same one again is `moving` until the subscription has been taken over.
   * `called-off` after `callOff`, and `refused` for everybody else.
   */
  beginMove(to: SubscriberId, tokenHash: string, at: Instant): Promise<'moving' | 'called-off' | 'refused'>;
  /**
   * Ends mailing to the old address, where it is active or paused and was confirmed before `confirmedAt`: `busy` while a
   * digest to it is on its way, `gone` when there is nothing to take over. Answers what the new address becomes.
   */
  leave(move: Move, confirmedAt: Instant, at: Instant): Promise<'active' | 'paused' | 'busy' | 'gone'>;
  /** Makes the new address what the old one was, with its profile, learned topics, claim, outcomes and seen papers beside its own. */
  arrive(move: Move, at: Instant): Promise<'arrived' | 'not-moving' | 'gone'>;
  /** Ends a move whose old address has nothing to take over; the new one is then to be erased. */
  callOff(move: Move, at: Instant): Promise<'called-off' | 'not-moving'>;
  /**
   * Where the old address stands: `moving`, or `bounced` meanwhile; `left` when whoever reads there has unsubscribed or
   * complained meanwhile, which ends the new subscription too; `over` for everybody else.
   */
  oldSideOf(move: Move): Promise<'moving' | 'bounced' | 'left' | 'over'>;
  /** Erases the old address, unless its reader has left meanwhile. */
  eraseMoved(move: Move, at: Instant): Promise<'erased' | 'unchanged'>;
}

/** No run leaves a claim open for longer than this: its digest has expired long before. */
const claimLastsMs = dayMs;

/** Holds while the open claim is this very one, or while there is none. */
const hasClaim = ({ claim }: StateRow): Condition[] =>
  claim ? [is('claim.edition', claim.edition), is('claim.attempt', claim.attempt)] : [absent('claim')];

const isMovingTo = (held: StateRow | undefined, to: SubscriberId) => held?.status === 'moving' && held.movesTo === to;

type OldSide = Pick<SubscriberMoves, 'leave' | 'oldSideOf' | 'eraseMoved'>;
type NewSide = Pick<SubscriberMoves, 'beginMove' | 'arrive' | 'callOff'>;

/** Changes of address on state rows. */
export function subscriberMoves(
  client: DynamoDBDocumentClient,
  TableName: string,
  waiting: Waiting = realWaiting,
): SubscriberMoves {
  return { ...oldSide(client, TableName), ...newSide(client, TableName, waiting) };
}

function oldSide(client: DynamoDBDocumentClient, TableName: string): OldSide {
  const { read, settle } = stateStore(client, TableName);
  const { eraseRows, eraseWhile } = subscriberRows(client, TableName);

  return {
    leave({ from, to }, confirmedAt, at) {
      return settle(from, (held) => {
        if (held && isMovingTo(held, to)) return { answer: held.movesAs ?? 'active' };
        const status = held?.status;
        if (!held || (status !== 'active' && status !== 'paused')) return { answer: 'gone' };
        if ((held.confirmedAt ?? 0) > confirmedAt) return { answer: 'gone' };
        if (held.claim && at - held.claim.at < claimLastsMs) return { answer: 'busy' };
        const revision = (held.revision ?? 0) + 1;
        const set = {
          v: rowVersion,
          status: 'moving',
          slot: undefined,
          movesTo: to,
          movesAs: status,
          revision,
          changedAt: at,
        };
        return { answer: status, write: { set, onlyIf: [...isAsRead(held), ...hasClaim(held)] } };
      });
    },

    async oldSideOf({ from, to }) {
      const held = await read(from);
      if (held?.movesTo !== to || held.status === 'active' || held.status === 'paused') return 'over';
      const standing = standingOf(held);
      return standing === 'moving' || standing === 'bounced' ? standing : 'left';
    },

    async eraseMoved({ from, to }, at) {
      const held = await read(from);
      if (held?.movesTo !== to) return 'unchanged';
      // The mark of a bounce outlives its address.
      if (standingOf(held) === 'bounced') {
        await eraseRows(from, at);
        return 'erased';
      }
      return (await eraseWhile(from, is('status', 'moving'), is('movesTo', to))) ? 'erased' : 'unchanged';
    },
  };
}

function newSide(client: DynamoDBDocumentClient, TableName: string, waiting: Waiting): NewSide {
  const { read, settle } = stateStore(client, TableName);
  const { enterSlot, profileOf, fileProfile } = subscriberRows(client, TableName);
  const { bring } = learnedTopicRepository(client, TableName, waiting);
  const step = stepsIn(client, TableName);

  async function profileAfter(old: StateRow, own: StateRow, move: Move): Promise<SubscriberProfile | undefined> {
    const theirs = await profileOf(move.from, old);
    const ours = await profileOf(move.to, own);
    return theirs && ours && { ...theirs, address: ours.address };
  }

  async function arrival(
    own: StateRow | undefined,
    move: Move,
    at: Instant,
  ): Promise<Decision<'arrived' | 'not-moving' | 'gone'>> {
    if (own?.status !== 'moving' || own.movesFrom !== move.from) return { answer: 'not-moving' };
    const old = await read(move.from);
    const profile = old && isMovingTo(old, move.to) ? await profileAfter(old, own, move) : undefined;
    if (!old || !profile) return { answer: 'gone' };
    await bring(move.from, move.to);
    const revision = (own.revision ?? 0) + 1;
    const { movesAs: status = 'active', pausedUntil } = old;
    const isInSlot = status === 'active' || pausedUntil !== undefined;
    const set = {
      ...{ v: rowVersion, status, pausedUntil, movesFrom: undefined, revision, changedAt: at },
      ...takenOver(old, own),
      ...(isInSlot && { slot: await enterSlot(profile) }),
      newProfile: { revision, profile },
    };
    // An outcome of its own may still come in; it does not count as a change.
    return { answer: 'arrived', write: { set, onlyIf: [...isAsRead(own), is('outcomes', own.outcomes)] } };
  }

  return {
    async beginMove(to, tokenHash, at) {
      const confirmed = (from: Parameters<typeof nextStatus>[0]) => by('confirmed')(from) && 'moving';
      const { isDone, held } = await step(to, at, confirmed, async (row, revision) => {
        const asked = row?.confirmation;
        const movesFrom = asked?.tokenHash === tokenHash && at < asked.expiresAt ? asked.movesFrom : undefined;
        const profile = row && movesFrom ? await profileOf(to, row) : undefined;
        if (!profile) return undefined;
        const newProfile = row?.newProfile ?? { revision, profile };
        const begun = { movesFrom, newProfile, confirmedAt: at, confirmedBy: shortHash(tokenHash) };
        return { ...begun, confirmation: undefined, expiresAt: undefined, softBounces: undefined };
      });
      if (isDone) return 'moving';
      if (held?.status !== 'moving' || held.confirmedBy !== shortHash(tokenHash)) return 'refused';
      return held.movesFrom ? 'moving' : 'called-off';
    },

    async arrive(move, at) {
      const answer = await settle(move.to, (own) => arrival(own, move, at));
      if (answer !== 'gone') await fileProfile(move.to);
      return answer;
    },

    callOff({ from, to }, at) {
      return settle(to, (own) => {
        if (own?.status !== 'moving' || own.movesFrom !== from) return { answer: 'not-moving' };
        const set = {
          ...offSlot,
          movesFrom: undefined,
          newProfile: undefined,
          revision: (own.revision ?? 0) + 1,
          changedAt: at,
        };
        return { answer: 'called-off', write: { set, onlyIf: isAsRead(own) } };
      });
    },
  };
}
