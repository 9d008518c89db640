import type { Item, Key } from '../../../../shared/storage/dynamo/rows.js';
import { type Bound, compileCondition } from './conditions.js';
import type { MemoryTable, StoredItem } from './tables.js';
import { ValidationException } from './tokens.js';
import { copyOf, textOrder } from './values.js';

/** What makes reads worse than they need be; each is asked anew at every read. */
export interface ReadFaults {
  /** By how many milliseconds a read lags that did not ask for consistency. */
  readonly lagMs: () => number;
  /** How many items a page may have; 0 for an empty one. */
  readonly pageSize: () => number;
  /** How many of the asked keys a batch answers. */
  readonly processed: (keys: number) => number;
}

export const soundReads: ReadFaults = {
  lagMs: () => 0,
  pageSize: () => Number.POSITIVE_INFINITY,
  processed: (keys) => keys,
};

/** The item as a reader sees it whose sight is `lagMs` old. */
export function seen({ item, before, changedAt }: StoredItem, now: number, lagMs: number): Item | undefined {
  return lagMs > 0 && now - changedAt < lagMs ? before : item;
}

/** A query as the document client sends it. */
export interface QueryInput {
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ConsistentRead?: boolean;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

/** Names of the table's keys and, for an index, of the index's: what orders the items and what a page ends with. */
function keysOf(table: MemoryTable, IndexName: string | undefined) {
  if (IndexName === undefined) return { pk: 'pk', sk: 'sk', all: ['pk', 'sk'] };
  if (table.index?.index !== IndexName) throw new ValidationException(`The table has no index ${IndexName}`);
  const { pk, sk } = table.index;
  return { pk, sk, all: [...new Set([pk, sk, 'pk', 'sk'])] };
}

const only = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));

function compareBy(names: readonly string[]) {
  return (one: Item, other: Item): number => {
    for (const name of names) {
      const found = textOrder(String(one[name]), String(other[name]));
      if (found !== 0) return found;
    }
    return 0;
  };
}

/** One page of a query. */
export function queryPage(table: MemoryTable, input: QueryInput, bound: Bound, now: number, faults: ReadFaults) {
  const { pk, sk, all } = keysOf(table, input.IndexName);
  const isIndex = input.IndexName !== undefined;
  if (isIndex && input.ConsistentRead) {
    throw new ValidationException('Consistent reads are not supported on global secondary indexes');
  }
  const lagMs = input.ConsistentRead ? 0 : faults.lagMs();
  const { meaning: isWanted } = compileCondition(input.KeyConditionExpression);
  // An index knows nothing but its keys, and only of the items that have them all.
  const rows: Item[] = [];
  for (const stored of isIndex ? table.ofIndex(keyIn(input, bound, pk)) : table.all(String(keyIn(input, bound, pk)))) {
    const item = seen(stored, now, lagMs);
    if (item && item[pk] !== undefined && item[sk] !== undefined && isWanted(item, bound)) {
      rows.push(isIndex ? only(item, all) : item);
    }
  }
  const compare = compareBy(isIndex ? [sk, 'pk', 'sk'] : ['sk']);
  const direction = input.ScanIndexForward === false ? -1 : 1;
  rows.sort((one, other) => direction * compare(one, other));
  const from = input.ExclusiveStartKey;
  const left = from ? rows.filter((row) => direction * compare(row, from) > 0) : rows;
  const size = Math.min(input.Limit ?? Number.POSITIVE_INFINITY, faults.pageSize());
  const page = left.slice(0, size);
  const isMore = left.length > page.length || (input.Limit !== undefined && page.length === input.Limit);
  const last = page.at(-1) ?? from ?? beforeAll(all, left[0], pk);
  const Items = page.filter((row) => isKept(row, input, bound)).map((row) => projected(row, input, bound));
  return {
    Items,
    Count: Items.length,
    ScannedCount: page.length,
    ...(isMore && { LastEvaluatedKey: only(last, all) }),
  };
}

/** The partition key that a query asks for. */
function keyIn({ KeyConditionExpression }: QueryInput, { names, values }: Bound, pk: string): unknown {
  for (const [, name = '', value = ''] of KeyConditionExpression.matchAll(/([#\w]+) = (:\w+)/g)) {
    if ((names[name] ?? name) === pk) return values[value];
  }
  throw new ValidationException(`Query condition missed key schema element: ${pk}`);
}

/** Where a query begins, as the end of an empty first page. */
function beforeAll(names: readonly string[], first: Item | undefined, pk: string): Item {
  return Object.fromEntries(names.map((name) => [name, name === pk ? first?.[pk] : '\u0001']));
}

function isKept(row: Item, { FilterExpression }: QueryInput, bound: Bound): boolean {
  return FilterExpression === undefined || compileCondition(FilterExpression).meaning(row, bound);
}

/** The attributes that a request asks for, at the top level of the item. */
export function projected(row: Item, { ProjectionExpression }: Pick<QueryInput, 'ProjectionExpression'>, bound: Bound) {
  if (ProjectionExpression === undefined) return copyOf(row);
  const names = ProjectionExpression.split(',').map((name) => bound.names[name.trim()] ?? name.trim());
  return copyOf(only(row, names));
}

/** Reads a batch of keys; what is left unprocessed comes back. */
export function batchGet(
  table: MemoryTable,
  keys: readonly Key[],
  isConsistent: boolean,
  now: number,
  faults: ReadFaults,
) {
  if (keys.length > 100) throw new ValidationException('Too many items requested for the BatchGetItem call');
  const distinct = new Set(keys.map(({ pk, sk }) => `${pk}\u0000${sk}`));
  if (distinct.size < keys.length) throw new ValidationException('Provided list of item keys contains duplicates');
  const count = faults.processed(keys.length);
  const lagMs = isConsistent ? 0 : faults.lagMs();
  const items = keys.slice(0, count).flatMap((key) => {
    const stored = table.stored(key);
    const item = stored && seen(stored, now, lagMs);
    return item ? [copyOf(item)] : [];
  });
  return { items, unprocessed: keys.slice(count) };
}
