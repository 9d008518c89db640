import type { HouseParts, SimulatedFunction } from '../house/functions.js';
import { type Cloud, surroundingsOf } from './clients.js';
import { Container, Invocation, type Surroundings } from './container.js';
import type { Faults } from './faults.js';
import type { Profile } from './profile.js';

/** How an invocation ended. */
export type End<Answer> = { readonly end: 'done'; readonly answer: Answer } | { readonly end: 'failed' | 'died' };

type Handler = (input: never, invocation: Invocation, now: () => number) => Promise<unknown>;

/** What the processes of a world share. */
interface Shared extends Surroundings {
  readonly faults: Faults;
  readonly profile: Profile;
}

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));
const patience = 20_000;

/** The processes of all functions: warm ones are used again, dead ones never. */
export class Fleet {
  private readonly idle = new Map<string, { container: Container; handle: Handler }[]>();
  private readonly atWork = new Set<Container>();
  private readonly deaths = new Map<Invocation, () => void>();

  constructor(
    private readonly world: Shared,
    private readonly cloud: Cloud,
    private readonly parts: HouseParts,
  ) {}

  /** Runs a function once, in a warm process if there is one. */
  async invoke<Input, Answer>(of: SimulatedFunction<Input, Answer>, name: string, input: Input): Promise<End<Answer>> {
    const { scheduler, faults } = this.world;
    const { now } = scheduler;
    const warm = faults.chance.isBelow(0.7, `${name} warm`) ? this.idle.get(of.name)?.pop() : undefined;
    const { container, handle } = warm ?? this.start(of, name);
    const invocation = new Invocation(name, now, now + of.timeoutMs);
    container.begin(invocation);
    this.atWork.add(container);
    const end = await new Promise<End<Answer>>((resolve) => {
      this.deaths.set(invocation, () => resolve({ end: 'died' }));
      scheduler.at(invocation.endsAt, () => {
        if (!invocation.isOver) container.die('out of time');
      });
      const over = (found: End<Answer>) => {
        if (invocation.isOver) return;
        invocation.isOver = true;
        resolve(found);
      };
      handle(input as never, invocation, () => scheduler.now).then(
        (answer) => over({ end: 'done', answer: answer as Answer }),
        (error: Error) => {
          this.world.trace(`${name} failed: ${error.message}`);
          over({ end: 'failed' });
        },
      );
    });
    this.deaths.delete(invocation);
    this.atWork.delete(container);
    if (container.isAlive) this.idle.set(of.name, [...(this.idle.get(of.name) ?? []), { container, handle }]);
    return end;
  }

  /** Tells whoever waits for an invocation that it died. */
  bury(invocation: Invocation): void {
    this.deaths.get(invocation)?.();
  }

  /** Resolves when every function at work waits for the world outside, or sleeps. */
  async settled(): Promise<void> {
    await immediate();
    for (let round = 0; ; round += 1) {
      let isBusy = false;
      for (const container of this.atWork) isBusy ||= container.isBusy() && (container.sleeping === 0 || round < 3);
      if (!isBusy) return;
      if (round > patience) {
        const busy = [...this.atWork].filter((container) => container.isBusy());
        const names = busy.map(({ current }) => `${current?.name} after call ${current?.calls}`).join(', ');
        throw new Error(`a function waits for something that is not simulated: ${names}`);
      }
      await immediate();
    }
  }

  private start<Input, Answer>(of: SimulatedFunction<Input, Answer>, name: string) {
    const { faults, profile } = this.world;
    const container = new Container(this.world, profile.skewMs * (2 * faults.chance.of(`${name} skew`) - 1));
    const outside = surroundingsOf(container, this.cloud, (what) => faults.chance.of(`${what} drawn`));
    return { container, handle: of.setUp(outside, this.parts) as Handler };
  }
}
