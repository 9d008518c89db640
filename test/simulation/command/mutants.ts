import { counted } from '../check/judge.js';
import type { RunOptions } from '../engine/profile.js';
import { claimBugs } from '../mutants/claim-bugs.js';
import { deliveryBugs } from '../mutants/delivery-bugs.js';
import type { Mutant } from '../mutants/mutant.js';
import { peopleBugs } from '../mutants/people-bugs.js';
import { bundleWorker, StaleEdit } from './bundle.js';
import { Pool } from './pool.js';
import type { BareResult } from './worker.js';

/** How the hunt for planted bugs went. */
export interface MutantsReport {
  readonly planted: number;
  readonly caught: number;
  /** Names of those that were not caught within a minute, or whose place in the code is gone. */
  readonly survivors: readonly string[];
}

const patienceMs = 60_000;
const chunk = 12;

/** Every bug that is planted. */
export const mutants: readonly Mutant[] = [...claimBugs, ...deliveryBugs, ...peopleBugs];

const isFailing = (result: BareResult) => counted.some((name) => result[name] > 0);

/** What the product itself shows of a seed. */
class Baseline {
  private readonly known = new Map<string, BareResult>();

  constructor(private readonly pool: Pool) {}

  async of(seeds: readonly number[], options: RunOptions): Promise<readonly BareResult[]> {
    const key = (seed: number) => `${JSON.stringify(options)} ${seed}`;
    for (const seed of seeds) {
      if (this.known.has(key(seed))) continue;
      const { results } = await this.pool.ask({ kind: 'runs', from: seed, count: 1, options });
      for (const result of results) this.known.set(key(seed), result);
    }
    return seeds.flatMap((seed) => this.known.get(key(seed)) ?? []);
  }
}

interface Catch {
  readonly seed: number;
  readonly what: string;
}

/** Looks for a seed on which the mutant shows a fault and the product shows none. */
async function hunt(mutant: Mutant, seed: number, baseline: Baseline): Promise<Catch | undefined> {
  const options: RunOptions = { lostEvents: 0, outageHours: undefined, ...mutant.options };
  const pool = new Pool(await bundleWorker('mutant', mutant.edits));
  const end = performance.now() + patienceMs;
  try {
    for (let from = seed; performance.now() < end; from += chunk * pool.size) {
      const starts = Array.from({ length: pool.size }, (_, index) => from + index * chunk);
      const runs = starts.map((start) => pool.ask({ kind: 'runs', from: start, count: chunk, options }));
      const results = (await Promise.all(runs)).flatMap((answer) => answer.results);
      const failing = results.filter(isFailing);
      const sound = (
        await baseline.of(
          failing.map((result) => result.seed),
          options,
        )
      ).filter((result) => !isFailing(result));
      const caught = failing.find((result) => sound.some((found) => found.seed === result.seed));
      const finding = caught?.findings.find(({ counts }) => counted.some((name) => name === counts));
      if (caught && finding) return { seed: caught.seed, what: `${finding.counts}: ${finding.what}` };
    }
    return undefined;
  } finally {
    pool.stop();
  }
}

/** Plants one bug after the other and waits for the checker to see it. */
export async function huntMutants(
  seed: number,
  only: string | undefined,
  say: (line: string) => void,
): Promise<MutantsReport> {
  const chosen = mutants.filter(({ name }) => only === undefined || name.includes(only));
  const pool = new Pool(await bundleWorker('baseline'), 1);
  const baseline = new Baseline(pool);
  const survivors: string[] = [];
  try {
    for (const mutant of chosen) {
      const start = performance.now();
      const found = await hunt(mutant, seed, baseline).catch((error: unknown) => {
        if (error instanceof StaleEdit) return { stale: error.message };
        return { seed, what: `it does not even run: ${(error as Error).message.split('\n')[0]}` };
      });
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const isCaught = found !== undefined && !('stale' in found);
      if (!isCaught) survivors.push(mutant.name);
      const how =
        found === undefined
          ? 'NOT CAUGHT'
          : 'stale' in found
            ? `STALE, ${found.stale}`
            : `seed ${found.seed}, ${found.what}`;
      say(`${mutant.name}: ${how} (${seconds} s)`);
    }
  } finally {
    pool.stop();
  }
  return { planted: chosen.length, caught: chosen.length - survivors.length, survivors };
}
