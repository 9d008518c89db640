interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A run of two days takes some 3,000 steps, a week of the year some 100,000. */
const mostSteps = 1_000_000;

const isBefore = (one: Entry, other: Entry) => one.at < other.at || (one.at === other.at && one.order < other.order);

/** A virtual clock with the things that are to happen; whatever happens, happens one after the other. */
export class Scheduler {
  private readonly heap: Entry[] = [];
  private count = 0;

  /** `settled` resolves when everything that the last thing set going waits for the clock again. */
  constructor(
    public now: number,
    private readonly settled: () => Promise<void>,
  ) {}

  at(instant: number, run: () => void): void {
    const entry = { at: Math.max(instant, this.now), order: this.count, run };
    this.count += 1;
    const { heap } = this;
    let place = heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent] as Entry;
      if (!isBefore(entry, above)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = entry;
  }

  in(ms: number, run: () => void): void {
    this.at(this.now + ms, run);
  }

  /** Lets everything happen that is due until then; throws where more happens than in any run that ends. */
  async runUntil(end: number): Promise<void> {
    let steps = 0;
    for (let next = this.heap[0]; next && next.at <= end; next = this.heap[0]) {
      steps += 1;
      if (steps > mostSteps) throw new Error('the run goes round in circles');
      this.takeFirst();
      this.now = next.at;
      next.run();
      await this.settled();
    }
    this.now = end;
  }

  private takeFirst(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!isBefore(heap[child] as Entry, last)) break;
      heap[place] = heap[child] as Entry;
      place = child;
    }
    heap[place] = last;
  }
}
