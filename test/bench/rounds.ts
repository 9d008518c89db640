/** What a contender took in each round, user and system time of the process, and the clock's time beside it. */
export interface Rounds {
  readonly cpuMs: readonly number[];
  readonly wallMs: readonly number[];
}

/** Time that a contender measured itself, because the work is done by another process. */
interface OwnTime {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** One round's work of a contender; it answers its own time if the work is not done in this process. */
type Contender = () => unknown;

/** The middle of a figure's rounds, and by what share of it they differ. */
export interface Measured {
  readonly value: number;
  /** From the lowest to the highest round, over the middle; of seven and more, one at each end does not count. */
  readonly spread: number;
}

/** Rounds that differ by more than this share of their middle judge nothing. */
export const mostSpread = 0.3;

/**
 * Runs every contender in every round, each time in another order, so that what the machine does besides meets them alike;
 * a first round warms up and does not count.
 */
export async function interleave<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  rounds = 9,
): Promise<Record<Name, Rounds>> {
  const names = Object.keys(contenders) as Name[];
  const taken = new Map<Name, OwnTime[]>(names.map((name) => [name, []]));
  for (let turn = -1; turn < rounds; turn += 1) {
    for (const at of names.keys()) {
      const name = names[(at + turn + 1) % names.length];
      if (name === undefined) continue;
      const time = await timeOf(contenders[name]);
      if (turn >= 0) taken.get(name)?.push(time);
    }
  }
  const roundsOf = (name: Name): Rounds => {
    const times = taken.get(name) ?? [];
    return { cpuMs: times.map(({ cpuMs }) => cpuMs), wallMs: times.map(({ wallMs }) => wallMs) };
  };
  return Object.fromEntries(names.map((name) => [name, roundsOf(name)])) as Record<Name, Rounds>;
}

async function timeOf(contender: Contender): Promise<OwnTime> {
  const wall = performance.now();
  const before = process.cpuUsage();
  const answer = await contender();
  const { user, system } = process.cpuUsage(before);
  if (isOwnTime(answer)) return answer;
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall };
}

function isOwnTime(answer: unknown): answer is OwnTime {
  return typeof answer === 'object' && answer !== null && 'cpuMs' in answer && 'wallMs' in answer;
}

/** Middle and spread of a list of figures, one for each round. */
export function middleOf(values: readonly number[]): Measured {
  const sorted = [...values].sort((one, other) => one - other);
  const value = sorted[sorted.length >> 1] ?? Number.NaN;
  const kept = sorted.length >= 7 ? sorted.slice(1, -1) : sorted;
  return { value, spread: ((kept.at(-1) ?? Number.NaN) - (kept[0] ?? Number.NaN)) / value };
}

/** How many times the CPU time of one contender another took, round by round. */
export function ratioOf(over: Rounds, under: Rounds): Measured {
  return middleOf(over.cpuMs.map((value, round) => value / (under.cpuMs[round] ?? Number.NaN)));
}
