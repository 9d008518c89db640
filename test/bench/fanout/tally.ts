const windowMs = 10_000;

/**
 * How often single items are written: the most writes that one item had in ten seconds, as writes a second. What one
 * digest does to its own subscriber, a claim and its outcome, is no more than 0.2.
 */
export class WriteHeat {
  private window = Number.NaN;
  private readonly counts = new Map<string, number>();
  private most = 0;
  /** The item that was written most. */
  hottest = '';

  note(item: string, atMs: number): void {
    const window = Math.floor(atMs / windowMs);
    if (window !== this.window) this.counts.clear();
    this.window = window;
    const count = (this.counts.get(item) ?? 0) + 1;
    this.counts.set(item, count);
    if (count <= this.most) return;
    this.most = count;
    this.hottest = item;
  }

  get perSecond(): number {
    return this.most / (windowMs / 1000);
  }
}

/** Counts by name. */
export class Counts {
  private readonly counted = new Map<string, number>();

  add(name: string, count = 1): void {
    this.counted.set(name, (this.counted.get(name) ?? 0) + count);
  }

  of(name: string): number {
    return this.counted.get(name) ?? 0;
  }

  all(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counted].sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}

/** The subscribers that are in more than one batch. */
export function inTwoBatches(batches: Iterable<readonly string[]>): number {
  const known = new Set<string>();
  const twice = new Set<string>();
  for (const subscribers of batches) {
    for (const id of subscribers) (known.has(id) ? twice : known).add(id);
  }
  return twice.size;
}
