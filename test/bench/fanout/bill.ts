import { costOf, type PricedUse, readPrices } from '../../../cli/prices/prices.js';

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
export function billOf(report: WireReport) {
  const prices = readPrices();
  const each = costOf(useOfMillion(report), prices);
  return { dollars: sum(each), each, asOf: prices.asOf };
}
