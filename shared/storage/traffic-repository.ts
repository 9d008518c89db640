import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type CalendarDate, type Instant, minuteMs } from '../domain/calendar-date.js';
import type { MailSort } from '../domain/subscriber/reputation/breaker.js';
import {
  minuteOf,
  sumMinutes,
  type TrafficCount,
  type TrafficMinute,
  trafficCounts,
} from '../domain/subscriber/reputation/mail-traffic.js';
import { isWritten } from './dynamo/conditional-write.js';
import { absent, change, either, exists, is, isBelow, isBetween, plus, where } from './dynamo/expressions.js';
import { allItems } from './dynamo/reading.js';
import { expiryOf, type Key, rowReader, rowVersion } from './dynamo/rows.js';
import { runPartition } from './run-rows.js';

interface SendingReader {
  /** Whether mails of a sort are halted, and when the admin last let them go on. */
  sending(sort: MailSort): Promise<SendingState>;
}

/** How the mails that were sent fared, and the probes that ask SES for an event. */
export interface TrafficRepository extends SendingReader {
  /**
   * Adds to the counts of one minute, and notes when it was. With a `key` of letters and digits the counts are all that was
   * ever counted under it: they replace what was, however often that is repeated, and never by less.
   */
  add(
    minute: Instant,
    counts: Readonly<Partial<Record<TrafficCount, number>>>,
    at?: Instant,
    key?: string,
  ): Promise<void>;
  /** The minutes from one instant to another that have counts, oldest first; kept for three days. */
  between(from: Instant, to: Instant): Promise<readonly TrafficMinute[]>;
  /**
   * Takes the right to send a run's next probe, one in 15 minutes. Otherwise what is known of the last one: `down` when
   * SES did not take it.
   */
  takeProbe(run: CalendarDate, at: Instant): Promise<'taken' | 'up' | 'down'>;
  /** Notes that SES did not take the probe of that instant. */
  noteProbeRefused(run: CalendarDate, at: Instant): Promise<void>;
  /** Halts a sort of mails, after bounces or complaints or by the admin's word; one that is halted stays as it is. */
  halt(sort: MailSort, at: Instant, by?: 'admin'): Promise<'halted' | 'already-halted'>;
  /**
   * Lets a sort of mails go on. After a halt for bounces or complaints, those heard of until now do not count any more;
   * after the admin's own, all still do.
   */
  resume(sort: MailSort, at: Instant): Promise<'resumed' | 'not-halted'>;
}

export interface SendingState {
  readonly haltedAt?: Instant;
  /** The admin paused them; else too many bounced or were complained of. */
  readonly haltedBy?: 'admin';
  readonly resumedAt?: Instant;
}

const keptDays = 3;
const probeEveryMs = 15 * minuteMs;

const trafficPartition = 'mail-traffic';
const sortKeyOf = (minute: Instant) => new Date(minute).toISOString();
const probeKey = (run: CalendarDate): Key => ({ pk: runPartition(run), sk: 'probe' });

const count = z.exactOptional(z.number());
const readMinute = rowReader(() =>
  z.object({
    minute: z.number(),
    changedAt: count,
    accepted: count,
    seen: count,
    probesSeen: count,
    bounced: count,
    complained: count,
    noticesAccepted: count,
    noticesBounced: count,
    noticesComplained: count,
  } satisfies Record<keyof TrafficMinute, z.core.$ZodType>),
);
/** Rows of notices have always had this name. */
const rowOf: Readonly<Record<MailSort, string>> = { digests: 'digests', notices: 'confirmations' };
const sendingKey = (sort: MailSort): Key => ({ pk: 'sending', sk: rowOf[sort] });
const readSending = rowReader(() =>
  z.object({
    haltedAt: z.exactOptional(z.number()),
    haltedBy: z.exactOptional(z.literal('admin')),
    resumedAt: z.exactOptional(z.number()),
  } satisfies Record<keyof SendingState, z.core.$ZodType>),
);
const readProbe = rowReader(() => z.object({ isRefused: z.exactOptional(z.boolean()) }));

/**
 * Traffic in the table of runs: `mail-traffic` holds the rows of each minute, `run#<date>` the `probe`, and `sending` one row
 * for each sort of mails that was ever halted.
 */
export function trafficRepository(client: DynamoDBDocumentClient, tableName: string): TrafficRepository {
  const TableName = tableName;

  return {
    ...sendingReader(client, tableName),

    async add(minute, counts, at, key) {
      const counted = trafficCounts.flatMap((name) => (counts[name] ? [[name, counts[name]] as const] : []));
      if (counted.length === 0) return;
      const changed = at === undefined ? {} : { changedAt: at };
      const row = { v: rowVersion, minute, ...changed, expiresAt: expiryOf(minute, keptDays) };
      const Key = { pk: trafficPartition, sk: key === undefined ? sortKeyOf(minute) : `${sortKeyOf(minute)}#${key}` };
      const total = counted.reduce((sum, [, added]) => sum + added, 0);
      const replaced = { ...row, ...Object.fromEntries(counted), total };
      const added = { ...row, ...Object.fromEntries(counted.map(([name, by]) => [name, plus(by)])) };
      const once =
        key === undefined ? change(added) : change(replaced, either(absent('total'), isBelow('total', total)));
      await isWritten(client.send(new UpdateCommand({ TableName, Key, ...once })));
    },

    async between(from, to) {
      // A minute may have several rows; after its own sort key come those with a number sign.
      const span = isBetween('sk', sortKeyOf(minuteOf(from)), `${sortKeyOf(minuteOf(to))}$`);
      const items = await allItems(client, {
        TableName,
        ConsistentRead: true,
        ...where([is('pk', trafficPartition), span]),
      });
      return sumMinutes(items.map((item) => readMinute(item)));
    },

    async takeProbe(run, at) {
      const Key = probeKey(run);
      const taken = change(
        { v: rowVersion, at, isRefused: undefined, expiresAt: expiryOf(at, keptDays) },
        either(absent('at'), isBelow('at', at - probeEveryMs + 1)),
      );
      if (await isWritten(client.send(new UpdateCommand({ TableName, Key, ...taken })))) return 'taken';
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && readProbe(Item).isRefused ? 'down' : 'up';
    },

    async noteProbeRefused(run, at) {
      const noted = change({ isRefused: true }, is('at', at));
      await isWritten(client.send(new UpdateCommand({ TableName, Key: probeKey(run), ...noted })));
    },

    async halt(sort, at, by) {
      const halted = change({ v: rowVersion, haltedAt: at, haltedBy: by }, absent('haltedAt'));
      const update = new UpdateCommand({ TableName, Key: sendingKey(sort), ...halted });
      return (await isWritten(client.send(update))) ? 'halted' : 'already-halted';
    },

    async resume(sort, at) {
      const Key = sendingKey(sort);
      const ended = { haltedAt: undefined, haltedBy: undefined };
      const unpaused = change(ended, is('haltedBy', 'admin'));
      if (await isWritten(client.send(new UpdateCommand({ TableName, Key, ...unpaused })))) return 'resumed';
      const resumed = change({ ...ended, resumedAt: at }, exists('haltedAt'));
      return (await isWritten(client.send(new UpdateCommand({ TableName, Key, ...resumed }))))
        ? 'resumed'
        : 'not-halted';
    },
  };
}

/** Reads whether mails go out, and nothing of how they fared. */
export function sendingReader(client: DynamoDBDocumentClient, TableName: string): SendingReader {
  return {
    async sending(sort) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: sendingKey(sort), ConsistentRead: true }));
      return Item ? readSending(Item) : {};
    },
  };
}
