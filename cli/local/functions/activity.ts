import type { Agenda } from '../agenda.js';
import type { Metrics } from '../alarms/metrics.js';

/** Counts work in progress, so that callers can wait until there is none. */
export interface Activity {
  /** Counts the work as in progress until it ends, and passes on its result or failure. */
  run<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Resolves when nothing is in progress. */
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

/** What every part of a house shares. */
export interface Surroundings {
  readonly activity: Activity;
  /** What comes later, in the house's time; `activity` does not wait for it. */
  readonly agenda: Agenda;
  readonly metrics: Metrics;
  /** Records one failure, in one line. */
  fail(line: string): void;
  /** Ends all work, since nothing can be kept any more; the house's next answer is this error. */
  breakDown(error: Error): void;
  now(): number;
  /** Whether the house is closing: work in progress then stays as it is stored, for the next opening. */
  isClosing(): boolean;
}
