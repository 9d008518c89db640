import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import {
  functionDimension,
  metricNames,
  metricsNamespace,
  metricsService,
  serviceVariable,
} from '../contract/metrics.js';

let made: Metrics | undefined;

function opened(): Metrics {
  made ??= new Metrics({
    namespace: metricsNamespace,
    serviceName: process.env[serviceVariable] ?? metricsService,
  });
  return made;
}

/** Counts something for CloudWatch, with a line on standard output (embedded metric format). */
export function countMetric(
  name: Exclude<keyof typeof metricNames, 'failedMessages' | 'unsubscribesRefused'>,
  count: number,
): void {
  const metrics = opened();
  metrics.addMetric(metricNames[name], MetricUnit.Count, count);
  metrics.publishStoredMetrics();
}

/** Counts the messages that one invocation of a function failed, 0 included. */
export function countFailedMessages(functionName: string, count: number): void {
  const ofOne = opened().singleMetric();
  ofOne.addDimension(functionDimension, functionName);
  ofOne.addMetric(metricNames.failedMessages, MetricUnit.Count, count);
}
