import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CalendarDate } from '../../domain/calendar-date.js';
import type { Outcome } from '../../domain/subscriber/outcome.js';
import type { Claim, Subscriber, SubscriberId } from '../../domain/subscriber/subscriber.js';
import { is } from '../dynamo/expressions.js';
import { outcomesText, withOutcome } from './kept-outcomes.js';
import { isActive, isBefore, isTaken, stateWriter } from './state-writer.js';
import { type HeldState, isUnchanged } from './subscriber-rows.js';

/** Whether this call ended the edition. */
export type RecordResult = 'recorded' | 'not-open';

/** How editions end for a subscriber. */
export interface DigestOutcomes {
  /** Closes the open claim of this edition and attempt with an outcome; `not-open` when it is closed or taken over already. */
  record(subscriber: Subscriber, outcome: Outcome, claim: Claim): Promise<RecordResult>;
  /** Ends an edition without a claim; `not-open` when it was claimed or ended already, or the subscriber is not active. */
  close(
    subscriber: Subscriber,
    edition: CalendarDate,
    outcome: 'unmatched' | 'expired',
    batch: string,
  ): Promise<RecordResult>;
  /** Turns a recorded `sent` of that edition into `failed`: SES rejected the mail after it had accepted it. */
  amend(id: SubscriberId, edition: CalendarDate, outcome: 'failed'): Promise<void>;
}

/** Outcomes on state rows; the profile is never touched. */
export function digestOutcomes(client: DynamoDBDocumentClient, tableName: string): DigestOutcomes {
  const { read, update, contend } = stateWriter(client, tableName);

  return {
    record(subscriber, outcome, { edition, batch, attempt }) {
      const isOpen = [is('claim.edition', edition), is('claim.attempt', attempt)];
      const write = ({ outcomes }: HeldState) => {
        const after = outcomesText(withOutcome(outcomes, { edition, outcome, batch }));
        const isAsRead = is('outcomes', outcomesText(outcomes));
        return update(subscriber.id, { claim: undefined, outcomes: after }, [...isOpen, isAsRead]);
      };
      return contend<RecordResult>(subscriber, 'recorded', write, (stored) => {
        const isStillOpen = stored?.claim?.edition === edition && stored.claim.attempt === attempt;
        return isStillOpen ? undefined : 'not-open';
      });
    },

    close(subscriber, edition, outcome, batch) {
      const write = (held: HeldState) => {
        const outcomes = outcomesText(withOutcome(held.outcomes, { edition, outcome, batch }));
        return update(subscriber.id, { edition, outcomes }, [isActive, isBefore(edition), ...isUnchanged(held)]);
      };
      return contend<RecordResult>(subscriber, 'recorded', write, (stored) =>
        stored?.status !== 'active' || isTaken(stored, edition) ? 'not-open' : undefined,
      );
    },

    async amend(id, edition, outcome) {
      const isSent = (state: HeldState | undefined) =>
        state?.outcomes.some((entry) => entry.edition === edition && entry.outcome === 'sent') ?? false;
      const write = ({ outcomes }: HeldState) => {
        const amended = outcomes.map((entry) => (entry.edition === edition ? { ...entry, outcome } : entry));
        return update(id, { outcomes: outcomesText(amended) }, [is('outcomes', outcomesText(outcomes))]);
      };
      const state = await read(id);
      if (!state || !isSent(state)) return;
      await contend({ id, state }, 'amended', write, (stored) => (isSent(stored) ? undefined : 'nothing sent'));
    },
  };
}
