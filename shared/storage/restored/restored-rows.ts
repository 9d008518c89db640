import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CalendarDate, Instant } from '../../domain/calendar-date.js';
import type { Consent } from '../../domain/subscriber/consent.js';
import { standingOf } from '../../domain/subscriber/lifecycle.js';
import type { Outcome } from '../../domain/subscriber/outcome.js';
import { type Replay, replayOf } from '../../domain/subscriber/replay.js';
import { rememberWholly } from '../../domain/subscriber/seen-papers.js';
import type { EditionOutcome, SeenPapers, SubscriberId } from '../../domain/subscriber/subscriber.js';
import { absent, type Condition, is } from '../dynamo/expressions.js';
import { rowVersion } from '../dynamo/rows.js';
import { isAsRead, marked, offSlot } from '../subscribers/journey-steps.js';
import { outcomesText, withOutcome } from '../subscribers/packed-history.js';
import { seenAttributes } from '../subscribers/packed-seen.js';
import { forgotten, unmoved } from '../subscribers/subscriber-leaving.js';
import { subscriberRows } from '../subscribers/subscriber-rows.js';
import { heldState, type StateRow, stateStore } from '../subscribers/subscriber-state.js';

/** An edition that a subscriber may have been sent since the backup; with `unmatched`, surely was not. */
export interface SentSince {
  readonly edition: CalendarDate;
  readonly batch: string;
  readonly outcome: Extract<Outcome, 'uncertain' | 'unmatched'>;
}

/** What is known from outside of the restored table. */
export interface KnownSince {
  /** The whole journal of a subscriber, oldest entry first, as it is now. */
  readonly journalOf: (id: SubscriberId) => Promise<readonly Consent[]>;
  readonly sentTo: (id: SubscriberId, journal: readonly Consent[], row: StateRow) => readonly SentSince[];
}

/** What the replay did to a subscriber, and how many editions since the backup now count as seen. */
export interface Replayed {
  readonly replay: Replay;
  readonly editions: number;
}

/** Brings the rows of a restored table up to date; each is one conditional write of a state, which may be made again. */
interface RestoredRows {
  /** Replays what happened to a subscriber since the backup; with `isDryRun` tells alone what it would do. */
  replay(id: SubscriberId, known: KnownSince, at: Instant, isDryRun: boolean): Promise<Replayed>;
  /** Marks as seen what may have been sent, and ends an open claim, wherever its subscriber stands. */
  markSent(id: SubscriberId, known: KnownSince): Promise<void>;
}

/** What marks editions as seen as a whole, and ends the claim whose fate is not known. */
function sentAttributes(row: StateRow, sent: readonly SentSince[]) {
  const { claim, outcomes: known, seen: before, edition: last } = heldState(row);
  const later = sent.filter(({ edition }) => last === undefined || edition > last);
  if (later.length === 0 && !claim) return undefined;
  const lost = claim && ({ edition: claim.edition, outcome: 'uncertain', batch: claim.batch } as const);
  const outcomes = [...(lost ? [lost] : []), ...later].reduce<readonly EditionOutcome[]>(withOutcome, known);
  const wholly = later.flatMap(({ edition, outcome }) => (outcome === 'uncertain' ? [edition] : []));
  const seen = wholly.reduce<readonly SeenPapers[]>(rememberWholly, before);
  const edition = later.reduce((newest, each) => (newest && newest > each.edition ? newest : each.edition), last);
  const attributes = { claim: undefined, edition, outcomes: outcomesText(outcomes), ...seenAttributes(seen) };
  return { attributes, editions: wholly.length };
}

/** Holds while nothing has changed that the replay depends on. */
const isUnchanged = (row: StateRow | undefined): Condition[] => [
  ...isAsRead(row),
  ...(row ? [is('edition', row.edition), is('outcomes', row.outcomes)] : []),
  ...(row?.claim ? [is('claim.at', row.claim.at)] : [absent('claim')]),
];

/** The rows of a Subscribers table that was restored from a backup. */
export function restoredRows(client: DynamoDBDocumentClient, TableName: string): RestoredRows {
  const { settle } = stateStore(client, TableName);
  const { enterSlot, profileOf, fileProfile, eraseRows } = subscriberRows(client, TableName);

  /** What the row has of a new standing; `undefined` where whoever is to be mailed has no address any more. */
  async function standingAttributes(id: SubscriberId, row: StateRow, replay: Extract<Replay, { do: 'stand' }>) {
    const { standing, pausedUntil, confirmedAt } = replay;
    if (standing !== 'active' && standing !== 'paused') {
      return { ...marked(standing), ...offSlot, ...(row.confirmation && forgotten) };
    }
    const profile = await profileOf(id, row);
    if (!profile) return undefined;
    const revision = (row.revision ?? 0) + 1;
    const isInSlot = standing === 'active' || pausedUntil !== undefined;
    const stands = { ...marked(standing), ...forgotten, ...unmoved, newProfile: { revision, profile } };
    const slot = isInSlot ? await enterSlot(profile) : undefined;
    return { ...stands, slot, pausedUntil, confirmedAt: confirmedAt ?? row.confirmedAt };
  }

  async function decide(id: SubscriberId, row: StateRow | undefined, known: KnownSince) {
    // After the row: whatever changed the row was journalled before.
    const journal = await known.journalOf(id);
    const begunAt = row?.confirmedAt ?? row?.changedAt ?? 0;
    const isToTakeOver = row?.status === 'pending' && row.confirmation?.movesFrom !== undefined;
    const changedAt = row?.changedAt ?? 0;
    const replay = replayOf(journal, row && { standing: standingOf(row), begunAt, changedAt, isToTakeOver });
    const sent = row && replay.do !== 'erase' ? sentAttributes(row, known.sentTo(id, journal, row)) : undefined;
    return { replay, sent };
  }

  return {
    async replay(id, known, at, isDryRun) {
      const done = await settle<Replayed>(id, async (row) => {
        const { replay, sent } = await decide(id, row, known);
        const answer = { replay, editions: sent?.editions ?? 0 };
        if (isDryRun) return { answer };
        const stands = await attributesOf(id, row, replay, at);
        if (stands === 'gone') return { answer: { replay: { do: 'erase', isListed: true }, editions: 0 } };
        if (!stands && !sent) return { answer };
        return { answer, write: { set: { ...sent?.attributes, ...stands }, onlyIf: isUnchanged(row) } };
      });
      if (isDryRun) return done;
      if (done.replay.do === 'erase') await eraseRows(id, at);
      if (done.replay.do === 'stand') await fileProfile(id);
      return done;
    },

    async markSent(id, known) {
      await settle<undefined>(id, async (row) => {
        const sent = row && sentAttributes(row, known.sentTo(id, await known.journalOf(id), row));
        if (!sent) return { answer: undefined };
        return { answer: undefined, write: { set: sent.attributes, onlyIf: isUnchanged(row) } };
      });
    },
  };

  async function attributesOf(id: SubscriberId, row: StateRow | undefined, replay: Replay, at: Instant) {
    const changed = { v: rowVersion, quietEditions: undefined, revision: (row?.revision ?? 0) + 1, changedAt: at };
    if (replay.do === 'stand' && row) {
      const attributes = await standingAttributes(id, row, replay);
      return attributes ? { ...changed, ...attributes } : 'gone';
    }
    const mark = replay.do === 'mark' || replay.do === 'erase' ? replay.mark : undefined;
    return mark && { ...changed, ...marked(mark), ...(row && offSlot) };
  }
}
