import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvSpec } from '../../shared/contract/env.js';
import { functionDimension, metricNames, metricsNamespace, metricsService } from '../../shared/contract/metrics.js';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.js';
import { type FunctionProps, PaperboyFunction } from './paperboy-function.js';

/** Who is hurt while messages fail, when one has failed for good, and when they wait too long. */
interface QueueImpact {
  readonly errors: string;
  readonly lost: string;
  readonly late: string;
}

interface QueueWorkerProps<Spec extends EnvSpec>
  extends Omit<FunctionProps<Spec>, 'concurrency' | 'environment' | 'grants'> {
  readonly lambda: string;
  readonly impact: QueueImpact;
  readonly batchSize: number;
  /** How many batches are processed at the same time, 2 or more. */
  readonly maxConcurrency: number;
  /** How long a message may wait before the alarm fires. */
  readonly maxAge: Duration;
  /** What the function is given; it may put messages back on its own queue. */
  readonly given: (queue: IQueue) => Pick<FunctionProps<Spec>, 'environment' | 'grants'>;
}

const attempts = 5;

/** Keeps what failed every attempt for two weeks, and alarms from the first message on. */
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

/**
 * A queue with its function: a failed message is retried on its own, five attempts in all, then goes to the dead-letter
 * queue.
 */
export class QueueWorker<Spec extends EnvSpec> extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, spec: Spec, props: QueueWorkerProps<Spec>) {
    super(scope, id);
    const { lambda, impact, timeout, batchSize, maxConcurrency, maxAge } = props;
    this.queue = new Queue(this, 'Queue', {
      // As AWS advises: a message must not come back while a throttled function is still retrying it.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      enforceSSL: true,
      deadLetterQueue: {
        queue: deadLetterQueue(this, 'DeadLetters', lambda, impact.lost),
        maxReceiveCount: attempts,
      },
    });
    const worker = new PaperboyFunction(this, 'Worker', spec, {
      ...props,
      ...props.given(this.queue),
      impact: impact.errors,
    });
    worker.function.addEventSource(
      new SqsEventSource(this.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }),
    );
    // To Lambda an invocation that gives messages back went well: the function's own errors do not tell of them.
    new ImpactAlarm(this, 'Failures', {
      metric: new Metric({
        namespace: metricsNamespace,
        metricName: metricNames.failedMessages,
        dimensionsMap: { service: metricsService, [functionDimension]: worker.function.functionName },
        statistic: 'Sum',
        period: alarmPeriod,
      }),
      threshold: 1,
      impact: impact.errors,
      cause: `messages of ${lambda} failed and will come again`,
      runbook: `${lambda}-failed-messages`,
    });
    new ImpactAlarm(this, 'Age', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: maxAge.toSeconds(),
      impact: impact.late,
      cause: `messages wait for ${lambda} longer than ${maxAge.toHumanString()}`,
      runbook: `${lambda}-late`,
    });
  }
}
