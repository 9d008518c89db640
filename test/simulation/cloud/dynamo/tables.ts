import type { Item, Key } from '../../../../shared/storage/dynamo/rows.js';

/** An index as `shared/contract/tables.ts` names it: its keys, and nothing but keys in it. */
export interface Index {
  readonly index: string;
  readonly pk: string;
  readonly sk: string;
}

/** An item with what it was before its last write, for readers that lag behind. */
export interface StoredItem {
  readonly key: Key;
  item: Item | undefined;
  before: Item | undefined;
  changedAt: number;
}

/** What one write did to a table. */
export interface Change {
  readonly table: string;
  readonly key: Key;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** One table in memory. */
export class MemoryTable {
  private readonly partitions = new Map<string, Map<string, StoredItem>>();

  constructor(
    readonly name: string,
    readonly index: Index | undefined,
  ) {}

  stored({ pk, sk }: Key): StoredItem | undefined {
    return this.partitions.get(pk)?.get(sk);
  }

  /** Everything that was ever written under a partition key, deleted items too; without a key, all of the table. */
  *all(pk?: string): Generator<StoredItem> {
    const partitions = pk === undefined ? this.partitions.values() : [this.partitions.get(pk)];
    for (const partition of partitions) if (partition) yield* partition.values();
  }

  /** The items that are there now. */
  items(): Item[] {
    return [...this.all()].flatMap(({ item }) => (item ? [item] : []));
  }

  write(key: Key, item: Item | undefined, at: number): void {
    let partition = this.partitions.get(key.pk);
    if (!partition) {
      partition = new Map();
      this.partitions.set(key.pk, partition);
    }
    const stored = partition.get(key.sk);
    if (stored) Object.assign(stored, { before: stored.item, item, changedAt: at });
    else partition.set(key.sk, { key: { pk: key.pk, sk: key.sk }, before: undefined, item, changedAt: at });
  }
}
