import type { Faults } from '../engine/faults.js';
import type { Scheduler } from '../engine/scheduler.js';

export interface Message {
  readonly name: string;
  readonly body: string;
  /** How often it came back from its own function to its own queue. */
  readonly hops: number;
  /** How many were sent of the same label before. */
  readonly place: number;
  receives: number;
}

/** How a queue feeds its function, as `infra/constructs/queue-worker.ts` deploys it. */
export interface QueueShape {
  readonly name: string;
  readonly timeoutMs: number;
  readonly maxConcurrency: number;
}

/** What spoils the delivery of messages, each a probability. */
export interface QueueTrouble {
  readonly duplicated: number;
  readonly delayed: number;
}

/** Works on one message; tells whether it is done. */
type Work = (message: Message, invocation: string) => Promise<'done' | 'failed'>;

const attempts = 5;
const visibilityFactor = 6;
const mostHops = 16;
/** What comes back to its own queue is doubled no more after so many times: its copies would grow without end. */
const mostDoubled = 10;

/** SQS with its event source: at least once, in no order, five attempts, then the dead letters. */
export class Queue {
  readonly deadLetters: Message[] = [];
  private readonly waiting: Message[] = [];
  private working = 0;
  private hidden = 0;
  private readonly counts = new Map<string, number>();

  constructor(
    readonly shape: QueueShape,
    private readonly scheduler: Scheduler,
    private readonly faults: Faults,
    private readonly trouble: QueueTrouble,
    private readonly work: Work,
  ) {}

  /** How many messages are neither done nor given up. */
  get depth(): number {
    return this.waiting.length + this.working + this.hidden;
  }

  send(body: string, label: string, { delayMs = 0, hops = 0 } = {}): void {
    const count = (this.counts.get(label) ?? 0) + 1;
    this.counts.set(label, count);
    const name = `${this.shape.name} ${label}#${count}`;
    const { faults } = this;
    const late = faults.strikes(`delayed: ${name}`, this.trouble.delayed)
      ? faults.chance.between(1_000, 600_000, `${name} by`)
      : faults.chance.between(10, 400, `${name} transit`);
    const message = { name, body, hops, place: count, receives: 0 };
    // AWS takes a message that came back this often for a loop and stops it.
    if (hops > mostHops) this.deadLetters.push(message);
    else this.show(message, delayMs + late);
    if (hops <= mostHops && count <= mostDoubled && faults.strikes(`twice: ${name}`, this.trouble.duplicated)) {
      this.show({ ...message, name: `${name} twin` }, delayMs + late + faults.chance.between(0, 1_500, `${name} twin`));
    }
  }

  private show(message: Message, inMs: number): void {
    this.hidden += 1;
    this.scheduler.in(inMs, () => {
      this.hidden -= 1;
      this.waiting.push(message);
      this.feed();
    });
  }

  private feed(): void {
    while (this.working < this.shape.maxConcurrency && this.waiting.length > 0) {
      const pick = this.faults.chance.whole(
        0,
        this.waiting.length - 1,
        `${this.shape.name} order ${this.waiting[0]?.name}`,
      );
      const [message] = this.waiting.splice(pick, 1);
      if (message) this.deliver(message);
    }
  }

  private deliver(message: Message): void {
    message.receives += 1;
    if (message.receives > attempts) {
      this.deadLetters.push(message);
      return;
    }
    const startedAt = this.scheduler.now;
    this.working += 1;
    void this.work(message, `${message.name}@${message.receives}`).then((end) => {
      this.working -= 1;
      const visibleAgain = startedAt + visibilityFactor * this.shape.timeoutMs - this.scheduler.now;
      if (end === 'failed') this.show(message, visibleAgain);
      else this.repeat(message);
      this.feed();
    });
  }

  /** What was done may be delivered once more: a deletion that came too late, or a second copy. */
  private repeat(message: Message): void {
    const name = `duplicated: ${message.name}@${message.receives}`;
    if (message.place > mostDoubled || !this.faults.strikes(name, this.trouble.duplicated)) return;
    this.show({ ...message, receives: message.receives }, this.faults.chance.between(100, 1_800_000, `${name} in`));
  }
}
