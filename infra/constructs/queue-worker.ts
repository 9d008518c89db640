import { Duration, Validations } from 'aws-cdk-lib';
import { type EventPattern, Rule, RuleTargetInput, type Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvSpec } from '../../shared/contract/env.js';
import { deadLetterQueue } from './dead-letter-queue.js';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.js';
import { ownMetric } from './own-metric.js';
import { type FunctionProps, PaperboyFunction } from './paperboy-function.js';

/** Who is hurt while messages fail, when one has failed for good, and when they wait too long. */
interface QueueImpact {
  readonly errors: string;
  readonly lost: string;
  readonly late: string;
}

interface QueueWorkerProps<Spec extends EnvSpec>
  extends Omit<FunctionProps<Spec>, 'environment' | 'grants' | 'wildcards' | 'recursiveLoop'> {
  readonly lambda: string;
  readonly impact: QueueImpact;
  readonly batchSize: number;
  /** How many batches are processed at the same time, 2 or more; or one of each message group, from a FIFO queue. */
  readonly maxConcurrency: number | 'one-of-a-group';
  /** How long messages are gathered for one invocation; as they come, unless said. */
  readonly batchingWindow?: Duration;
  /** How long a message may wait before the alarm fires. */
  readonly maxAge: Duration;
  /** Whether it puts messages on its own queue: Lambda would end such a chain after 16 rounds. */
  readonly feedsItself?: boolean;
  /** What the function is given. */
  readonly given: (queue: IQueue) => Pick<FunctionProps<Spec>, 'environment' | 'grants' | 'wildcards'>;
}

/**
 * A queue with its function: a failed message is retried on its own, five attempts in all (three in a FIFO queue, where
 * the others wait for it), then goes to the dead-letter queue.
 */
export class QueueWorker<Spec extends EnvSpec> extends Construct {
  readonly queue: Queue;

  constructor(
    scope: Construct,
    id: string,
    spec: Spec,
    private readonly props: QueueWorkerProps<Spec>,
  ) {
    super(scope, id);
    const { impact, batchSize, maxConcurrency, feedsItself, batchingWindow } = props;
    this.queue = maxConcurrency === 'one-of-a-group' ? this.fifoQueue() : this.ordinaryQueue();
    const worker = new PaperboyFunction(this, 'Worker', spec, {
      ...props,
      ...props.given(this.queue),
      ...(feedsItself === true && { recursiveLoop: RecursiveLoop.ALLOW }),
      impact: impact.errors,
    });
    worker.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize,
        reportBatchItemFailures: true,
        ...(maxConcurrency !== 'one-of-a-group' && { maxConcurrency }),
        ...(batchingWindow && { maxBatchingWindow: batchingWindow }),
      }),
    );
    this.addAlarms(worker.function.functionName);
  }

  /** Puts a message on its queue on a schedule (UTC), in a group of the FIFO queue. */
  getsOn(schedule: Schedule, message: object, messageGroupId: string): void {
    const deadLetters = this.undelivered();
    const target = new SqsQueue(this.queue, {
      message: RuleTargetInput.fromObject(message),
      messageGroupId,
      deadLetterQueue: deadLetters,
    });
    new Rule(this, 'Schedule', { schedule, targets: [target] });
  }

  /** Puts every event of the default bus that matches on its queue. */
  getsEvents(eventPattern: EventPattern): void {
    const target = new SqsQueue(this.queue, { deadLetterQueue: this.undelivered() });
    new Rule(this, 'Events', { eventPattern, targets: [target] });
  }

  private ordinaryQueue(): Queue {
    return new Queue(this, 'Queue', {
      // As AWS advises: a message must not come back while a throttled function is still retrying it.
      visibilityTimeout: Duration.seconds(6 * this.props.timeout.toSeconds()),
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters(), maxReceiveCount: 5 },
    });
  }

  private fifoQueue(): Queue {
    return new Queue(this, 'Queue', {
      fifo: true,
      // A rule gives no deduplication id. Only within five minutes are equal messages taken for one.
      contentBasedDeduplication: true,
      visibilityTimeout: this.props.timeout.plus(Duration.minutes(1)),
      retentionPeriod: Duration.days(4),
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters({ isFifo: true }), maxReceiveCount: 3 },
    });
  }

  private deadLetters(kind: { readonly isFifo?: boolean } = {}): Queue {
    const { lambda, impact } = this.props;
    return deadLetterQueue(this, 'DeadLetters', {
      ...kind,
      impact: impact.lost,
      cause: `${lambda} gave up on what now lies in its dead-letter queue`,
      runbook: `${lambda}-dead-letters`,
    });
  }

  /** EventBridge cannot put what it failed to deliver in a FIFO queue, and a redrive must know where to go. */
  private undelivered(): Queue {
    const { lambda, impact } = this.props;
    const queue = deadLetterQueue(this, 'Undelivered', {
      impact: impact.lost,
      cause: `EventBridge could not put a message on the queue of ${lambda}`,
      runbook: `${lambda}-undelivered`,
    });
    const reason = 'It is a dead-letter queue itself: that of a rule, which alarms from the first message on.';
    Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason });
    return queue;
  }

  private addAlarms(functionName: string): void {
    const { lambda, impact, maxAge } = this.props;
    // To Lambda an invocation that gives messages back went well: the function's own errors do not tell of them.
    new ImpactAlarm(this, 'Failures', {
      metric: ownMetric(this, 'failedMessages', alarmPeriod, functionName),
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
