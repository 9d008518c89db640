/** Counts what is under way, so that one can wait until nothing is. */
export interface Activity {
  /** Counts the work as under way until it ends; its failure is the work's own matter. */
  run<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function startActivity(): Activity {
  let underWay = 0;
  let waiting: (() => void)[] = [];
  return {
    async run(work) {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        if (underWay === 0) {
          const woken = waiting;
          waiting = [];
          for (const wake of woken) wake();
        }
      }
    },
    async idle() {
      while (underWay > 0) await new Promise<void>((wake) => waiting.push(wake));
    },
  };
}

/** What every part of a house shares: it tells of failures, and how long a retry waits. */
export interface Surroundings {
  readonly activity: Activity;
  /** Notes one failure, in one line. */
  fail(line: string): void;
  now(): number;
  /** Waits before a retry: not at all under a virtual clock. */
  pause(ms: number): Promise<void>;
  /** Whether the house closes: what is under way then stays as it is durably kept, for the next opening. */
  isClosing(): boolean;
}
