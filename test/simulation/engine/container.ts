import type { Fate } from './faults.js';
import type { Scheduler } from './scheduler.js';

/** What a call is made to. */
export type Service = 'dynamo' | 'ses' | 'sqs' | 'secrets';

/** What a process needs of the world that it runs in. */
export interface Surroundings {
  readonly scheduler: Scheduler;
  readonly fateOf: (service: Service, call: string) => Fate;
  readonly latencyMs: (call: string) => number;
  readonly trace: (line: string) => void;
  readonly called: (invocation: Invocation) => void;
  readonly died: (invocation: Invocation) => void;
  /** Who makes the call that is carried out just now. */
  acting: Invocation | undefined;
}

/** One invocation of a function, from its start until it ends, dies or is out of time. */
export class Invocation {
  calls = 0;
  isOver = false;
  /** Whether it died, and at what. */
  diedAt: string | undefined;

  constructor(
    readonly name: string,
    readonly startedAt: number,
    readonly endsAt: number,
  ) {}
}

/** Tells a dead process that it is dead: never. */
const never = <Answer>() => new Promise<Answer>(() => {});

/** A warm process of one function: it keeps what the function remembers until it dies. */
export class Container {
  current: Invocation | undefined;
  isAlive = true;
  sleeping = 0;
  /** Calls whose answers are under way. */
  private pending = 0;
  /** What goes on in the next invocation: between two a process is frozen. */
  private readonly frozen: (() => void)[] = [];

  constructor(
    readonly world: Surroundings,
    /** By how much its clock is wrong. */
    readonly skewMs: number,
  ) {}

  /** Calls the world outside; `effect` happens as one step, some time later, or not at all; it throws what the client would. */
  call<Answer>(service: Service, what: string, effect: (fate: Fate) => Answer): Promise<Answer> {
    const { world, current } = this;
    if (!this.isAlive || !current) return never();
    if (current.isOver) {
      return new Promise((resolve, reject) => {
        this.frozen.push(() => void this.call(service, what, effect).then(resolve, reject));
      });
    }
    current.calls += 1;
    const name = `${current.name} ${current.calls} ${what}`;
    const fate = world.fateOf(service, name);
    this.pending += 1;
    return new Promise((resolve, reject) => {
      world.scheduler.in(world.latencyMs(name), () => {
        if (!this.isAlive) return;
        this.pending -= 1;
        world.acting = current;
        world.called(current);
        world.trace(fate === 'well' ? name : `${name} -> ${fate}`);
        if (fate === 'crash-before') return this.die(name);
        try {
          const answer = effect(fate);
          if (fate === 'crash-after') return this.die(name);
          this.hears(() => resolve(answer));
        } catch (error) {
          if (fate === 'crash-after') return this.die(name);
          this.hears(() => reject(error));
        }
      });
    });
  }

  /** Begins an invocation. */
  begin(invocation: Invocation): void {
    this.current = invocation;
    for (const goOn of this.frozen.splice(0)) goOn();
  }

  private hears(answer: () => void): void {
    if (this.current?.isOver) this.frozen.push(answer);
    else answer();
  }

  sleep(ms: number): Promise<void> {
    if (!this.isAlive) return never();
    this.sleeping += 1;
    return new Promise((resolve) => {
      this.world.scheduler.in(ms, () => {
        this.sleeping -= 1;
        if (this.isAlive) resolve();
      });
    });
  }

  /** Ends the process at once, with all that it remembers. */
  die(at: string): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    if (!this.current || this.current.isOver) return;
    this.current.isOver = true;
    this.current.diedAt = at;
    this.world.died(this.current);
  }

  /** Whether the function is at work and not waiting for the world outside. */
  isBusy(): boolean {
    return this.isAlive && this.current !== undefined && !this.current.isOver && this.pending === 0;
  }
}
