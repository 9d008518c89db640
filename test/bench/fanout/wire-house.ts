import { openAgenda } from '../../../cli/local/agenda.js';
import { type Metrics, openMetrics } from '../../../cli/local/alarms/metrics.js';
import type { ApiService } from '../../../cli/local/api-call.js';
import { realClock } from '../../../cli/local/clock.js';
import { type Surroundings, startActivity } from '../../../cli/local/functions/activity.js';
import { gatewayListener } from '../../../cli/local/gateway.js';
import { newKeyId, openParts } from '../../../cli/local/house-parts.js';
import { busArnOf, type Happening } from '../../../cli/local/queues/rules.js';
import { listenOnLoopback } from '../../../cli/local/servers.js';
import { readStack } from '../../../cli/local/template/stack.js';
import { countedTables, TableUse } from './counted-tables.js';
import { type Deployment, fedFunction } from './deployment.js';
import { MailsTaken, playedSes } from './played-ses.js';
import { Counts } from './tally.js';

/** After so many milliseconds SES tells that it sent a mail. */
const eventAfterMs = 500;
/** What Lambda itself writes about an invocation: its start, its end and a report. */
const platformBytes = 340;

/** What a house with counters used. */
export interface WireUse {
  readonly tables: TableUse;
  readonly mails: MailsTaken;
  /** Invocations and their milliseconds, by the function's name. */
  readonly invocations: Counts;
  readonly invocationMs: Counts;
  /** Requests to the other services, and events that SES told. */
  readonly requests: Counts;
  readonly logs: { bytes: number };
}

interface WireHouseOptions extends Deployment {
  readonly perSecond: number;
  readonly sesMs: number;
  readonly dynamoMs: number;
}

/** Tells each invocation's length, beside keeping the metrics. */
function timedMetrics({ invocations, invocationMs, logs }: WireUse): Metrics {
  const metrics = openMetrics();
  return {
    ...metrics,
    put(measurement) {
      const { name, value, dimensions } = measurement;
      if (name !== 'Duration') return;
      invocations.add(dimensions.FunctionName ?? '');
      invocationMs.add(dimensions.FunctionName ?? '', Math.ceil(value));
      logs.bytes += platformBytes;
    },
    readLine: () => undefined,
  };
}

const countedService = (service: ApiService, name: string, requests: Counts): ApiService => ({
  ...service,
  answer(call) {
    if (call.caller.name !== 'the operator') requests.add(`${name}:${call.action}`);
    return service.answer(call);
  },
});

/** The synthesized template on this machine, with an SES and tables that answer as late as AWS's and count. */
export async function openWireHouse({ template, assembly, perSecond, sesMs, dynamoMs }: WireHouseOptions) {
  const use: WireUse = {
    tables: new TableUse(),
    mails: new MailsTaken(),
    invocations: new Counts(),
    invocationMs: new Counts(),
    requests: new Counts(),
    logs: { bytes: 0 },
  };
  const failures: string[] = [];
  let isClosing = false;
  const clock = realClock();
  const surroundings: Surroundings = {
    activity: startActivity(),
    agenda: openAgenda(clock),
    metrics: timedMetrics(use),
    now: clock.now,
    fail: (line) => failures.push(line),
    breakDown: (error) => failures.push(String(error)),
    isClosing: () => isClosing,
  };
  const gateway = await listenOnLoopback();
  const stack = readStack(template, { endpoint: gateway.url, pagesUrl: gateway.url });
  const operatorKeyId = newKeyId();
  const parts = await openParts({
    ...{ template, assembly, clock, stack, surroundings, operatorKeyId, endpoint: gateway.url },
    environment: { PUBLISH_HOUR: '0' },
    accountConcurrency: 1000,
    log: (line) => {
      use.logs.bytes += Buffer.byteLength(line);
    },
  });
  const tell = tellInWindows(fedFunction(template, 'RecordMailEvents').windowMs, (happening) => {
    use.requests.add('events:Send');
    parts.rules.publish(busArnOf('default'), happening, Date.now());
  });
  const services = new Map<string, ApiService>([...parts.services]);
  for (const [name, service] of parts.services) services.set(name, countedService(service, name, use.requests));
  services.set('ses', playedSes({ perSecond, answersAfterMs: sesMs }, use.mails, tell));
  services.set('dynamodb', countedTables(parts.tables.service, dynamoMs, use.tables));
  gateway.serve(gatewayListener({ services, callers: parts.callers, surroundings }));
  return {
    use,
    failures,
    functions: [...parts.functions.values()],
    client: {
      endpoint: gateway.url,
      region: 'us-east-1',
      credentials: { accessKeyId: operatorKeyId, secretAccessKey: 'x' },
    },
    output: stack.output,
    plan: () => parts.rules.fire('PlanDigests', Date.now()),
    async close() {
      isClosing = true;
      await Promise.all([...parts.functions.values()].map(({ close }) => close()));
      parts.alarms.close();
      surroundings.agenda.close();
      await parts.tables.close();
      await gateway.close();
    },
  };
}

const listsOf = (tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));

/**
 * Tells of sent mails as late as SES does, and together with those of the mapping's batching window, which the local queues
 * do not wait for.
 */
function tellInWindows(windowMs: number, publish: (happening: Happening) => void) {
  let waiting: Happening[] = [];
  const tellAll = () => {
    const told = waiting;
    waiting = [];
    for (const happening of told) publish(happening);
  };
  return (messageId: string, tags: Readonly<Record<string, string>>) => {
    if (waiting.length === 0) setTimeout(tellAll, eventAfterMs + windowMs);
    const mail = { timestamp: new Date().toISOString(), messageId, tags: listsOf(tags) };
    waiting.push({ source: 'aws.ses', detailType: 'Email Sent', detail: { eventType: 'Send', mail, send: {} } });
  };
}
