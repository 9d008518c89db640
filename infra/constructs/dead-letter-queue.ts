import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.js';

/** Keeps for two weeks what failed every attempt, with an alarm from the first one on. */
export function deadLetterQueue(scope: Construct, id: string, lambda: string, impact: string): Queue {
  const queue = new Queue(scope, id, { retentionPeriod: Duration.days(14), enforceSSL: true });
  new ImpactAlarm(queue, 'Depth', {
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
    threshold: 1,
    impact,
    cause: `${lambda} gave up on what now lies in its dead-letter queue`,
    runbook: `${lambda}-dead-letters`,
  });
  return queue;
}
