import { hourMs, minuteMs, startOf } from '../../../shared/domain/calendar-date.js';
import type { Command } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { day } from '../../support/builders.js';
import { seeded } from '../measure.js';
import { bytesInUse } from '../memory.js';
import type { FedFunction } from './deployment.js';
import { runBefore, type Stock, slotsOf } from './stock.js';
import { inTwoBatches, WriteHeat } from './tally.js';
import { virtualFunctions } from './virtual-functions.js';
import { Process, VirtualHouse } from './virtual-house.js';
import { VirtualQueue } from './virtual-queue.js';
import { ManyDynamo } from './virtual-tables.js';

export const virtualDay = day('2026-08-07');

/** What is run in virtual time. */
interface VirtualOptions {
  readonly stock: Stock;
  readonly subscribers: number;
  readonly perSecond: number;
  readonly sender: FedFunction;
  readonly recorder: FedFunction;
  readonly seed: number;
  /** Only plans. */
  readonly isOnlyPlanned?: boolean;
  /** From which share of the batches on one is drawn at which the planner dies; nothing happens to it at 1. */
  readonly diesFrom: number;
  readonly progress: (line: string) => void;
}

/** What a virtual run took. */
export interface VirtualReport {
  /** From the first mail to the last, without the waits. */
  readonly seconds: number;
  /** In which no mail went because the canary, or the planner, had to come first. */
  readonly waitedSeconds: number;
  readonly planningSeconds: number;
  readonly mails: number;
  readonly throttled: number;
  readonly failedJobs: number;
  readonly inTwoBatches: number;
  /** The batch after which the planner died. */
  readonly diedAtBatch?: number;
  readonly hottest: { readonly item: string; readonly perSecond: number };
  /** By how many megabytes the heap grew from the middle of the run to its end. */
  readonly heapGrowthMb: number;
}

const tickMs = 15 * minuteMs;
const eventAfterMs = 500;
/** Lambda tries an event again after a minute. */
const retryMs = minuteMs;
/** No mail for so long is a wait. */
const gapMs = 5_000;

/** A day of very many subscribers on a virtual clock. */
export class VirtualRun {
  private readonly start = startOf(virtualDay) + 6 * hourMs;
  private readonly heat = new WriteHeat();
  private readonly dynamo: ManyDynamo;
  private readonly house: VirtualHouse;
  private readonly functions: ReturnType<typeof virtualFunctions>;
  private readonly digests: VirtualQueue;
  private readonly events: VirtualQueue;
  private mails = 0;
  private firstAt = Number.NaN;
  private lastAt = Number.NaN;
  private waitedMs = 0;
  private plannedAt = Number.NaN;
  private heapAtMiddle = 0;
  private batchesLeft: number;
  private readonly diedAtBatch: number;

  constructor(private readonly options: VirtualOptions) {
    const { stock, subscribers, perSecond, sender, recorder, seed, diesFrom } = options;
    this.dynamo = new ManyDynamo(stock, slotsOf(subscribers));
    const before = runBefore(virtualDay, subscribers);
    this.dynamo.table('runs').write({ pk: before.pk, sk: before.sk }, before, 0);
    const share = diesFrom + (1 - diesFrom) * seeded(seed)();
    this.batchesLeft = diesFrom < 1 ? Math.ceil((share * subscribers) / 50) : Number.POSITIVE_INFINITY;
    this.diedAtBatch = this.batchesLeft;
    this.house = new VirtualHouse({
      start: this.start,
      perSecond,
      dynamo: this.dynamo,
      accepted: (tags, at) => this.accepted(tags, at),
      enqueue: (body, delayMs) => (options.isOnlyPlanned ? undefined : this.digests.send(body, delayMs)),
      writing: (process, command, at) => this.writing(process, command, at),
    });
    this.functions = virtualFunctions(this.house, stock, sender);
    const { scheduler } = this.house;
    const begin: VirtualHouse['begin'] = (process, work) => this.house.begin(process, work);
    this.digests = new VirtualQueue({
      scheduler,
      fed: sender,
      begin,
      setUp: (process) => this.functions.send(process),
    });
    this.events = new VirtualQueue({
      scheduler,
      fed: recorder,
      begin,
      setUp: (process) => this.functions.record(process),
    });
  }

  /** Lets the day pass until every mail has gone. */
  async run(): Promise<VirtualReport> {
    const { subscribers, isOnlyPlanned, progress } = this.options;
    const { scheduler } = this.house;
    for (let at = this.start; at < this.start + 20 * hourMs; at += tickMs) scheduler.at(at, () => void this.plan());
    const isOver = () =>
      isOnlyPlanned ? !Number.isNaN(this.plannedAt) : this.mails >= subscribers && this.digests.depth === 0;
    for (let until = this.start; !isOver() && until < this.start + 19 * hourMs; ) {
      until += isOnlyPlanned ? 1_000 : 30_000;
      await scheduler.runUntil(until);
      progress(
        `${this.mails} of ${subscribers} mails after ${Math.round((until - this.start) / 1000)} virtual seconds`,
      );
    }
    return this.report();
  }

  private async plan(): Promise<void> {
    const process = new Process();
    await this.house.begin(process, this.functions.plan(process));
    if (Number.isNaN(this.plannedAt)) this.plannedAt = this.house.scheduler.now;
  }

  private writing(process: Process, { input }: Command, at: number): void {
    const { TableName, Key, Item } = input as { TableName?: string; Key?: Row; Item?: Row };
    const row = Key ?? Item;
    this.heat.note(`${TableName} ${row?.pk} ${row?.sk}`, at);
    if (!Item?.sk.startsWith('batch#')) return;
    this.batchesLeft -= 1;
    if (this.batchesLeft !== 0) return;
    process.isAlive = false;
    this.house.scheduler.in(retryMs, () => void this.plan());
  }

  private accepted(tags: Readonly<Record<string, string>>, at: number): void {
    this.mails += 1;
    if (this.mails === 1) this.firstAt = at;
    else if (at - this.lastAt > gapMs) this.waitedMs += at - this.lastAt;
    this.lastAt = at;
    if (this.mails === this.options.subscribers / 2) this.heapAtMiddle = bytesInUse();
    const lists = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
    const mail = { timestamp: new Date(at).toISOString(), messageId: `mail-${this.mails}`, tags: lists };
    this.events.send(JSON.stringify({ detail: { eventType: 'Send', mail } }), eventAfterMs);
  }

  private report(): VirtualReport {
    const rows = [...this.dynamo.table('runs').all(`run#${virtualDay}`)];
    const batches = rows.flatMap(({ item }) =>
      Array.isArray(item?.subscribers) ? [item.subscribers as string[]] : [],
    );
    return {
      seconds: (this.lastAt - this.firstAt - this.waitedMs) / 1000,
      waitedSeconds: this.waitedMs / 1000,
      planningSeconds: (this.plannedAt - this.start) / 1000,
      mails: this.mails,
      throttled: this.house.throttled,
      failedJobs: this.digests.failed + this.events.failed,
      ...(Number.isFinite(this.diedAtBatch) && { diedAtBatch: this.diedAtBatch }),
      inTwoBatches: inTwoBatches(batches),
      hottest: { item: this.heat.hottest, perSecond: this.heat.perSecond },
      heapGrowthMb: (bytesInUse() - this.heapAtMiddle) / 1e6,
    };
  }
}

interface Row {
  readonly pk: string;
  readonly sk: string;
}
