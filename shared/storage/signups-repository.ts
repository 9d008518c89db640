import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { dayMs, type Instant, minuteMs } from '../domain/calendar-date.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';
import { isWritten } from './dynamo/conditional-write.js';
import { absent, change, either, exists, is, isBelow, isNot, onlyIf, plus } from './dynamo/expressions.js';
import { realWaiting } from './dynamo/reading.js';
import { expiryOf, type Key, rowReader, rowVersion } from './dynamo/rows.js';
import { type OwnNotice, ownNoticeKey, ownNotices, signupKey } from './subscribers/subscriber-rows.js';

/**
 * What may be mailed beside digests: to an address that has not asked for it, a `confirmation` (called a `comeback`
 * where mail had bounced), or a `reminder` that one is subscribed; to a subscriber who acted, a notice of their own.
 */
export type NoticeKind = 'confirmation' | 'comeback' | 'reminder' | OwnNotice;

interface ConfirmedSignups {
  /**
   * Starts the count anew: the address was confirmed. When its last comeback was is kept, and which message was answered:
   * that one, delivered once more, must not send another link in place of the one that is being followed.
   */
  forget(id: SubscriberId): Promise<void>;
}

/** How often notices may be mailed to an address; counted in single conditional writes. */
export interface SignupRepository extends ConfirmedSignups {
  /**
   * Takes the right to send one notice. Confirmations and reminders share one in 24 hours, a comeback comes only 30 days
   * after the last, and there are three confirmations and three reminders until `forget`, however much time goes by. Of
   * each kind of own notice there is one in 24 hours, of welcomes and goodbyes until `allowOwn`, whatever else was sent. What is refused is not
   * counted. A message, named by `message`, that took the right and died before it offered anything takes it again when it
   * comes again after ten minutes; until then it is `in-hand`.
   */
  takeNotice(
    id: SubscriberId,
    at: Instant,
    kind: NoticeKind,
    message?: string,
  ): Promise<'allowed' | 'in-hand' | 'too-soon' | 'too-many'>;
  /** Uses a right that was taken at that instant, once, just before the notice is offered; `false` if it is held no more. */
  useRight(id: SubscriberId, at: Instant, kind: NoticeKind): Promise<boolean>;
  /**
   * Returns a right that was taken at that instant, for a notice that for certain was not sent; once, and only the
   * newest. An address of which nothing else is known leaves no row.
   */
  giveBack(id: SubscriberId, at: Instant, kind: NoticeKind): Promise<void>;
  /** Lets the next welcome and the next goodbye be sent: the subscriber has asked anew. */
  allowOwn(id: SubscriberId): Promise<void>;
}

const noticeEveryMs = dayMs;
const comebackEveryMs = 30 * dayMs;
const everySort = 3;
/** No function that sends notices runs for this long: whoever took a right before that has died. */
const inHandMs = 10 * minuteMs;
const ownNoticeKeptDays = 2;

const isRequest = (kind: NoticeKind) => kind === 'confirmation' || kind === 'comeback';
const isOwn = (kind: NoticeKind): kind is OwnNotice => ownNotices.some((own) => own === kind);
const keyOf = (id: SubscriberId, kind: NoticeKind): Key => (isOwn(kind) ? ownNoticeKey(id, kind) : signupKey(id));

const readSignup = rowReader(() =>
  z.object({
    count: z._default(z.number(), 0),
    reminders: z._default(z.number(), 0),
    lastAt: z.exactOptional(z.number()),
    comebackAt: z.exactOptional(z.number()),
    message: z.exactOptional(z.string()),
    isUsed: z.exactOptional(z.boolean()),
    usedBy: z.exactOptional(z.number()),
  }),
);

const counters = ['count', 'reminders'] as const;

/** The counter of a notice that has a limit until `forget`, if it has one. */
function counterOf(kind: NoticeKind): (typeof counters)[number] | undefined {
  if (kind === 'reminder') return 'reminders';
  return isRequest(kind) ? 'count' : undefined;
}

/** Holds unless it is this very message that used the right last. */
const isUnanswered = (message: string) => either(absent('isUsed'), absent('message'), isNot('message', message));

const notTaken = { lastAt: undefined, message: undefined, isUsed: undefined, usedBy: undefined };

