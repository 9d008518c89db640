import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alarmPeriod, ImpactAlarm, type ImpactAlarmProps } from './impact-alarm.js';

/** Who is hurt when something lies in the queue, and whose it is. */
interface DeadLetterQueueProps extends Pick<ImpactAlarmProps, 'impact' | 'cause' | 'runbook'> {
  /** The dead letters of a FIFO queue lie in one themselves. */
  readonly isFifo?: boolean;
}

/** Keeps what failed every attempt for two weeks, and alarms from the first message on. */
export function deadLetterQueue(scope: Construct, id: string, { isFifo, ...alarm }: DeadLetterQueueProps): Queue {
  const queue = new Queue(scope, id, {
    retentionPeriod: Duration.days(14),
    enforceSSL: true,
    ...(isFifo === true && { fifo: true }),
  });
  new ImpactAlarm(queue, 'Depth', {
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
    threshold: 1,
    ...alarm,
  });
  return queue;
}
