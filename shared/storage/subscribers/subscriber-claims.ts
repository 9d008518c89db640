import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import type { Claim, SeenPapers, Subscriber, SubscriberId } from '../../domain/subscriber/subscriber.js';
import { outcomesText, withOutcome } from './kept-outcomes.js';
import { packSeen } from './packed-seen.js';
import { isActive, isBefore, isTaken, stateWriter } from './state-writer.js';
import { claimAttribute, type HeldState, isSameClaim, isUnchanged } from './subscriber-rows.js';

/** How a try to get the right to send one digest ended. */
export type ClaimResult = 'claimed' | 'already-claimed' | 'not-active';

/** The right to send one digest. */
export interface DigestClaims {
  /**
   * Takes the right to send one digest, in one conditional write with the new list of seen papers: only while the
   * subscriber is active and has no claim or outcome of this edition or a later one. An older open claim in its way
   * becomes `uncertain`. Throws when other papers were seen since `subscriber` was loaded.
   */
  claim(subscriber: Subscriber, claim: Claim, seen: readonly SeenPapers[]): Promise<ClaimResult>;
  /** Takes over the open claim `old` as a later attempt, or as the same one when it was marked unsent; one caller alone gets it. */
  reclaim(id: SubscriberId, old: Claim, next: { readonly attempt: number; readonly at: Instant }): Promise<ClaimResult>;
  /** Notes that for certain nothing was sent under this claim; does nothing when the claim is no longer this one. */
  markUnsent(id: SubscriberId, claim: Claim): Promise<void>;
}

/** The outcomes once a newer claim takes the place of the open one, whose end nobody will learn. */
function outcomesAfterLoss({ claim, outcomes }: HeldState) {
  if (!claim) return outcomes;
  return withOutcome(outcomes, { edition: claim.edition, outcome: 'uncertain', batch: claim.batch });
}

/** Claims on state rows; the profile is never touched. */
export function digestClaims(client: DynamoDBDocumentClient, tableName: string): DigestClaims {
  const { read, update, contend } = stateWriter(client, tableName);

  return {
    claim(subscriber, claim, seen) {
      const { edition } = claim;
      const seenSoFar = packSeen(subscriber.state.seen);
      const taken = { edition, claim: claimAttribute(claim), seen: seen.length > 0 ? packSeen(seen) : undefined };
      const write = (held: HeldState) => {
        const attributes = { ...taken, outcomes: outcomesText(outcomesAfterLoss(held)) };
        return update(subscriber.id, attributes, [isActive, isBefore(edition), ...isUnchanged(held)]);
      };
      return contend<ClaimResult>(subscriber, 'claimed', write, (stored) => {
        if (stored?.status !== 'active') return 'not-active';
        if (isTaken(stored, edition)) return 'already-claimed';
        if (packSeen(stored.seen).equals(seenSoFar)) return undefined;
        // What the caller chose rests on other papers having been seen: it has to choose again.
        throw new Error(`subscriber ${subscriber.id} was sent other papers since it was read`);
      });
    },

    async reclaim(id, old, { attempt, at }) {
      if (attempt < old.attempt || (attempt === old.attempt && !old.isUnsent)) {
        throw new Error(`attempt ${attempt} cannot take over attempt ${old.attempt} of edition ${old.edition}`);
      }
      const next = { 'claim.attempt': attempt, 'claim.at': at, 'claim.isUnsent': false };
      if (await update(id, next, [isActive, ...isSameClaim(old)])) return 'claimed';
      return (await read(id))?.status === 'active' ? 'already-claimed' : 'not-active';
    },

    async markUnsent(id, claim) {
      await update(id, { 'claim.isUnsent': true }, isSameClaim(claim));
    },
  };
}
