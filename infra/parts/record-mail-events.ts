import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { recordMailEventsEnv } from '../../lambdas/record-mail-events/env.js';
import type { Configuration } from '../configuration/configuration.js';
import { mayUse, type TableInUse } from '../constructs/permissions.js';
import { QueueWorker } from '../constructs/queue-worker.js';
import type { Mail } from './mail.js';

/** Lambda takes so many events at once, if they come within the window. */
const eventsAtOnce = 100;
const window = Duration.seconds(5);

/** Each mail has a Send event, and a hundred of them take a fifth of a second: a worker is never more than half at work. */
const eventsPerSecondOfAWorker = 200;

interface RecordMailEventsProps {
  readonly subscribers: TableInUse;
  readonly runs: Table;
  readonly consents: Table;
  readonly mail: Mail;
  readonly configuration: Configuration;
}

/** Brings what SES reports about our mail on the default bus through a queue to the function that records it. */
export function recordMailEvents(
  scope: Construct,
  { subscribers, runs, consents, mail, configuration }: RecordMailEventsProps,
): IQueue {
  const worker = new QueueWorker(scope, 'RecordMailEvents', recordMailEventsEnv, {
    lambda: 'record-mail-events',
    impact: {
      errors: 'Bounces and complaints are heeded late',
      lost: 'Someone whose mail bounced or who complained may be mailed again, which costs the sender its reputation',
      late: 'Bounces and complaints are heeded late, and mails in doubt stay in doubt',
    },
    given: () => ({
      environment: {
        SUBSCRIBERS_TABLE: subscribers.tableName,
        RUNS_TABLE: runs.tableName,
        CONSENTS_TABLE: consents.tableName,
      },
      grants: [mayUse(subscribers, 'read', 'update'), mayUse(runs, 'update'), mayUse(consents, 'put')],
    }),
    timeout: Duration.minutes(1),
    memoryMb: 256,
    batchSize: eventsAtOnce,
    batchingWindow: window,
    // At the rate of a new account, the workers of all queues leave executions of its ten to the pages and the clock.
    maxConcurrency: Math.max(2, Math.ceil(configuration.sendRate / eventsPerSecondOfAWorker)),
    maxAge: Duration.minutes(30),
  });
  worker.getsEvents(mail.events);
  return worker.queue;
}
