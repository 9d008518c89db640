import { setTimeout as sleep } from 'node:timers/promises';

/** The time and chance that a function runs in; a simulator puts its own in their place. */
export interface Surroundings {
  readonly now: () => number;
  /** Milliseconds since some fixed instant, which no change of the clock moves. */
  readonly elapsed: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** What a deployed function runs in. */
export const realSurroundings: Surroundings = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep,
  random: Math.random,
};
