/** How many functions of the account run at the same time. */
export interface Executions {
  /** Begins one and answers how to end it; `undefined` when as many run as may. */
  begin(): (() => void) | undefined;
  /** Resolves when one ends, or at once while there is room. */
  room(): Promise<void>;
}

/** What AWS gives a new account, and about what a laptop bears. */
export const newAccountConcurrency = 10;

/** Counts executions against the account's quota. */
export function openExecutions(quota: number): Executions {
  let running = 0;
  let waiting: (() => void)[] = [];
  return {
    begin() {
      if (running >= quota) return undefined;
      running += 1;
      return () => {
        running -= 1;
        const woken = waiting;
        waiting = [];
        for (const wake of woken) wake();
      };
    },
    room: () => (running < quota ? Promise.resolve() : new Promise((wake) => waiting.push(wake))),
  };
}
