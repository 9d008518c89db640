import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { addDays, type CalendarDate, dateOf, type Instant, startOf } from '../../domain/calendar-date.js';
import { editionDays, firstEditionDay } from '../../domain/edition/rank-edition.js';
import type { Observation } from '../../domain/paper/paper.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import { is, isBetween, startsWith, where } from '../dynamo/expressions.js';
import { allItems, firstItems, queryItems } from '../dynamo/reading.js';
import { expiryOf, type Item, isExpired, rowVersion } from '../dynamo/rows.js';
import {
  addChanged,
  type Hour,
  type HourRow,
  joinParts,
  packChanged,
  packNewest,
  readHourRow,
  type Standing,
  unpackChanged,
  unpackNewest,
} from './hour-rows.js';

/** Observations are kept for this long. */
export const observationDays = 90;

/** DynamoDB takes items of 400 KB, keys included. */
const bytesPerItem = 380 * 1000;

const partition = 'hours';
const hourSk = (at: Instant) => new Date(at).toISOString();
const partsOf = (at: Instant) => `hour#${hourSk(at)}`;
const beginning: Instant = 0;
/** Sorts after every hour. */
const end = '9999';

type Kind = 'changed' | 'newest';

/** What every run found, one item each; the newest of them knows the newest of each paper that may be in an edition. */
export interface Hours {
  /** The last run at or before `until` that found something, if one is kept. */
  last(until?: Instant): Promise<Hour | undefined>;
  /**
   * Notes what the run of an instant found of these papers. What it had noted of that instant before stays. Only one
   * run may note at a time.
   */
  note(found: ReadonlyMap<PaperId, Standing>, at: Instant): Promise<void>;
  /** What was observed of these papers from `from` to `until`, oldest first, as far as it has not expired at `now`. */
  histories(
    ids: ReadonlySet<PaperId>,
    span: { readonly from: Instant; readonly until?: Instant },
    now: Instant,
  ): Promise<ReadonlyMap<PaperId, readonly Observation[]>>;
}

/**
 * Hours in DynamoDB: `hours` holds a row a run, by its instant; where 400 KB are not enough, it names parts of itself,
 * `hour#<instant>`, that were written before it.
 */
export function hoursIn(client: DynamoDBDocumentClient, TableName: string): Hours {
  const consistently = { TableName, ConsistentRead: true };

  async function bytesOf(kind: Kind, row: HourRow): Promise<Uint8Array> {
    if (row.parts === undefined) return row[kind] ?? Buffer.of();
    const ofThisKind = where([is('pk', partsOf(row.at)), startsWith('sk', `${row.parts}#${kind}#`)]);
    return joinParts(await allItems(client, { ...consistently, ...ofThisKind }));
  }

  async function last(until?: Instant): Promise<Hour | undefined> {
    const lastSk = until === undefined ? end : hourSk(until);
    const range = where([is('pk', partition), isBetween('sk', hourSk(beginning), lastSk)]);
    const [item] = await firstItems(client, { ...consistently, ScanIndexForward: false, ...range }, 1);
    if (!item) return undefined;
    const row = readHourRow(item);
    const changed = unpackChanged(await bytesOf('changed', row));
    return { at: row.at, changed, newest: unpackNewest(await bytesOf('newest', row)) };
  }

  async function write({ at, ...found }: Hour): Promise<void> {
    const expiry = { v: rowVersion, expiresAt: expiryOf(at, observationDays) };
    const bytes = { changed: packChanged(found.changed), newest: packNewest(found.newest) };
    const put = (Item: Item) => client.send(new PutCommand({ TableName, Item: { ...Item, ...expiry } }));
    const head = { pk: partition, sk: hourSk(at), at };
    if (bytes.changed.length + bytes.newest.length <= bytesPerItem) {
      await put({ ...head, ...bytes });
      return;
    }
    // Named by what is in them: a run that ends between them leaves what an earlier row names as it was.
    const hash = createHash('sha256').update(bytes.changed).update(bytes.newest).digest('hex').slice(0, 16);
    for (const kind of ['changed', 'newest'] as const) {
      for (let part = 0; part * bytesPerItem < bytes[kind].length; part += 1) {
        const sk = `${hash}#${kind}#${String(part).padStart(3, '0')}`;
        const piece = bytes[kind].subarray(part * bytesPerItem, (part + 1) * bytesPerItem);
        await put({ pk: partsOf(at), sk, bytes: piece });
      }
    }
    await put({ ...head, parts: hash });
  }

  return {
    last,

    async note(found, at) {
      if (found.size === 0) return;
      const before = await last(at);
      const hour = hourOf(found, at, before);
      const isKnown = (id: PaperId) => isDeepStrictEqual(hour.newest.get(id), before?.newest.get(id));
      if (![...found.keys()].every(isKnown)) await write(hour);
    },

    async histories(ids, { from, until }, now) {
      const lastSk = until === undefined ? end : hourSk(until);
      const range = [is('pk', partition), isBetween('sk', hourSk(Math.max(from, beginning)), lastSk)];
      const only = ['v', 'at', 'changed', 'parts', 'expiresAt'];
      const found = new Map<PaperId, Observation[]>([...ids].map((id) => [id, []]));
      for await (const item of queryItems(client, { ...consistently, ...where(range, only) })) {
        if (isExpired(item, now)) continue;
        const row = readHourRow(item);
        addChanged(await bytesOf('changed', row), row.at, (id) => found.get(id));
      }
      return found;
    },
  };
}

/** What a run found, joined with what it or the run before had noted; papers that are too old for an edition leave. */
function hourOf(found: ReadonlyMap<PaperId, Standing>, at: Instant, before: Hour | undefined): Hour {
  const changed = new Map(before?.at === at ? before.changed : []);
  const first = firstEditionDay(dateOf(at));
  const newest = new Map([...(before?.newest ?? [])].filter(([, { day }]) => day >= first));
  for (const [id, standing] of found) {
    const { at: observedAt, ...counts } = standing.latest ?? {};
    if (observedAt === at && !changed.has(id)) changed.set(id, counts);
    newest.set(id, observedAt === at ? { ...standing, latest: { at, ...changed.get(id) } } : standing);
  }
  return { at, changed, newest };
}

/** The last instant whose run still knows a paper whose newest day is `day`. */
export function knownUntil(day: CalendarDate): Instant {
  return startOf(addDays(day, editionDays)) - 1;
}
