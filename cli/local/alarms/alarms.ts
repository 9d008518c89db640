import * as z from 'zod/mini';
import { type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { HouseClock } from '../clock.js';
import type { Queue } from '../queues/queues.js';
import type { Stack } from '../template/stack.js';
import { type AlarmRule, type AlarmState, comparisons, evaluate, statistics } from './evaluate.js';
import type { MetricId, Metrics, Series } from './metrics.js';
import { openQueueGauges } from './queue-gauges.js';

/** An alarm of the template that is in alarm. */
export interface RaisedAlarm {
  /** Logical id in the template. */
  readonly id: string;
  readonly description: string;
  readonly since: Instant;
}

/** The alarms of the stack, judged in the house's time. */
export interface AlarmBoard {
  raised(): readonly RaisedAlarm[];
  close(): void;
}

const keysOf = <Name extends string>(values: Readonly<Record<Name, unknown>>) => Object.keys(values) as Name[];
const alarmProperties = z.object({
  AlarmDescription: z._default(z.string(), ''),
  Namespace: z.string('the local runner plays alarms on one metric only'),
  MetricName: z.string(),
  Dimensions: z._default(z.array(z.object({ Name: z.string(), Value: z.string() })), []),
  Statistic: z.enum(keysOf(statistics)),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.optional(z.number()),
  Threshold: z.number(),
  ComparisonOperator: z.enum(keysOf(comparisons)),
  TreatMissingData: z._default(z.enum(['breaching', 'notBreaching', 'ignore', 'missing']), 'missing'),
});
type AlarmProperties = z.output<typeof alarmProperties>;

/** What the house measures in AWS's own namespaces; in any other a function's lines measure. */
const measured: Readonly<Record<string, readonly string[]>> = {
  'AWS/ApiGateway': ['Count', '4xx', '5xx', 'Latency'],
  'AWS/Events': ['FailedInvocations'],
  'AWS/Lambda': ['Invocations', 'Errors', 'Throttles', 'Duration', 'RecursiveInvocationsDropped'],
  'AWS/SQS': ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
};

/** Metrics that only AWS can know: alarms on them stay silent here. */
const onlyAws = ['AWS/SES', 'AWS/Billing'];

interface Watch {
  readonly id: string;
  readonly description: string;
  readonly rule: AlarmRule;
  readonly series: Series;
  state: AlarmState;
  since: Instant;
}

interface AlarmsDeps {
  readonly clock: HouseClock;
  readonly queues: readonly Queue[];
  readonly metrics: Metrics;
}

/** Reads the alarms of the stack; throws for one on a metric that the house does not measure. */
export function openAlarms(stack: Stack, { clock, queues, metrics }: AlarmsDeps): AlarmBoard {
  const read = stack.all(['AWS::CloudWatch::Alarm'], alarmProperties);
  const played = read.filter(({ properties }) => !onlyAws.includes(properties.Namespace));
  const watches = played.map(({ id, properties }): Watch => {
    const { Namespace, MetricName, AlarmDescription } = properties;
    if (Namespace.startsWith('AWS/') && !measured[Namespace]?.includes(MetricName)) {
      throw new Error(`alarm ${id} watches ${Namespace} ${MetricName}, which the local runner does not measure`);
    }
    const series = metrics.series(metricOf(properties));
    return {
      ...{ id, description: AlarmDescription, rule: ruleOf(properties), series },
      ...{ state: 'INSUFFICIENT_DATA', since: clock.now() },
    };
  });
  const readGauges = openQueueGauges(
    queues,
    played.map(({ properties }) => metricOf(properties)),
    metrics,
  );
  let judgedUntil = clock.now();
  function judge(): void {
    const now = clock.now();
    for (let at = (Math.floor(judgedUntil / minuteMs) + 1) * minuteMs; at <= now; at += minuteMs) {
      readGauges(at - 1);
      for (const watch of watches) judgeOne(watch, at);
    }
    judgedUntil = now;
  }
  const stopListening = clock.onSet(judge);
  const timer = clock.shared ? undefined : setInterval(judge, minuteMs).unref();
  return {
    raised() {
      judge();
      const inAlarm = watches.filter(({ state }) => state === 'ALARM');
      return inAlarm.map(({ id, description, since }) => ({ id, description, since }));
    },
    close() {
      stopListening();
      clearInterval(timer);
    },
  };
}

function judgeOne(watch: Watch, at: Instant): void {
  const state = evaluate(watch.rule, watch.series, at, watch.state);
  if (state === watch.state) return;
  watch.state = state;
  watch.since = at;
}

function metricOf({ Namespace, MetricName, Dimensions }: AlarmProperties): MetricId {
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  return { namespace: Namespace, name: MetricName, dimensions };
}

function ruleOf(properties: AlarmProperties): AlarmRule {
  const { Statistic, Period, EvaluationPeriods, DatapointsToAlarm, ComparisonOperator } = properties;
  return {
    statistic: Statistic,
    periodMs: Period * 1000,
    periods: EvaluationPeriods,
    breachesToAlarm: DatapointsToAlarm ?? EvaluationPeriods,
    comparison: ComparisonOperator,
    threshold: properties.Threshold,
    missing: properties.TreatMissingData,
  };
}
