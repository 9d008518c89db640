import type { Scheduler } from '../../simulation/engine/scheduler.js';
import type { FedFunction } from './deployment.js';
import { Process } from './virtual-house.js';

/** Works on the messages of one invocation and answers the places of those that failed. */
export type Work = (bodies: readonly string[], endsAt: number) => Promise<readonly number[]>;

interface QueueOptions {
  readonly scheduler: Scheduler;
  readonly fed: Pick<FedFunction, 'batchSize' | 'maxConcurrency' | 'windowMs' | 'timeoutMs'>;
  /** Sets up a new process of the function. */
  readonly setUp: (process: Process) => Work;
  readonly begin: <Answer>(process: Process, work: () => Promise<Answer>) => Promise<Answer>;
}

/** A message that failed is shown again after this. */
const againAfterMs = 60_000;

/** A queue that feeds a function as its mapping says, on a virtual clock; warm processes are used again. */
export class VirtualQueue {
  failed = 0;
  invocations = 0;
  private readonly waiting: { readonly body: string; readonly at: number }[] = [];
  private next = 0;
  private working = 0;
  private isWindowOpen = false;
  private readonly idle: { readonly process: Process; readonly work: Work }[] = [];

  constructor(private readonly options: QueueOptions) {}

  /** Messages that can be seen or are worked on. */
  get depth(): number {
    return this.waiting.length - this.next + this.working;
  }

  send(body: string, delayMs = 0): void {
    const { scheduler } = this.options;
    scheduler.in(delayMs, () => {
      this.waiting.push({ body, at: scheduler.now });
      this.feed();
    });
  }

  private feed(): void {
    const { fed, scheduler } = this.options;
    while (this.working < fed.maxConcurrency && this.next < this.waiting.length) {
      const isFull = this.waiting.length - this.next >= fed.batchSize;
      const due = (this.waiting[this.next]?.at ?? 0) + fed.windowMs;
      if (!isFull && due > scheduler.now) {
        if (!this.isWindowOpen) scheduler.at(due, () => this.closeWindow());
        this.isWindowOpen = true;
        return;
      }
      this.deliver(this.waiting.slice(this.next, this.next + fed.batchSize).map(({ body }) => body));
    }
  }

  private closeWindow(): void {
    this.isWindowOpen = false;
    this.feed();
  }

  private deliver(bodies: readonly string[]): void {
    const { fed, scheduler, begin, setUp } = this.options;
    this.next += bodies.length;
    if (this.next > 1000) {
      this.waiting.splice(0, this.next);
      this.next = 0;
    }
    this.working += 1;
    this.invocations += 1;
    const warm = this.idle.pop();
    const process = warm?.process ?? new Process();
    const work = warm?.work ?? setUp(process);
    void begin(process, () => work(bodies, scheduler.now + fed.timeoutMs)).then((failed) => {
      this.working -= 1;
      this.idle.push({ process, work });
      this.failed += failed.length;
      for (const place of failed) this.send(bodies[place] ?? '', againAfterMs);
      this.feed();
    });
  }
}
