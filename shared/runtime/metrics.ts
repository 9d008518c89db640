import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricNames, metricsNamespace } from '../contract/metrics.js';

const metrics = new Metrics({ namespace: metricsNamespace, serviceName: 'paperboy' });

/** Counts something for CloudWatch, by a line on standard output (embedded metric format). */
export function countMetric(name: keyof typeof metricNames, count: number): void {
  metrics.addMetric(metricNames[name], MetricUnit.Count, count);
  metrics.publishStoredMetrics();
}
