import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import { withMailSent, withSoftBounce } from '../../domain/subscriber/reputation/bounce.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { absent, type Condition, is } from '../dynamo/expressions.js';
import { type StateRow, stateStore } from './subscriber-state.js';

/** How mails that did not arrive are counted. */
export interface SoftBounceCount {
  /**
   * Counts a soft bounce of a mail sent at that instant, once, and answers how many came in a row; 0 when the bounce of
   * a later mail was counted before, and for strangers.
   */
  noteSoftBounce(id: SubscriberId, mailSentAt: Instant): Promise<number>;
  /** Notes a mail sent to somebody whose newest mails bounced: one that does not bounce ends their row. */
  noteSent(id: SubscriberId, mailSentAt: Instant): Promise<void>;
}

/** Holds while the state is there and its soft bounces are those that were read. */
function areAsRead({ status, softBounces }: StateRow): Condition[] {
  if (!softBounces) return [is('status', status), absent('softBounces')];
  const { count, bouncedAt, sentAt } = softBounces;
  return [is('softBounces.count', count), is('softBounces.bouncedAt', bouncedAt), is('softBounces.sentAt', sentAt)];
}

/** Soft bounces on state rows; only rows of those whose mails bounced hold any. */
export function softBounceCount(client: DynamoDBDocumentClient, tableName: string): SoftBounceCount {
  const { settle } = stateStore(client, tableName);

  return {
    noteSoftBounce(id, mailSentAt) {
      return settle<number>(id, (stored) => {
        if (!stored) return { answer: 0 };
        const softBounces = withSoftBounce(stored.softBounces, mailSentAt);
        if (softBounces !== stored.softBounces) {
          return { answer: softBounces.count, write: { set: { softBounces }, onlyIf: areAsRead(stored) } };
        }
        return { answer: softBounces.bouncedAt === mailSentAt ? softBounces.count : 0 };
      });
    },

    async noteSent(id, mailSentAt) {
      await settle<'noted' | 'nothing-to-note'>(id, (stored) => {
        const before = stored?.softBounces;
        const softBounces = before && withMailSent(before, mailSentAt);
        if (!stored || softBounces === before) return { answer: 'nothing-to-note' };
        return { answer: 'noted', write: { set: { softBounces }, onlyIf: areAsRead(stored) } };
      });
    },
  };
}
