/** Waits for that many milliseconds. */
export type Sleep = (ms: number) => Promise<unknown>;

/** Lets tasks through, one at a time. */
export type Gate = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** A gate for one task at a time, each starting at least `pauseMs` after the previous one ended. */
export function paced(pauseMs: number, sleep: Sleep, now: () => number = () => performance.now()): Gate {
  let last: Promise<unknown> = Promise.resolve();
  let endedAt = Number.NEGATIVE_INFINITY;
  return (task) => {
    const turn = last.then(async () => {
      const missing = endedAt + pauseMs - now();
      if (missing > 0) await sleep(missing);
      try {
        return await task();
      } finally {
        endedAt = now();
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
