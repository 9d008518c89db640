import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CalendarDate, Instant } from '../../domain/calendar-date.js';
import { quietEditionsAfter } from '../../domain/subscriber/delivery.js';
import type { Outcome } from '../../domain/subscriber/outcome.js';
import { forgetEdition } from '../../domain/subscriber/seen-papers.js';
import type {
  Claim,
  EditionOutcome,
  SeenPapers,
  Subscriber,
  SubscriberId,
} from '../../domain/subscriber/subscriber.js';
import { absent, type Condition, either, is, isBelow } from '../dynamo/expressions.js';
import { outcomesText, storedForms, withOutcome } from './packed-history.js';
import { isSameSeen, seenAttributes } from './packed-seen.js';
import { claimAttribute, type Decision, type HeldState, heldState, isOlder, stateStore } from './subscriber-state.js';

/** How an attempt to get the right to send one digest ended. */
export type ClaimResult = 'claimed' | 'already-claimed' | 'not-active';

/** Whether this call ended the edition. */
type RecordResult = 'recorded' | 'not-open';

/** What is read of a subscriber before an outcome is recorded. */
interface Recordable {
  readonly id: SubscriberId;
  readonly state: Pick<HeldState, 'outcomes' | 'seen'>;
}

/** The right to send one digest, and how editions end for a subscriber. */
export interface DigestClaims {
  /**
   * Takes the right to send one digest, in one conditional write with the new list of seen papers: only while the
   * subscriber is active and has no claim or outcome of this edition or a later one. An older open claim in its way
   * becomes `uncertain`, or `expired` when nothing was sent under it. Throws when other papers were seen since `subscriber`
   * was loaded.
   */
  claim(subscriber: Subscriber, claim: Claim, seen: readonly SeenPapers[]): Promise<ClaimResult>;
  /**
   * Takes over the open claim `old` as a later attempt, or as the same one when it was marked unsent; only one caller
   * gets it.
   */
  reclaim(id: SubscriberId, old: Claim, next: { readonly attempt: number; readonly at: Instant }): Promise<ClaimResult>;
  /** Notes that nothing was sent under this claim, for certain; does nothing when the claim is no longer this one. */
  markUnsent(id: SubscriberId, claim: Claim): Promise<void>;
  /**
   * Closes the open claim of this edition and attempt with an outcome; `not-open` when it is already closed or taken
   * over. If the mail surely never left, its papers are not seen.
   */
  record(subscriber: Recordable, outcome: Outcome, claim: Claim): Promise<RecordResult>;
  /**
   * Ends an edition without a claim; `not-open` when it is already claimed or ended, or the subscriber is not active.
   */
  close(
    subscriber: Subscriber,
    edition: CalendarDate,
    outcome: 'unmatched' | 'expired',
    batch: string,
  ): Promise<RecordResult>;
  /**
   * Turns a recorded `sent` or `quiet-noted` of that edition into `failed`, and its papers into unseen: SES rejected a mail that it had
   * accepted. One from before the address was confirmed, `mailSentAt`, is none of this subscription's.
   */
  amend(id: SubscriberId, edition: CalendarDate, outcome: 'failed', mailSentAt?: Instant): Promise<void>;
}

/** Holds while the subscriber may be mailed. */
const isActive = is('status', 'active');

/** Holds while this edition and every later one are neither claimed nor ended. */
const isBefore = (edition: CalendarDate): Condition => either(absent('edition'), isBelow('edition', edition));

/** Whether this edition or a later one is claimed or ended. */
const isTaken = (state: HeldState, edition: CalendarDate) => state.edition !== undefined && state.edition >= edition;

/** Holds while the open claim is this very one, or while there is none. */
function isSameClaim(claim: Claim | undefined): Condition[] {
  if (!claim) return [absent('claim')];
  const { edition, attempt, at, isUnsent } = claim;
  return [
    is('claim.edition', edition),
    is('claim.attempt', attempt),
    is('claim.at', at),
    is('claim.isUnsent', isUnsent),
  ];
}

/** Holds while the outcomes are these, in whatever form they were written. */
const hasOutcomes = (outcomes: readonly EditionOutcome[]) =>
  outcomes.length === 0 ? absent('outcomes') : either(...storedForms(outcomes).map((text) => is('outcomes', text)));

/** Outcomes that mean a mail which SES took. */
const mailed: readonly Outcome[] = ['sent', 'quiet-noted'];

/** Holds while nothing has changed that a new claim or outcome depends on; seen papers change with the edition only. */
function isUnchanged({ edition, outcomes, claim, quietEditions }: HeldState): Condition[] {
  const isSameCount = is('quietEditions', quietEditions);
  return [is('edition', edition), hasOutcomes(outcomes), isSameCount, ...isSameClaim(claim)];
}

/** The outcomes once a newer claim replaces the open one, whose fate will never be known unless it is surely unsent. */
export function outcomesAfterLoss({ claim, outcomes }: HeldState) {
  if (!claim) return outcomes;
  const { edition, batch, isUnsent } = claim;
  return withOutcome(outcomes, { edition, outcome: isUnsent ? 'expired' : 'uncertain', batch });
}

