import type { PapersFound } from '../../../shared/contract/events.js';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import { MemoryDynamo } from '../cloud/dynamo/memory-dynamo.js';
import type { Change } from '../cloud/dynamo/tables.js';
import { type Message, Queue, type QueueShape } from '../cloud/queue.js';
import { type AcceptedMail, MemorySes } from '../cloud/ses.js';
import {
  type HouseParts,
  mayComeBack,
  recordMailEventsFunction,
  type SimulatedFunction,
  sendDigestFunction,
  sendNoticeFunction,
} from '../house/functions.js';
import { lookUpFunction } from '../house/learning-functions.js';
import { Chance } from './chance.js';
import type { Cloud } from './clients.js';
import type { Invocation, Service, Surroundings } from './container.js';
import { type Fate, Faults } from './faults.js';
import { type End, Fleet } from './fleet.js';
import { knownMail, Ledger, type MailEventFate } from './ledger.js';
import { MailEvents, type Refusal } from './mail-events.js';
import type { Profile } from './profile.js';
import { Scheduler } from './scheduler.js';
import { readFaults, weatherAt } from './weather.js';

export const secret = JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] });

/** A whole installation in one process: the cloud, its functions, and what goes wrong. */
export class World implements Surroundings {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly dynamo: MemoryDynamo;
  readonly ses: MemorySes;
  readonly ledger = new Ledger();
  readonly queues: Readonly<Record<'digests' | 'notices' | 'events' | 'ingest', Queue>>;
  readonly lines: string[] = [];
  /** Keys of the batches that have open candidates. */
  readonly openBatches = new Set<string>();
  /** Subscribers whose rows were damaged on purpose. */
  readonly damaged: string[] = [];
  acting: Invocation | undefined;
  acceptedMail: (mail: AcceptedMail) => void = () => {};
  /** Told of every event that papers were found, and who told it. */
  found: (found: PapersFound, by: string) => void = () => {};
  /** Told of every call. */
  readonly watchers: ((invocation: Invocation) => void)[] = [];
  private readonly hops = new Map<string, number>();
  private readonly fleet: Fleet;
  private readonly mailEvents: MailEvents;

  constructor(
    start: number,
    readonly profile: Profile,
    seed: number,
    allowed: ReadonlySet<string> | undefined,
    days: HouseParts['days'],
    readonly isTraced: boolean,
  ) {
    this.scheduler = new Scheduler(start, () => this.fleet.settled());
    this.faults = new Faults(new Chance(seed), allowed);
    const now = () => this.scheduler.now;
    this.dynamo = new MemoryDynamo({ now, faults: readFaults(this), changed: (change) => this.changed(change) });
    for (const kind of ['papers', 'editions', 'subscribers', 'runs', 'consents']) this.dynamo.createTable(kind, kind);
    this.ses = new MemorySes(
      now,
      () => weatherAt(profile, now()),
      (mail, fate) => this.accepted(mail, fate),
      (offer) => this.ledger.offers.push({ ...offer, by: this.acting?.name ?? '' }),
    );
    const { duplicated, delayed } = profile;
    const queue = (shape: QueueShape, of: SimulatedFunction<string, 'done' | 'failed'>) =>
      new Queue(shape, this.scheduler, this.faults, { duplicated, delayed }, (message, name) =>
        this.worked(of, name, message),
      );
    this.queues = {
      digests: queue({ name: 'digests', timeoutMs: 3 * minuteMs, maxConcurrency: 2 }, sendDigestFunction),
      notices: queue({ name: 'notices', timeoutMs: 2 * minuteMs, maxConcurrency: 2 }, sendNoticeFunction),
      ingest: queue({ name: 'ingest', timeoutMs: 10 * minuteMs, maxConcurrency: 1 }, this.lookUps()),
      events: queue({ name: 'events', timeoutMs: minuteMs, maxConcurrency: 5 }, recordMailEventsFunction),
    };
    this.mailEvents = new MailEvents(this.scheduler, this.faults, profile, this.queues.events);
    const enqueue: Cloud['enqueue'] = (url, body, delay) => this.enqueue(url, body, delay);
    const warn = (message: string, what: object) => this.trace(`warning: ${message} ${JSON.stringify(what)}`);
    this.fleet = new Fleet(this, { dynamo: this.dynamo, ses: this.ses, secret, enqueue }, { days, warn });
  }

