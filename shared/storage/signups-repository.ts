import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { dayMs, hourMs, type Instant } from '../domain/calendar-date.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';
import { isWritten } from './dynamo/conditional-write.js';
import { absent, change, either, exists, is, isBelow, plus } from './dynamo/expressions.js';
import { expiryOf, type Key, rowReader, rowVersion } from './dynamo/rows.js';
import { budgetKey, ownNoticeKey, signupKey } from './subscribers/subscriber-rows.js';

/**
 * What may be mailed beside digests: to an address that has not asked for it, a `confirmation` (called a `comeback`
 * where mail had bounced), or a `reminder` that one is subscribed; to a subscriber who acted, a `welcome` or a
 * `goodbye`.
 */
export type NoticeKind = 'confirmation' | 'comeback' | 'reminder' | 'welcome' | 'goodbye';

/** How often notices may be mailed to an address; counted in single conditional writes. */
export interface SignupRepository {
  /**
   * Takes the right to send one notice. Confirmations and reminders are counted together: one in 24 hours, a comeback
   * only 30 days after the last, and three confirmations until `forget`, however much time goes by. Of welcomes, and of
   * goodbyes, there is one in 24 hours or until `allowOwn`, whatever else was sent. What is refused is not counted.
   */
  takeNotice(id: SubscriberId, at: Instant, kind: NoticeKind): Promise<'allowed' | 'too-soon' | 'too-many'>;
  /**
   * Returns a right that was taken at that instant, for a notice that for certain was not sent; once, and only the
   * newest.
   */
  giveBack(id: SubscriberId, at: Instant, kind: NoticeKind): Promise<void>;
  /** Lets the next welcome and the next goodbye be sent: the subscriber has asked anew. */
  allowOwn(id: SubscriberId): Promise<void>;
  /** Takes one of the `limit` notices that all addresses together may cause in the clock hour of `at`. */
  takeFromBudget(at: Instant, limit: number): Promise<boolean>;
  /** Starts the count anew: the address was confirmed. */
  forget(id: SubscriberId): Promise<void>;
}

const noticeEveryMs = dayMs;
const comebackEveryMs = 30 * dayMs;
const confirmationsEver = 3;
const budgetKeptDays = 2;
const ownNoticeKeptDays = 2;

const isRequest = (kind: NoticeKind) => kind === 'confirmation' || kind === 'comeback';
const isOwn = (kind: NoticeKind) => kind === 'welcome' || kind === 'goodbye';
const keyOf = (id: SubscriberId, kind: NoticeKind): Key =>
  kind === 'welcome' || kind === 'goodbye' ? ownNoticeKey(id, kind) : signupKey(id);

const readSignup = rowReader(z.object({ count: z.number() }));

/**
 * Counts in the table of subscribers, without the address: `<id>` holds `signup`, for two days `notice#welcome` and
 * `notice#goodbye`, and `budget` one row for each hour.
 */
export function signupRepository(client: DynamoDBDocumentClient, tableName: string): SignupRepository {
  const TableName = tableName;

  return {
    async takeNotice(id, at, kind) {
      const isConfirmation = isRequest(kind);
      const Key = keyOf(id, kind);
      const kept = isOwn(kind) ? { expiresAt: expiryOf(at, ownNoticeKeptDays) } : {};
      const latest = at - (kind === 'comeback' ? comebackEveryMs : noticeEveryMs);
      const taken = change(
        { v: rowVersion, lastAt: at, count: plus(isConfirmation ? 1 : 0), ...kept },
        either(absent('lastAt'), isBelow('lastAt', latest + 1)),
        ...(isConfirmation ? [either(absent('count'), isBelow('count', confirmationsEver))] : []),
      );
      if (await isWritten(client.send(new UpdateCommand({ TableName, Key, ...taken })))) return 'allowed';
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return isConfirmation && Item && readSignup(Item).count >= confirmationsEver ? 'too-many' : 'too-soon';
    },

    async giveBack(id, at, kind) {
      const returned = change({ lastAt: undefined, count: plus(isRequest(kind) ? -1 : 0) }, is('lastAt', at));
      await isWritten(client.send(new UpdateCommand({ TableName, Key: keyOf(id, kind), ...returned })));
    },

    async allowOwn(id) {
      const allowed = change({ lastAt: undefined }, exists('lastAt'));
      for (const kind of ['welcome', 'goodbye'] as const) {
        await isWritten(client.send(new UpdateCommand({ TableName, Key: ownNoticeKey(id, kind), ...allowed })));
      }
    },

    async takeFromBudget(at, limit) {
      if (limit < 1) return false;
      const taken = change(
        { v: rowVersion, count: plus(1), expiresAt: expiryOf(at, budgetKeptDays) },
        either(absent('count'), isBelow('count', limit)),
      );
      const Key = budgetKey(Math.floor(at / hourMs) * hourMs);
      return isWritten(client.send(new UpdateCommand({ TableName, Key, ...taken })));
    },

    async forget(id) {
      await client.send(new DeleteCommand({ TableName, Key: signupKey(id) }));
    },
  };
}
