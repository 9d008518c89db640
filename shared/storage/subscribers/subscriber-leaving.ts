import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import { nextStatus } from '../../domain/subscriber/lifecycle.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { expiryOf } from '../dynamo/rows.js';
import { by, type NextStatus, offSlot, type Plan, stepsIn } from './journey-steps.js';
import { subscriberRows } from './subscriber-rows.js';
import { isOlder, onlyMark, type StateRow } from './subscriber-state.js';

type Ended = 'unsubscribed' | 'bounced' | 'suppressed';

/** The part of the journey that ends mailing, and its undoing. */
export interface SubscriberLeaving {
  /**
   * Ends mailing and takes the subscriber off its slot. `bounced` suppresses until a confirmation; `suppressed` does so
   * for good, and nothing replaces it. A bounce of a mail sent before the address was last confirmed changes nothing.
   */
  stop(
    id: SubscriberId,
    standing: Ended,
    at: Instant,
    mailSentAt?: Instant,
  ): Promise<'stopped' | 'unchanged' | 'unknown'>;
  /**
   * As `stop` does for `unsubscribed`, and `first` is done before each attempt to write that: when it throws, or the process
   * dies, nothing is changed. It is not called where there is nothing to end.
   */
  unsubscribe(id: SubscriberId, at: Instant, first: () => Promise<void>): Promise<'stopped' | 'unchanged' | 'unknown'>;
  /** Makes who unsubscribed active again, with the choices they had; `refused` for anyone else. */
  rejoin(id: SubscriberId, at: Instant): Promise<'rejoined' | 'refused'>;
  /** Suppresses for good after a complaint; somebody of whom nothing is kept gets a mark that holds no address. */
  markComplaint(id: SubscriberId, at: Instant): Promise<'stopped' | 'unchanged'>;
  /** Deletes everything we store about a subscriber; a suppressed one keeps that status, without the address. */
  erase(id: SubscriberId, at: Instant): Promise<'erased' | 'unknown'>;
  /**
   * Ends an erasure that died when the profile was gone: what is left of an active or paused one expires at once, and the
   * address may ask anew. `false` for everybody else.
   */
  finishErasure(id: SubscriberId, at: Instant): Promise<boolean>;
}

/** What is removed when someone is stopped who had not confirmed: the status needs no address. */
export const forgotten = { confirmation: undefined, newProfile: undefined, expiresAt: undefined };

/** What whoever comes back loses of a change of address in which they left. */
export const unmoved = { movesTo: undefined, movesAs: undefined, movesFrom: undefined };

/** What a state loses when its subscriber leaves. */
const leaving = (held: StateRow | undefined) => ({ ...offSlot, ...(held?.confirmation && forgotten) });

/** The ends of subscriptions on state rows. */
export function subscriberLeaving(client: DynamoDBDocumentClient, TableName: string): SubscriberLeaving {
  const { enterSlot, profileOf, eraseRows } = subscriberRows(client, TableName);
  const step = stepsIn(client, TableName);

  async function end(id: SubscriberId, standing: Ended, at: Instant, plan: Plan) {
    const stopped: NextStatus = (from) => (from === standing ? undefined : nextStatus(from, standing));
    const { isDone, held } = await step(id, at, stopped, plan);
    if (isDone) return 'stopped';
    return held ? 'unchanged' : 'unknown';
  }

  return {
    async stop(id, standing, at, mailSentAt) {
      const isOld = (held?: StateRow) => standing === 'bounced' && isOlder(mailSentAt, held);
      return end(id, standing, at, (held) => (isOld(held) ? undefined : leaving(held)));
    },

    async unsubscribe(id, at, first) {
      return end(id, 'unsubscribed', at, async (held) => {
        await first();
        return leaving(held);
      });
    },

    async rejoin(id, at) {
      const { isDone } = await step(id, at, by('resubscribed'), async (held) => {
        const profile = held && (await profileOf(id, held));
        return profile && { ...unmoved, slot: await enterSlot(profile) };
      });
      return isDone ? 'rejoined' : 'refused';
    },

    async markComplaint(id, at) {
      const marked: NextStatus = (from) => (from === 'suppressed' ? undefined : 'suppressed');
      return (await step(id, at, marked, leaving)).isDone ? 'stopped' : 'unchanged';
    },

    erase: eraseRows,

    async finishErasure(id, at) {
      const gone: NextStatus = (from) => (from === 'active' || from === 'paused' ? 'unsubscribed' : undefined);
      const { isDone } = await step(id, at, gone, async (held) =>
        held && !(await profileOf(id, held)) ? { ...onlyMark(), expiresAt: expiryOf(at, 0) } : undefined,
      );
      return isDone;
    },
  };
}
