import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { RequestOrigin } from '../contract/messages.js';
import { hourMs, type Instant } from '../domain/calendar-date.js';
import type { BudgetShares, Crowd } from '../domain/subscriber/sign-up/fair-shares.js';
import { isWritten } from './dynamo/conditional-write.js';
import { absent, type Condition, change, either, is, isBelow, onlyIf, plus } from './dynamo/expressions.js';
import { expiryOf, type Item, type Key, rowReader, rowVersion } from './dynamo/rows.js';
import { budgetKey } from './subscribers/subscriber-rows.js';

/**
 * `granted`, for a first use at that instant, or for the same form sent again; `enough` when that was sent often enough;
 * `spent` when another form was sent with the stamp.
 */
type StampUse =
  | { readonly use: 'granted'; readonly firstAt: Instant; readonly isFirst: boolean }
  | { readonly use: 'enough' | 'spent' };

/** A place in the hourly budget that somebody asks for. */
export interface AskedPlace {
  readonly lane: RequestOrigin['lane'];
  /** Whether it is one of many from where it comes; then it also counts for its network and its domain. */
  readonly isOneOfMany: boolean;
  readonly network?: string | undefined;
  readonly domain?: string | undefined;
}

/** What requests on the form have used up when they are made: stamps, and their origins' counts. */
interface FormRequests {
  /** Lets a stamp serve one form, told from others by `form`: once, or again when the answer was lost. */
  useStamp(stamp: string, form: string, at: Instant): Promise<StampUse>;
  /** Counts one more request from an origin, and gives the count with it. */
  count(origin: RequestOrigin, at: Instant): Promise<Crowd>;
  /** What has been counted, until `now`, beside a request that was made at `at`. */
  crowdOf(origin: RequestOrigin, at: Instant, now: Instant): Promise<Crowd>;
}

/** What requests on the form have used up: stamps, and the hourly budget of notices. Every row expires. */
export interface RequestRepository extends FormRequests {
  /**
   * Takes one of the notices that all requests together may cause in the clock hour of `at`: `full` when there is none
   * left for anybody, `crowded` when there is none for a request of this kind.
   */
  takeFromBudget(at: Instant, asked: AskedPlace, shares: BudgetShares): Promise<'taken' | 'full' | 'crowded'>;
}

const originKeptDays = 1;
const stampKeptDays = 1;
const budgetKeptDays = 2;
/** A browser asks again when it got no answer; whoever sends one form more often than this is a program. */
const mostUses = 6;

const hourOf = (at: Instant) => Math.floor(at / hourMs);
const askedIn = (hour: number) => `asked${hour}`;
const grantedIn = (at: Instant) => `granted${hourOf(at)}`;

const stampKey = (stamp: string): Key => ({ pk: `stamp#${stamp}`, sk: 'use' });
const originKey = (kind: 'network' | 'domain', name: string): Key => ({ pk: `${kind}#${name}`, sk: 'requests' });

const readStamp = rowReader(() => z.object({ form: z.string(), at: z.number(), uses: z.number() }));

const numberIn = (row: Item | undefined, name: string): number => {
  const value = row?.[name];
  return typeof value === 'number' ? value : 0;
};

/**
 * Requests in the table of subscribers, without an address: `stamp#<hash>` holds `use`, `network#<hash>` and
 * `domain#<hash>` hold `requests`, and `budget` one row for each hour.
 */
export function requestRepository(client: DynamoDBDocumentClient, tableName: string): RequestRepository {
  return { ...formRequests(client, tableName), ...budgetIn(tableIn(client, tableName)) };
}

/** The same without the budget. */
export function formRequests(client: DynamoDBDocumentClient, tableName: string): FormRequests {
  const table = tableIn(client, tableName);
  return { ...stampsIn(table), ...crowdsIn(table) };
}

function tableIn(client: DynamoDBDocumentClient, TableName: string) {
  return {
    isPut: (Item: Item & Key, ...conditions: readonly Condition[]) =>
      isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(...conditions) }))),
    isUpdated: (Key: Key, changed: ReturnType<typeof change>) =>
      isWritten(client.send(new UpdateCommand({ TableName, Key, ...changed }))),
    async updated(Key: Key, changed: ReturnType<typeof change>): Promise<Item | undefined> {
      const update = { TableName, Key, ...changed, ReturnValues: 'ALL_NEW' as const };
      return (await client.send(new UpdateCommand(update))).Attributes;
    },
    async read(Key: Key): Promise<Item | undefined> {
      return (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
    },
  };
}
type Table = ReturnType<typeof tableIn>;

