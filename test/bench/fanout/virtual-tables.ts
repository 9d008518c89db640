import { subscribersBySlot } from '../../../shared/contract/tables.js';
import type { Item, Key } from '../../../shared/storage/dynamo/rows.js';
import { MemoryDynamo } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { MemoryTable, type StoredItem } from '../../simulation/cloud/dynamo/tables.js';
import { subscriberId } from '../../support/builders.js';
import { rowsOf, type SlotOfMany, type Stock } from './stock.js';

/** The most that a state takes as text, its bytes in base64. */
const stateBytes = 2048;
const prefix = subscriberId(0).slice(0, 11);

const packed = (item: Item) =>
  JSON.stringify(item, (_name, value: unknown) =>
    value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString('base64') } : value,
  );

const unpacked = (text: string): Item =>
  JSON.parse(text, (_name, value: { $bytes?: string } | null) =>
    typeof value === 'object' && typeof value?.$bytes === 'string'
      ? new Uint8Array(Buffer.from(value.$bytes, 'base64'))
      : value,
  );

/**
 * A table of very many subscribers: rows that nothing has written yet are made when they are read, and the states that
 * were written lie outside of the heap, in room that was taken from the start.
 */
class ManySubscribers extends MemoryTable {
  private readonly room: Buffer;
  private readonly lengths: Uint16Array;

  constructor(
    private readonly stock: Stock,
    private readonly slots: readonly SlotOfMany[],
  ) {
    super('subscribers', subscribersBySlot);
    const count = slots.reduce((sum, slot) => sum + slot.count, 0);
    this.room = Buffer.allocUnsafeSlow(count * stateBytes);
    this.lengths = new Uint16Array(count);
    for (const { slot } of slots) this.write({ pk: 'slots', sk: slot }, { pk: 'slots', sk: slot, v: 1 }, 0);
  }

  override stored(key: Key): StoredItem | undefined {
    const number = this.numberOf(key.pk);
    if (number === undefined) return super.stored(key);
    return { key, item: this.itemOf(number, key.sk), before: undefined, changedAt: 0 };
  }

  override write(key: Key, item: Item | undefined, at: number): void {
    const number = this.lengths && key.sk === 'state' ? this.numberOf(key.pk) : undefined;
    if (number === undefined || item === undefined) {
      super.write(key, item, at);
      return;
    }
    const length = this.room.write(packed(item), number * stateBytes, stateBytes);
    if (length >= stateBytes) throw new Error('a state takes more than its room');
    this.lengths[number] = length;
  }

  /** A page of the index by slot, in the order of ids. */
  page(slot: unknown, after: string | undefined, limit: number): readonly Item[] {
    const found = this.slots.find((each) => each.slot === slot);
    if (!found) return [];
    const start = after === undefined ? found.first : (this.numberOf(after) ?? found.first) + 1;
    const size = Math.max(0, Math.min(limit, found.first + found.count - start));
    return Array.from({ length: size }, (_, at) => ({ pk: subscriberId(start + at), sk: 'state', slot: found.slot }));
  }

  private numberOf(pk: string): number | undefined {
    const number = pk.startsWith(prefix) ? Number(pk.slice(prefix.length)) : Number.NaN;
    return number < this.lengths.length ? number : undefined;
  }

  private itemOf(number: number, sk: string): Item | undefined {
    const length = this.lengths[number] ?? 0;
    const start = number * stateBytes;
    if (sk === 'state' && length > 0) return unpacked(this.room.toString('utf8', start, start + length));
    const of = this.slots.find(({ first, count }) => number >= first && number < first + count);
    const { state, profile } = rowsOf(this.stock, number, of?.slot ?? '');
    return sk === 'state' ? state : sk === 'profile' ? profile : undefined;
  }
}

/** A table that no reader lags behind. */
class FreshTable extends MemoryTable {
  override write(key: Key, item: Item | undefined, at: number): void {
    super.write(key, item, at);
    const stored = this.stored(key);
    if (stored) stored.before = undefined;
  }
}

interface SlotQuery {
  readonly IndexName?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
  readonly ExclusiveStartKey?: Item;
  readonly Limit?: number;
}

/** The memory's DynamoDB with room for a million subscribers. */
export class ManyDynamo extends MemoryDynamo {
  private readonly subscribers: ManySubscribers;

  constructor(
    stock: Stock,
    private readonly slots: readonly SlotOfMany[],
  ) {
    super();
    this.subscribers = new ManySubscribers(stock, slots);
    for (const kind of ['editions', 'runs', 'consents']) {
      this.createTable(kind, kind);
      this.tables.set(kind, new FreshTable(kind, this.table(kind).index));
    }
    this.tables.set('subscribers', this.subscribers);
    for (const row of stock.editionRows)
      this.table('editions').write({ pk: String(row.pk), sk: String(row.sk) }, row, 0);
  }

  override carryOut(name: string, given: object): object {
    const { IndexName } = given as SlotQuery;
    return name === 'QueryCommand' && IndexName === subscribersBySlot.index
      ? this.slotPage(given as SlotQuery)
      : super.carryOut(name, given);
  }

  private slotPage({ ExpressionAttributeValues = {}, ExclusiveStartKey, Limit = 6000 }: SlotQuery): object {
    const values = Object.values(ExpressionAttributeValues);
    const slot = values.find((value) => this.slots.some((each) => each.slot === value));
    const above = values.find((value) => value !== slot);
    const after = ExclusiveStartKey?.pk ?? above;
    const Items = this.subscribers.page(slot, after === undefined ? undefined : String(after), Limit);
    return { Items, Count: Items.length, ...(Items.length === Limit && { LastEvaluatedKey: Items.at(-1) }) };
  }
}
