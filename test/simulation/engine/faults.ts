import type { Chance } from './chance.js';

/** What may befall one call to the world outside. */
export type Fate =
  | 'well'
  | 'crash-before'
  | 'crash-after'
  | 'lost-before'
  | 'lost-after'
  | 'refused'
  | 'failed-before'
  | 'failed-after';

/** How likely each fate of a call is. */
export type FateRates = Readonly<Partial<Record<Exclude<Fate, 'well'>, number>>>;

/** Rates that share one probability evenly. */
export const some = (rate: number, names: readonly (keyof FateRates)[]): FateRates =>
  Object.fromEntries(names.map((name) => [name, rate / names.length]));

/**
 * Decides what goes wrong. Every fault has a name; with `allowed`, only the named ones happen, which is how a failing
 * run is shrunk and replayed.
 */
export class Faults {
  /** The names of those that have happened, in their order. */
  readonly struck: string[] = [];

  constructor(
    readonly chance: Chance,
    private readonly allowed: ReadonlySet<string> | undefined,
  ) {}

  /** Whether this fault happens. */
  strikes(name: string, probability: number): boolean {
    if (!this.chance.isBelow(probability, name)) return false;
    if (this.allowed && !this.allowed.has(name)) return false;
    this.struck.push(name);
    return true;
  }

  /** The fate of one call. */
  fateOf(call: string, rates: FateRates): Fate {
    let drawn = this.chance.of(`${call} fate`);
    for (const fate in rates) {
      const rate = rates[fate as keyof FateRates] ?? 0;
      if (drawn < rate) {
        const name = `${fate}: ${call}`;
        if (this.allowed && !this.allowed.has(name)) return 'well';
        this.struck.push(name);
        return fate as Fate;
      }
      drawn -= rate;
    }
    return 'well';
  }
}