function stampsIn({ isPut, isUpdated, read }: Table): Pick<RequestRepository, 'useStamp'> {
  return {
    async useStamp(stamp, form, at) {
      const Key = stampKey(stamp);
      const first = { ...Key, v: rowVersion, form, at, uses: 1, expiresAt: expiryOf(at, stampKeptDays) };
      if (await isPut(first, absent('pk'))) return { use: 'granted', firstAt: at, isFirst: true };
      const found = await read(Key);
      const used = found && readStamp(found);
      if (used?.form !== form) return { use: 'spent' };
      const again = change({ uses: plus(1) }, is('form', form), isBelow('uses', mostUses));
      return (await isUpdated(Key, again)) ? { use: 'granted', firstAt: used.at, isFirst: false } : { use: 'enough' };
    },
  };
}

/** What a row has counted in the hour before an instant's, and from then on. */
function lately(row: Item | undefined, at: Instant, now: Instant): number {
  const hours = Array.from({ length: Math.max(0, hourOf(now) - hourOf(at)) + 2 }, (_, index) => hourOf(at) - 1 + index);
  return hours.reduce((sum, hour) => sum + numberIn(row, askedIn(hour)), 0);
}

function crowdsIn({ updated, read }: Table): Pick<RequestRepository, 'count' | 'crowdOf'> {
  async function crowd(
    { network, domain }: RequestOrigin,
    [at, now]: readonly [at: Instant, now: Instant],
    rowOf: (key: Key) => Promise<Item | undefined>,
  ): Promise<Crowd> {
    const keys = [originKey('network', network), ...(domain === undefined ? [] : [originKey('domain', domain)])];
    const [ofNetwork, ofDomain] = await Promise.all(keys.map(rowOf));
    return {
      networkToday: numberIn(ofNetwork, 'count'),
      networkLately: lately(ofNetwork, at, now),
      domainLately: lately(ofDomain, at, now),
    };
  }

  return {
    count(origin, at) {
      const more = { count: plus(1), [askedIn(hourOf(at))]: plus(1), expiresAt: expiryOf(at, originKeptDays) };
      return crowd(origin, [at, at], (key) => updated(key, change({ v: rowVersion, ...more })));
    },
    crowdOf: (origin, at, now) => crowd(origin, [at, now], read),
  };
}

function budgetIn({ isUpdated, read }: Table): Pick<RequestRepository, 'takeFromBudget'> {
  /** Counts a grant for one origin; `false` when its share of the hour is used up. */
  async function takeShare(key: Key, share: number, at: Instant): Promise<boolean> {
    const granted = grantedIn(at);
    const more = { v: rowVersion, [granted]: plus(1), expiresAt: expiryOf(at, originKeptDays) };
    return isUpdated(key, change(more, either(absent(granted), isBelow(granted, share))));
  }

  /** Counts a grant for the network and for the domain, or for neither. */
  async function takeShares({ network, domain }: AskedPlace, shares: BudgetShares, at: Instant): Promise<boolean> {
    const ofNetwork = network === undefined ? undefined : originKey('network', network);
    if (ofNetwork && !(await takeShare(ofNetwork, shares.perNetwork, at))) return false;
    if (domain === undefined || (await takeShare(originKey('domain', domain), shares.perDomain, at))) return true;
    if (ofNetwork) await isUpdated(ofNetwork, change({ [grantedIn(at)]: plus(-1) }));
    return false;
  }

  return {
    async takeFromBudget(at, asked, shares) {
      if (shares.total < 1) return 'full';
      const { counter, limit } = partOf(asked, shares);
      const key = budgetKey(hourOf(at) * hourMs);
      const counted = (by: number) => ({ count: plus(by), ...(counter && { [counter]: plus(by) }) });
      const taken = change(
        { v: rowVersion, ...counted(1), expiresAt: expiryOf(at, budgetKeptDays) },
        either(absent('count'), isBelow('count', shares.total)),
        ...(counter ? [either(absent(counter), isBelow(counter, limit))] : []),
      );
      if (!(await isUpdated(key, taken))) {
        return counter && numberIn(await read(key), 'count') < shares.total ? 'crowded' : 'full';
      }
      if (!asked.isOneOfMany || (await takeShares(asked, shares, at))) return 'taken';
      await isUpdated(key, change(counted(-1)));
      return 'crowded';
    },
  };
}

/** The counter of the hour on which a place of this kind is counted besides, and how far that may go. */
function partOf({ lane, isOneOfMany }: AskedPlace, shares: BudgetShares) {
  if (isOneOfMany) {
    return { counter: 'ofMany', limit: lane === 'proven' ? shares.ofMany : shares.ofManyUnproven } as const;
  }
  return { counter: lane === 'proven' ? undefined : ('unproven' as const), limit: shares.unproven };
}
