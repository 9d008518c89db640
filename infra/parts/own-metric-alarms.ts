import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { metricNames, metricsNamespace } from '../../shared/contract/metrics.js';
import type { Configuration } from '../configuration/configuration.js';
import { ImpactAlarm } from '../constructs/impact-alarm.js';

const metric = (name: keyof typeof metricNames, period: Duration) =>
  new Metric({
    namespace: metricsNamespace,
    metricName: metricNames[name],
    dimensionsMap: { service: 'paperboy' },
    statistic: 'Minimum',
    period,
  });

/** Alarms on what no function's errors show: a source that is silent, stars that do not come, and an SES that takes no mail. */
export function ownMetricAlarms(scope: Construct, { githubTokenSecret }: Configuration): void {
  new ImpactAlarm(scope, 'SourceIsDown', {
    metric: metric('sourcesDown', Duration.hours(6)),
    threshold: 1,
    impact: 'Editions miss new papers or their votes',
    cause: 'in every run of six hours a source did not answer, or had listed nothing new for days',
    runbook: 'a-source-is-stale-or-down',
  });
  if (githubTokenSecret !== undefined) {
    new ImpactAlarm(scope, 'StarsAreMissing', {
      metric: metric('starsMissing', Duration.hours(6)),
      threshold: 1,
      impact: 'Editions rank papers without the stars of their code',
      cause: 'in every run of six hours GitHub gave none',
      runbook: 'stars-are-missing',
    });
  }
  new ImpactAlarm(scope, 'SendingIsStopped', {
    metric: metric('sendingStopped', Duration.minutes(15)),
    threshold: 1,
    impact: 'Subscribers wait for their digest, and get none today if this lasts',
    cause: 'SES takes no more mail',
    runbook: 'sending-is-stopped',
  });
}
