import * as z from 'zod/mini';
import { expiryAttribute } from '../../contract/tables.js';
import { dayMs, type Instant } from '../../domain/calendar-date.js';
import { once } from '../../domain/once.js';

/** An item as the document client gives it. */
export type Item = Record<string, unknown>;

/** An item's primary key. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Makes a row of one version out of a row of the version before. */
type Upgrade = (row: Item) => Item;

/** The version that every row is written with. */
export const rowVersion = 1;

/**
 * Reads rows of one kind: `upgrades[0]` makes version 2 out of version 1, and so on; then the schema of the newest
 * version parses the row; it is made when the first row is read. A row of a version that is not known yet is an error: newer code wrote it.
 */
// Bundles leave out a reader that nobody calls.
/* @__NO_SIDE_EFFECTS__ */
export function rowReader<Schema extends z.core.$ZodType>(make: () => Schema, upgrades: readonly Upgrade[] = []) {
  const schema = once(make);
  const newest = upgrades.length + 1;
  return (item: Item): z.infer<Schema> => {
    const version = item.v;
    if (typeof version !== 'number' || !Number.isInteger(version) || version < 1 || version > newest) {
      throw new Error(
        `row ${item.pk} ${item.sk} is of version ${version}, and ${newest} is the newest that can be read`,
      );
    }
    return z.parse(
      schema(),
      upgrades.slice(version - 1).reduce((row, upgrade) => upgrade(row), item),
    );
  };
}

/** When a row that was written at `at` and is kept for `days` days may be deleted, in epoch seconds. */
export function expiryOf(at: Instant, days: number): number {
  return Math.ceil((at + days * dayMs) / 1000);
}

/** Whether the row should be gone: DynamoDB deletes expired rows up to two days late. */
export function isExpired(item: Item, now: Instant): boolean {
  const expiry = item[expiryAttribute];
  return typeof expiry === 'number' && expiry * 1000 <= now;
}
