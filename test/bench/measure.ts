import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A small seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};

/**
 * By how many megabytes the heap grows while `run` works, its garbage included, and how much of that its answer keeps.
 */
export function heapGrowth(run: () => unknown): { readonly grownMB: number; readonly keptMB: number } {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const answer = [run()];
  const grown = process.memoryUsage().heapUsed - before;
  collectGarbage();
  const kept = process.memoryUsage().heapUsed - before;
  // Read once more, so that it is still held at the measurement above.
  if (answer.length === 0) throw new Error('nothing was measured');
  return { grownMB: grown / 1e6, keptMB: kept / 1e6 };
}
