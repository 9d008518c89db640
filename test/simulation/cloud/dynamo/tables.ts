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
  private readonly indexed = new Map<unknown, Set<StoredItem>>();

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

  /** Everything that is, or was before its last write, under a key of the index. */
  ofIndex(key: unknown): Iterable<StoredItem> {
    return this.indexed.get(key) ?? [];
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
    const before = partition.get(key.sk);
    const stored = before ?? { key: { pk: key.pk, sk: key.sk }, item: undefined, before: undefined, changedAt: at };
    if (!before) partition.set(key.sk, stored);
    const forgotten = stored.before;
    Object.assign(stored, { before: stored.item, item, changedAt: at });
    if (this.index) this.reindex(stored, forgotten, this.index.pk);
  }

  private reindex(stored: StoredItem, forgotten: Item | undefined, pk: string): void {
    const held = [stored.item?.[pk], stored.before?.[pk]];
    const gone = forgotten?.[pk];
    if (gone !== undefined && !held.includes(gone)) this.indexed.get(gone)?.delete(stored);
    for (const key of held) {
      if (key === undefined) continue;
      const rows = this.indexed.get(key) ?? new Set();
      this.indexed.set(key, rows.add(stored));
    }
  }
}