  trace(line: string): void {
    if (this.isTraced) this.lines.push(`${new Date(this.scheduler.now).toISOString().slice(5, 23)}  ${line}`);
  }

  fateOf(service: Service, call: string): Fate {
    return this.faults.fateOf(call, this.profile[service]);
  }

  latencyMs(call: string): number {
    const { chance } = this.faults;
    if (chance.isBelow(this.profile.slow, `${call} slow`)) return chance.between(100, 40_000, `${call} by`);
    return chance.between(2, 60, `${call} latency`);
  }

  /** The complaints and bounces of mails to this address that the function which records events has worked on. */
  refusalsOf(address: string): readonly Refusal[] {
    return this.mailEvents.refusals.filter(({ to }) => to === address);
  }

  called(invocation: Invocation): void {
    for (const watcher of this.watchers) watcher(invocation);
  }

  died(invocation: Invocation): void {
    this.ledger.deaths.push({ at: this.scheduler.now, invocation: invocation.name, call: invocation.diedAt ?? '' });
    this.fleet.bury(invocation);
  }

  /** Runs a function once. */
  invoke<Input, Answer>(of: SimulatedFunction<Input, Answer>, name: string, input: Input): Promise<End<Answer>> {
    return this.fleet.invoke(of, name, input);
  }

  /** arXiv is away now and then. */
  private lookUps() {
    return lookUpFunction(
      (found, by) => this.found(found, by),
      (name) => this.faults.strikes(`arXiv is away: ${name}`, 0.1),
    );
  }

  private async worked(of: SimulatedFunction<string, 'done' | 'failed'>, label: string, { body, hops }: Message) {
    const name = `${of.name} ${label}`;
    this.hops.set(name, hops);
    const { end, ...rest } = await this.invoke(of, name, body);
    const isDone = end === 'done' && 'answer' in rest && rest.answer === 'done';
    if (isDone && of === recordMailEventsFunction) this.mailEvents.recorded(body);
    return isDone ? ('done' as const) : ('failed' as const);
  }

  private enqueue(url: string, body: string, delaySeconds: number): void {
    const queue = url === 'ingest' || url === 'digests' ? this.queues[url] : this.queues.notices;
    const { kind, subscriber, address, run, batch } = JSON.parse(body) as Record<string, string>;
    const label = [kind, subscriber ?? address, run, batch].filter((part) => part !== undefined).join(' ');
    const before = queue === this.queues.notices && !mayComeBack ? this.hops.get(this.acting?.name ?? '') : undefined;
    queue.send(body, label, { delayMs: delaySeconds * 1000, hops: before === undefined ? 0 : before + 1 });
  }

  private accepted(mail: AcceptedMail, fate: Fate): void {
    const { acting, ledger } = this;
    const send: MailEventFate = { isLost: false, isLate: false };
    const known = knownMail(mail, acting?.name ?? '', acting?.startedAt ?? 0, send);
    ledger.mails.push(known);
    this.trace(`SES took ${known.kind} ${known.edition ?? ''} for ${mail.to}${fate === 'well' ? '' : `, ${fate}`}`);
    this.mailEvents.follow(known, ledger.mails);
    this.acceptedMail(mail);
  }

  private changed({ table, key, before, after }: Change): void {
    if (table === 'runs') {
      const row = `${key.pk} ${key.sk}`;
      if (after?.openRun === undefined) this.openBatches.delete(row);
      else this.openBatches.add(row);
    }
    if (table !== 'subscribers' || key.sk !== 'state') return;
    this.ledger.noteState(key.pk, { at: this.scheduler.now, before, after, by: this.acting?.name ?? 'the start' });
  }
}
