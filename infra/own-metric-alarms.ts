import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { metricNames, metricsNamespace } from '../shared/contract/metrics.js';
import { ImpactAlarm } from './impact-alarm.js';

const metric = (name: keyof typeof metricNames, period: Duration) =>
  new Metric({
    namespace: metricsNamespace,
    metricName: metricNames[name],
    dimensionsMap: { service: 'paperboy' },
    statistic: 'Minimum',
    period,
  });

/** Alarms on what no function's errors show: a source that is silent, and an SES that takes no mail. */
export function ownMetricAlarms(scope: Construct): void {
  new ImpactAlarm(scope, 'SourceIsDown', {
    metric: metric('sourcesDown', Duration.hours(6)),
    threshold: 1,
    impact: 'Editions miss new papers or their votes',
    cause: 'in every run of six hours a source did not answer',
    runbook: 'a-source-is-stale-or-down',
  });
  new ImpactAlarm(scope, 'SendingIsStopped', {
    metric: metric('sendingStopped', Duration.minutes(15)),
    threshold: 1,
    impact: 'Subscribers wait for their digest, and get none today if this lasts',
    cause: 'SES takes no more mail',
    runbook: 'sending-is-stopped',
  });
}
