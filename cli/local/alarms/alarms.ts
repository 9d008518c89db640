import * as z from 'zod/mini';
import { type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { HouseClock } from '../clock.js';
import type { Queue } from '../queues/queues.js';
import type { Stack } from '../template/stack.js';
import { type AlarmRule, type AlarmState, comparisons, evaluate } from './evaluate.js';
import { onlyAws, watchCheck } from './measured.js';
import type { MetricId, Metrics } from './metrics.js';
import { type Watched, watchedBy, watchedProperties } from './watched-metrics.js';

/** An alarm of the template that is in alarm. */
export interface RaisedAlarm {
  /** Logical id in the template. */
  readonly id: string;
  readonly description: string;
  readonly since: Instant;
}

/** The alarms of the stack, judged every minute of the house's time. */
export interface AlarmBoard {
  /** How many are judged. */
  readonly watched: number;
  raised(): readonly RaisedAlarm[];
  close(): void;
}

const ruleProperties = z.object({
  AlarmDescription: z._default(z.string(), ''),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.optional(z.number()),
  Threshold: z.number(),
  ComparisonOperator: z.enum(Object.keys(comparisons) as (keyof typeof comparisons)[]),
  TreatMissingData: z._default(z.enum(['breaching', 'notBreaching', 'ignore', 'missing']), 'missing'),
});

interface Watch {
  readonly id: string;
  readonly description: string;
  readonly rule: AlarmRule;
  readonly watched: Watched;
  state: AlarmState;
  since: Instant;
}

interface AlarmsDeps {
  readonly clock: HouseClock;
  readonly queues: readonly Queue[];
  readonly metrics: Metrics;
}

/** Reads the alarms of the stack; throws for one on a metric that the house does not measure. */
export function openAlarms(stack: Stack, deps: AlarmsDeps): AlarmBoard {
  const { clock } = deps;
  const watches = readWatches(stack, deps);
  const watched = watches.flatMap((watch) => watch.watched.metrics);
  const readGauges = openQueueGauges(deps.queues, watched, deps.metrics);
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
    watched: watches.length,
    raised: () =>
      watches
        .filter(({ state }) => state === 'ALARM')
        .map(({ id, description, since }) => ({ id, description, since })),
    close() {
      stopListening();
      clearInterval(timer);
    },
  };
}

function readWatches(stack: Stack, { clock, metrics }: AlarmsDeps): readonly Watch[] {
  const wrongWith = watchCheck(stack);
  const rules = stack.all(['AWS::CloudWatch::Alarm'], ruleProperties);
  const sources = stack.all(['AWS::CloudWatch::Alarm'], watchedProperties);
  const watches = rules.map(({ id, properties }, index): Watch => {
    const source = sources[index];
    if (!source) throw new Error(`alarm ${id} watches nothing`);
    const watched = watchedBy(source.properties, metrics);
    const { AlarmDescription, EvaluationPeriods, DatapointsToAlarm, ComparisonOperator } = properties;
    const rule = {
      periodMs: watched.periodMs,
      periods: EvaluationPeriods,
      breachesToAlarm: DatapointsToAlarm ?? EvaluationPeriods,
      comparison: ComparisonOperator,
      threshold: properties.Threshold,
      missing: properties.TreatMissingData,
    };
    return { id, description: AlarmDescription, rule, watched, state: 'INSUFFICIENT_DATA', since: clock.now() };
  });
  const played = watches.filter(({ watched }) => !watched.metrics.some(({ namespace }) => onlyAws.includes(namespace)));
  for (const { id, watched } of played) {
    const wrong = watched.metrics.map(wrongWith).find((one) => one !== undefined);
    if (wrong !== undefined) throw new Error(`alarm ${id} watches ${wrong}`);
  }
  return played;
}

function judgeOne(watch: Watch, at: Instant): void {
  const state = evaluate(watch.rule, watch.watched.read, at, watch.state);
  if (state === watch.state) return;
  watch.state = state;
  watch.since = at;
}

/** Prepares to read, once a minute, what SQS measures of the queues that somebody watches. */
function openQueueGauges(
  queues: readonly Queue[],
  watched: readonly MetricId[],
  metrics: Metrics,
): (at: Instant) => void {
  const gauges = watched
    .filter(({ namespace }) => namespace === 'AWS/SQS')
    .map((id) => {
      const queue = queues.find(({ name }) => name === id.dimensions.QueueName);
      if (!queue)
        throw new Error(`an alarm watches the queue ${id.dimensions.QueueName}, which the template does not have`);
      return { queue, isAge: id.name === 'ApproximateAgeOfOldestMessage', series: metrics.series(id) };
    });
  return (at) => {
    for (const { queue, isAge, series } of gauges) {
      const { visible, oldestMs } = queue.counts(at);
      series.put(at, isAge ? oldestMs / 1000 : visible);
    }
  };
}