/**
 * Whether no mail of the claim can have left: SES will not take it, or has not taken it yet. A second attempt follows a
 * first one in doubt, whose event may have been lost.
 */
const isSurelyUnsent = ({ isUnsent, attempt }: Claim, outcome: Outcome) =>
  attempt === 1 && (outcome === 'failed' || (isUnsent && !mailed.includes(outcome) && outcome !== 'uncertain'));

/** Claims and outcomes on state rows; the profile is never touched. */
export function digestClaims(client: DynamoDBDocumentClient, tableName: string): DigestClaims {
  const { read, update, settle } = stateStore(client, tableName);

  return {
    claim({ id, state }, claim, seen) {
      const { edition } = claim;
      const taken = { edition, quietEditions: undefined, claim: claimAttribute(claim), ...seenAttributes(seen) };
      const take = (held: HeldState): Decision<ClaimResult> => {
        const set = { ...taken, outcomes: outcomesText(outcomesAfterLoss(held)) };
        return { answer: 'claimed', write: { set, onlyIf: [isActive, isBefore(edition), ...isUnchanged(held)] } };
      };
      const decide = (held: HeldState | undefined): Decision<ClaimResult> => {
        if (held?.status !== 'active') return { answer: 'not-active' };
        if (isTaken(held, edition)) return { answer: 'already-claimed' };
        const isSameBase = (held.claim?.isUnsent ?? false) === (state.claim?.isUnsent ?? false);
        if (isSameBase && isSameSeen(held.seen, state.seen)) return take(held);
        // The caller's choice was based on an older list of seen papers: it has to choose again.
        throw new Error(`subscriber ${id} was sent other papers since it was read`);
      };
      return settle(id, (stored) => decide(stored && heldState(stored)), take(state));
    },

    async reclaim(id, old, { attempt, at }) {
      if (attempt < old.attempt || (attempt === old.attempt && !old.isUnsent)) {
        throw new Error(`attempt ${attempt} cannot take over attempt ${old.attempt} of edition ${old.edition}`);
      }
      const firstAt = attempt > old.attempt ? { 'claim.firstAt': old.firstAt ?? old.at } : {};
      const set = { 'claim.attempt': attempt, 'claim.at': at, 'claim.isUnsent': false, ...firstAt };
      if (await update(id, { set, onlyIf: [isActive, ...isSameClaim(old)] })) return 'claimed';
      return (await read(id))?.status === 'active' ? 'already-claimed' : 'not-active';
    },

    async markUnsent(id, claim) {
      await update(id, { set: { 'claim.isUnsent': true }, onlyIf: isSameClaim(claim) });
    },

    record({ id, state }, outcome, claim) {
      const { edition, batch, attempt } = claim;
      const isOpen = [is('claim.edition', edition), is('claim.attempt', attempt)];
      const end = ({ outcomes, seen }: Pick<HeldState, 'outcomes' | 'seen'>): Decision<RecordResult> => {
        const ended = { claim: undefined, outcomes: outcomesText(withOutcome(outcomes, { edition, outcome, batch })) };
        const set = isSurelyUnsent(claim, outcome)
          ? { ...ended, ...seenAttributes(forgetEdition(seen, edition)) }
          : ended;
        return { answer: 'recorded', write: { set, onlyIf: [...isOpen, hasOutcomes(outcomes)] } };
      };
      const decide = (held: HeldState | undefined): Decision<RecordResult> =>
        held?.claim?.edition === edition && held.claim.attempt === attempt ? end(held) : { answer: 'not-open' };
      return settle(id, (stored) => decide(stored && heldState(stored)), end(state));
    },

    close({ id, state }, edition, outcome, batch) {
      const end = (held: HeldState): Decision<RecordResult> => {
        const set = {
          edition,
          outcomes: outcomesText(withOutcome(held.outcomes, { edition, outcome, batch })),
          quietEditions: quietEditionsAfter(held.quietEditions, outcome),
        };
        return { answer: 'recorded', write: { set, onlyIf: [isActive, isBefore(edition), ...isUnchanged(held)] } };
      };
      const decide = (held: HeldState | undefined): Decision<RecordResult> =>
        held?.status === 'active' && !isTaken(held, edition) ? end(held) : { answer: 'not-open' };
      return settle(id, (stored) => decide(stored && heldState(stored)), end(state));
    },

    async amend(id, edition, outcome, mailSentAt) {
      await settle<'amended' | 'nothing-sent'>(id, (stored) => {
        const { outcomes, seen, edition: newest } = stored ? heldState(stored) : { outcomes: [], seen: [] };
        const isSent = (entry: EditionOutcome) => entry.edition === edition && mailed.includes(entry.outcome);
        if (!outcomes.some(isSent) || isOlder(mailSentAt, stored)) return { answer: 'nothing-sent' };
        const set = {
          outcomes: outcomesText(outcomes.map((entry) => (isSent(entry) ? { ...entry, outcome } : entry))),
          ...seenAttributes(forgetEdition(seen, edition)),
        };
        return { answer: 'amended', write: { set, onlyIf: [hasOutcomes(outcomes), is('edition', newest)] } };
      });
    },
  };
}
