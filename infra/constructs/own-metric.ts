import { type Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { functionDimension, metricNames, metricsNamespace, serviceDimension } from '../../shared/contract/metrics.js';

type Statistic = 'Sum' | 'Minimum' | 'Maximum';

/** How each of Paperboy's own metrics is read, in alarms and on the dashboard alike. */
export const statistics: Readonly<Record<keyof typeof metricNames, Statistic>> = {
  sourcesDown: 'Minimum',
  hoursSinceIngest: 'Maximum',
  editionAgeHours: 'Maximum',
  starsMissing: 'Minimum',
  digestsSent: 'Sum',
  digestsQuietNoted: 'Sum',
  digestsFailed: 'Sum',
  digestsExpired: 'Sum',
  digestsUncertain: 'Sum',
  digestsOpen: 'Sum',
  sendingStopped: 'Sum',
  digestsBroken: 'Sum',
  filtersUnreadable: 'Sum',
  sendingHalted: 'Sum',
  sendingPaused: 'Sum',
  planningSkipped: 'Sum',
  failedMessages: 'Sum',
  unsubscribesRefused: 'Sum',
};

/** The `service` of a stack's metrics and logs: two stages in one account count apart. */
export function serviceOf(scope: Construct): string {
  return Stack.of(scope).stackName.toLowerCase();
}

/** One of Paperboy's own metrics; `functionName` for those that each function has for itself. */
export function ownMetric(
  scope: Construct,
  name: keyof typeof metricNames,
  period: Duration,
  functionName?: string,
): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName: metricNames[name],
    dimensionsMap: {
      [serviceDimension]: serviceOf(scope),
      ...(functionName !== undefined && { [functionDimension]: functionName }),
    },
    statistic: statistics[name],
    period,
  });
}
