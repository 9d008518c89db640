import { measuredUse } from '../../../cli/prices/forecast.js';
import { costOf, type PricedUse, readPrices } from '../../../cli/prices/prices.js';
import { type BenchReport, round, timed } from '../figures.js';
import type { Measured } from '../rounds.js';
import type { CpuReport } from './cpu.js';
import type { VirtualReport } from './virtual-run.js';

/** Mails a second of the account, on the wire and in virtual time. */
export const wireRate = 100;
export const virtualRate = 500;
export const million = 1_000_000;
/** How far from the account's rate sending may stay. */
const tolerance = 0.05;

/** What sending over the wire took, as the process that did it tells. */
export interface WireReport {
  readonly mails: number;
  readonly mailsPerSecond: number;
  readonly throttled: number;
  readonly inTwoBatches: number;
  readonly hottest: { readonly item: string; readonly perSecond: number };
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly dynamoRequests: Readonly<Record<string, number>>;
  /** By service and action, such as `sqs:SendMessageBatch`. */
  readonly requests: Readonly<Record<string, number>>;
  readonly invocations: Readonly<Record<string, number>>;
  readonly gbSeconds: Readonly<Record<string, number>>;
  readonly logBytes: number;
  /** Messages that the function of events gets at once at most. */
  readonly eventsBatch: number;
  readonly failures: readonly string[];
}

/** SQS takes and gives ten messages a request at most. */
const messagesACall = 10;

const sum = (counts: Readonly<Record<string, number>>, isMeant: (name: string) => boolean = () => true) =>
  Object.entries(counts).reduce((total, [name, count]) => total + (isMeant(name) ? count : 0), 0);

/**
 * The requests to SQS that are charged: what functions and SES's events send, one each, and what Lambda receives and
 * deletes for every invocation of a function that a queue feeds. Looks at an empty queue are not counted.
 */
function sqsRequests({ requests, invocations, eventsBatch }: WireReport): number {
  const events = requests['events:Send'] ?? 0;
  const recording = sum(invocations, (name) => name.startsWith('RecordMailEvents'));
  const more = eventsBatch > messagesACall ? events / messagesACall : 0;
  const sending = sum(invocations, (name) => name.startsWith('SendDigest'));
  return sum(requests, (name) => name.startsWith('sqs:')) + events + 2 * (recording + more + sending);
}

/** What a million mails use, by what is priced. */
export function useOfMillion(report: WireReport): Readonly<Record<PricedUse, number>> {
  const used: Readonly<Record<PricedUse, number>> = {
    dynamoReadUnits: report.readUnits,
    dynamoWriteUnits: report.writeUnits,
    sqsRequests: sqsRequests(report),
    lambdaRequests: sum(report.invocations),
    lambdaGbSeconds: sum(report.gbSeconds),
    logGigabytes: report.logBytes / 1e9,
    serviceEvents: report.requests['events:Send'] ?? 0,
    secretReads: sum(report.requests, (name) => name.startsWith('secretsmanager:')),
  };
  const millions = report.mails / 1e6;
  return Object.fromEntries(Object.entries(used).map(([name, use]) => [name, use / millions])) as typeof used;
}

/** What a million mails cost besides SES's own price, by the dated list of prices. */
function billOf(report: WireReport) {
  const prices = readPrices();
  const each = costOf(useOfMillion(report), prices);
  const foreseen = sum(costOf(measuredUse.perMillionMails, prices));
  return { dollars: sum(each), each, overForecast: sum(each) / foreseen, asOf: prices.asOf };
}

/** What was measured; the absent parts were not asked for. */
interface Parts {
  readonly cpu: CpuReport | undefined;
  readonly wire: WireReport | undefined;
  readonly planned: VirtualReport | undefined;
  readonly interrupted: VirtualReport | undefined;
  readonly small: VirtualReport | undefined;
  readonly large: VirtualReport | undefined;
}

/** What the parts say together. */
function figuresIn({ wire, planned, interrupted, small, large }: Parts) {
  const runs = [wire, planned, interrupted, small, large].filter((run) => run !== undefined);
  const sent = [wire, small, large].filter((run) => run !== undefined);
  const most = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : null);
  const bill = wire && billOf(wire);
  return {
    dollars: bill?.dollars ?? null,
    overForecast: bill?.overForecast ?? null,
    twice: runs.reduce((sum, run) => sum + run.inTwoBatches, 0),
    hottestWrites: most(sent.map(({ hottest }) => hottest.perSecond)),
    throttled: sent.reduce((sum, run) => sum + run.throttled, 0),
    heapGrowthMb: (large ?? small)?.heapGrowthMb ?? null,
  };
}

/** What the parts say, with the limits of it all; every part is told whole on standard error. */
export function reportOf(parts: Parts): BenchReport {
  const { cpu, wire, planned, small, large } = parts;
  const { dollars, overForecast, twice, hottestWrites, throttled, heapGrowthMb } = figuresIn(parts);
  for (const [name, part] of Object.entries({ ...parts, bill: wire && billOf(wire) })) {
    if (part) console.error(`${name} ${JSON.stringify(part)}`);
  }
  const slowest = (subscribers: number) => ({ atMost: (subscribers / virtualRate) * (1 + tolerance) });
  const least = { atLeast: wireRate * (1 - tolerance) };
  const none: Measured = { value: Number.NaN, spread: 0 };
  const rounded = (value: number | null | undefined) => (typeof value === 'number' ? round(value) : null);
  return {
    figures: [
      { name: 'mails a second over the wire', value: wire?.mailsPerSecond ?? null, limit: least },
      { name: 'virtual seconds for 100,000', value: small?.seconds ?? null, limit: slowest(million / 10) },
      { name: 'virtual seconds for 1,000,000', value: large?.seconds ?? null, limit: slowest(million) },
      { name: 'virtual seconds to plan 1,000,000', value: planned?.planningSeconds ?? null, limit: { atMost: 60 } },
      { name: '$ a million mails', value: dollars, limit: { atMost: 2.8 } },
      { name: '$ measured over what the command cost foresees', value: overForecast, limit: { atMost: 1.1 } },
      { name: 'subscribers in two batches', value: twice, limit: { atMost: 0 } },
      { name: 'writes a second of the hottest item', value: hottestWrites, limit: { atMost: 1 } },
      timed('a digest over a bare send', cpu?.digestOverSdkSend ?? none, { atMost: 4 }),
      timed('our send over a bare send', cpu?.sendOverSdkSend ?? none, { atMost: 1.2 }),
      timed('ms of CPU a digest', cpu?.digestMs ?? none),
      { name: 'MB that the heap grew in the second half', value: heapGrowthMb, limit: { atMost: 5 } },
    ],
    json: {
      mailsPerSecond: rounded(wire?.mailsPerSecond),
      rateLimit: wireRate,
      virtual: { '100k': rounded(small?.seconds), '1M': rounded(large?.seconds) },
      planning1MSeconds: rounded(planned?.planningSeconds),
      dollarsPerMillion: rounded(dollars),
      inTwoBatches: twice,
      hottestItemWritesPerSecond: hottestWrites,
      digestOverSdkSend: rounded(cpu?.digestOverSdkSend.value),
      sendOverSdkSend: rounded(cpu?.sendOverSdkSend.value),
      heapGrowthMb: rounded(heapGrowthMb),
      throttled,
    },
  };
}
