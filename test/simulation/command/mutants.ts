import { counted } from '../check/judge.js';
import type { RunOptions } from '../engine/draw-profile.js';
import { claimBugs } from '../mutants/claim-bugs.js';
import { deliveryBugs } from '../mutants/delivery-bugs.js';
import { learningBugs } from '../mutants/learning-bugs.js';
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

/** Of processor time for each process, so that a busy machine lets no bug survive. */
const patienceMs = 60_000;
const chunk = 4;

/** Every bug that is planted. */
export const mutants: readonly Mutant[] = [...claimBugs, ...deliveryBugs, ...peopleBugs, ...learningBugs];

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

/** A fault without what differs from run to run: the first line, since a stack names the bundle. */
const kindOf = (what: string) => (what.split('\n')[0] ?? '').replace(/\d+/g, '#');

const faultsIn = (results: readonly BareResult[]) =>
  results.flatMap(({ seed, findings }) =>
    findings.flatMap(({ counts, what }) =>
      counted.some((name) => name === counts) ? [{ seed, what: `${counts}: ${what}` }] : [],
    ),
  );

/** How often a fault must be seen by the mutant alone, if the product has faults of that kind too. */
const fewAlone = 4;

interface Fault {
  readonly seed: number;
  readonly what: string;
}

/**
 * A fault that is the mutant's and not the product's: on no seed has the product one of its kind, or far less often. A seed
 * on which both have it says nothing.
 */
function ownFault(mutant: readonly Fault[], product: readonly Fault[]): Fault | undefined {
  const known = new Set(product.map(({ seed, what }) => `${seed} ${kindOf(what)}`));
  const alone = mutant.filter(({ seed, what }) => !known.has(`${seed} ${kindOf(what)}`));
  return alone.find(({ what }) => {
    const isOfKind = (fault: Fault) => kindOf(fault.what) === kindOf(what);
    const [own, noise] = [alone.filter(isOfKind).length, product.filter(isOfKind).length];
    return noise === 0 || (own >= fewAlone && own > 3 * noise);
  });
}

/** Looks for a fault that the mutant shows and the product, on the same seeds, does not. */
async function hunt(mutant: Mutant, seed: number, baseline: Baseline): Promise<Hunted> {
  const options: RunOptions = { lostEvents: 0, outageHours: undefined, ...mutant.options };
  const pool = new Pool(await bundleWorker('mutant', mutant.edits));
  let busyMs = 0;
  const faults: Fault[] = [];
  const seeds: number[] = [];
  try {
    for (let from = seed; busyMs < patienceMs; from += chunk * pool.size) {
      const starts = Array.from({ length: pool.size }, (_, index) => from + index * chunk);
      const asked = starts.map((start) => pool.ask({ kind: 'runs', from: start, count: chunk, options }));
      const answers = await Promise.all(asked);
      busyMs += Math.max(...answers.map((answer) => answer.busyMs));
      const results = answers.flatMap((answer) => answer.results);
      seeds.push(...results.map((result) => result.seed));
      faults.push(...faultsIn(results));
      const caught = faults.length > 0 ? ownFault(faults, faultsIn(await baseline.of(seeds, options))) : undefined;
      if (caught) return { runs: seeds.length, busyMs, caught };
    }
    return { runs: seeds.length, busyMs };
  } finally {
    pool.stop();
  }
}

/** How long it took, and the fault by which the bug was seen. */
interface Hunted {
  readonly runs: number;
  readonly busyMs: number;
  readonly caught?: { readonly seed: number; readonly what: string };
}

/** How one hunt is told. */
async function told(mutant: Mutant, seed: number, baseline: Baseline): Promise<{ isCaught: boolean; how: string }> {
  try {
    const { runs, busyMs, caught } = await hunt(mutant, seed, baseline);
    const how = caught ? `seed ${caught.seed}, ${caught.what}` : 'NOT CAUGHT';
    return { isCaught: caught !== undefined, how: `${how} (${runs} runs, ${(busyMs / 1000).toFixed(1)} s)` };
  } catch (error) {
    if (error instanceof StaleEdit) return { isCaught: false, how: `its place is gone: ${error.message}` };
    return { isCaught: false, how: `it cannot be tried: ${(error as Error).message.split('\n')[0]}` };
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
      const { isCaught, how } = await told(mutant, seed, baseline);
      if (!isCaught) survivors.push(mutant.name);
      say(`${mutant.name}: ${how}`);
    }
  } finally {
    pool.stop();
  }
  return { planted: chosen.length, caught: chosen.length - survivors.length, survivors };
}
