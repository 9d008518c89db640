import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Command } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { Scheduler } from '../../simulation/engine/scheduler.js';
import { seeded } from '../measure.js';
import { RateLimit } from './played-ses.js';
import type { ManyDynamo } from './virtual-tables.js';

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));
/** So often a function may be at work without waiting for the clock. */
const patience = 10_000;

/** One process of a function. */
export class Process {
  isAlive = true;
  isAtWork = false;
  /** Answers and pauses that it waits for. */
  waitsFor = 0;
}

/** How late each service answers, and what SES takes. */
interface HouseOptions {
  readonly start: number;
  readonly perSecond: number;
  readonly dynamo: ManyDynamo;
  readonly accepted: (tags: Readonly<Record<string, string>>, at: number) => void;
  readonly enqueue: (body: string, delayMs: number) => void;
  /** Told of every write before it is carried out; a process that must die at it dies. */
  readonly writing: (process: Process, command: Command, at: number) => void;
}

const lateMs = { dynamo: 5, sqs: 5, secrets: 5, ses: 70 } as const;
const secret = JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] });
/** Names of the played commands: in a bundle, classes have others. */
const names = new Map<unknown, string>(
  Object.entries({ BatchGetCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand }).map(
    ([name, command]) => [command, name],
  ),
);
const isWrite = /^(Put|Update|Delete)Command$/;

interface Entries {
  readonly Entries: { readonly Id: string; readonly MessageBody: string; readonly DelaySeconds?: number }[];
}
interface RawMail {
  readonly Tags?: { readonly Name?: string; readonly Value?: string }[];
}

/** Processes and services on a virtual clock: each call takes its time there, and none on this machine. */
export class VirtualHouse {
  readonly scheduler: Scheduler;
  throttled = 0;
  private readonly limit: RateLimit;
  private readonly random = seeded(5);
  private woken: Process | undefined;
  private taken = 0;

  constructor(private readonly options: HouseOptions) {
    this.scheduler = new Scheduler(options.start, () => this.settled());
    this.limit = new RateLimit(options.perSecond, options.start);
  }

  /** What a function of this process is given of the world outside. */
  outside(process: Process) {
    const { scheduler } = this;
    const client = <Client>(service: keyof typeof lateMs, answer: (command: Command) => object) =>
      ({
        send: (command: Command) => this.wait(process, lateMs[service], () => answer(command)),
        destroy: () => {},
      }) as unknown as Client;
    return {
      dynamo: client<DynamoDBDocumentClient>('dynamo', (command) => this.askTables(process, command)),
      ses: client<SESClient>('ses', (command) => this.askSes(command)),
      sqs: client<SQSClient>('sqs', ({ input }) => this.takeJobs(input as Entries)),
      secrets: client<SecretsManagerClient>('secrets', () => ({ SecretString: secret })),
      now: () => Math.round(scheduler.now),
      elapsed: () => scheduler.now,
      sleep: (ms: number) => this.wait(process, ms, () => undefined),
      random: this.random,
    };
  }

  /** Begins work in a process, now. */
  begin<Answer>(process: Process, work: () => Promise<Answer>): Promise<Answer> {
    process.isAtWork = true;
    this.woken = process;
    return work().finally(() => {
      process.isAtWork = false;
    });
  }

  private wait<Answer>(process: Process, ms: number, effect: () => Answer): Promise<Answer> {
    process.waitsFor += 1;
    return new Promise((resolve, reject) => {
      this.scheduler.in(ms, () => {
        if (!process.isAlive) return;
        process.waitsFor -= 1;
        this.woken = process;
        try {
          const answer = effect();
          if (process.isAlive) resolve(answer);
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  private askTables(process: Process, command: Command): object {
    const name = names.get(command.constructor) ?? 'an unknown command';
    if (isWrite.test(name)) this.options.writing(process, command, this.scheduler.now);
    return this.options.dynamo.carryOut(name, command.input);
  }

  private takeJobs({ Entries }: Entries): object {
    for (const { MessageBody, DelaySeconds = 0 } of Entries) this.options.enqueue(MessageBody, DelaySeconds * 1000);
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  }

  /** The rate counts when a mail arrives, not when it is answered; both differ by the same time for all of them. */
  private askSes(command: Command): object {
    const { perSecond, accepted } = this.options;
    if (!(command instanceof SendRawEmailCommand)) {
      return { Max24HourSend: 50_000_000, MaxSendRate: perSecond, SentLast24Hours: this.taken };
    }
    if (!this.limit.takes(this.scheduler.now)) {
      this.throttled += 1;
      const throttling = { name: 'Throttling', $metadata: { httpStatusCode: 400 } };
      throw Object.assign(new Error('Maximum sending rate exceeded.'), throttling);
    }
    this.taken += 1;
    const tags = ((command.input as RawMail).Tags ?? []).map(({ Name = '', Value = '' }) => [Name, Value]);
    accepted(Object.fromEntries(tags), this.scheduler.now);
    return { MessageId: `mail-${this.taken}` };
  }

  /** Resolves when whoever was woken last waits for the clock again. */
  private async settled(): Promise<void> {
    await immediate();
    for (let round = 0; this.woken?.isAtWork && this.woken.isAlive && this.woken.waitsFor === 0; round += 1) {
      if (round > patience) throw new Error('a function waits for something that is not played');
      await immediate();
    }
  }
}