/**
 * Counts in the table of subscribers, without the address: `<id>` holds `signup`, for two days `notice#welcome` and
 * the like for the other own notices.
 */
export function signupRepository(
  client: DynamoDBDocumentClient,
  tableName: string,
  random: () => number = realWaiting.random,
): SignupRepository {
  const TableName = tableName;

  return {
    ...confirmedSignups(client, tableName),

    async takeNotice(id, at, kind, message) {
      const counter = counterOf(kind);
      const Key = keyOf(id, kind);
      const kept = isOwn(kind) ? { expiresAt: expiryOf(at, ownNoticeKeptDays) } : {};
      const isComeback = kind === 'comeback';
      const latest = at - (isComeback ? comebackEveryMs : noticeEveryMs);
      const noted = { ...(isComeback && { comebackAt: at }), ...kept };
      const taken = change(
        { v: rowVersion, ...notTaken, lastAt: at, message, [counter ?? 'count']: plus(counter ? 1 : 0), ...noted },
        either(absent('lastAt'), isBelow('lastAt', latest + 1)),
        ...(isComeback ? [either(absent('comebackAt'), isBelow('comebackAt', latest + 1))] : []),
        ...(counter && message !== undefined ? [isUnanswered(message)] : []),
        ...(counter ? [either(absent(counter), isBelow(counter, everySort))] : []),
      );
      if (await isWritten(client.send(new UpdateCommand({ TableName, Key, ...taken })))) return 'allowed';
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const held = Item && readSignup(Item);
      if (held?.lastAt !== undefined && message !== undefined && held.message === message && !held.isUsed) {
        if (at - held.lastAt < inHandMs) return 'in-hand';
        const again = change({ lastAt: at }, is('lastAt', held.lastAt), is('message', message), absent('isUsed'));
        return (await isWritten(client.send(new UpdateCommand({ TableName, Key, ...again })))) ? 'allowed' : 'in-hand';
      }
      return counter && held && held[counter] >= everySort ? 'too-many' : 'too-soon';
    },

    async useRight(id, at, kind) {
      const Key = keyOf(id, kind);
      const usedBy = random();
      const used = change({ isUsed: true, usedBy }, is('lastAt', at), absent('isUsed'));
      if (await isWritten(client.send(new UpdateCommand({ TableName, Key, ...used })))) return true;
      // If it was this call that used the right and only the reply was lost, nobody else will send the notice.
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const held = Item && readSignup(Item);
      return held?.lastAt === at && held.usedBy === usedBy;
    },

    async giveBack(id, at, kind) {
      const counter = counterOf(kind);
      const Key = keyOf(id, kind);
      // What was taken is all that there is: an address that was refused must leave nothing that lasts.
      const isNothingElse = counters.map((each) => either(absent(each), is(each, each === counter ? 1 : 0)));
      const isFirst = onlyIf(
        is('lastAt', at),
        ...isNothingElse,
        ...(kind === 'comeback' ? [] : [absent('comebackAt')]),
      );
      if (!isOwn(kind) && (await isWritten(client.send(new DeleteCommand({ TableName, Key, ...isFirst }))))) return;
      const untaken = { ...notTaken, ...(kind === 'comeback' && { comebackAt: undefined }) };
      const returned = change({ ...untaken, [counter ?? 'count']: plus(counter ? -1 : 0) }, is('lastAt', at));
      await isWritten(client.send(new UpdateCommand({ TableName, Key, ...returned })));
    },

    async allowOwn(id) {
      const allowed = change(notTaken, exists('lastAt'));
      for (const kind of ['welcome', 'goodbye'] as const) {
        await isWritten(client.send(new UpdateCommand({ TableName, Key: ownNoticeKey(id, kind), ...allowed })));
      }
    },
  };
}

/** What becomes of the counts when an address is confirmed. */
export function confirmedSignups(client: DynamoDBDocumentClient, TableName: string): ConfirmedSignups {
  return {
    async forget(id) {
      const fresh = change({ lastAt: undefined, count: undefined, reminders: undefined }, exists('pk'));
      await isWritten(client.send(new UpdateCommand({ TableName, Key: signupKey(id), ...fresh })));
    },
  };
}
