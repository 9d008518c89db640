import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { sendNoticeEnv } from '../../lambdas/send-notice/env.js';
import type { Configuration } from '../configuration/configuration.js';
import { mailWildcards, mayRead, maySendMail, maySendTo, mayUse, type TableInUse } from '../constructs/permissions.js';
import { QueueWorker } from '../constructs/queue-worker.js';
import type { Mail } from './mail.js';
import { subscribersOrigin } from './tables-and-keys.js';

interface SendNoticeProps {
  readonly editions: Table;
  readonly subscribers: TableInUse;
  readonly runs: Table;
  readonly consents: Table;
  readonly keys: Secret;
  readonly mail: Mail;
  readonly pagesUrl: string;
  readonly configuration: Configuration;
}

/** The queue of notices, and the function that mails them. Returns the queue. */
export function sendNotice(scope: Construct, props: SendNoticeProps): IQueue {
  const { editions, subscribers, runs, consents, keys, mail, pagesUrl, configuration } = props;
  return new QueueWorker(scope, 'SendNotice', sendNoticeEnv, {
    lambda: 'send-notice',
    impact: {
      errors: 'Someone who subscribes waits for the confirmation mail',
      lost: 'Someone who subscribed never got the confirmation mail, or no welcome',
      late: 'People who subscribe wait for the confirmation mail',
    },
    given: (queue) => ({
      environment: {
        EDITIONS_TABLE: editions.tableName,
        SUBSCRIBERS_TABLE: subscribers.tableName,
        SUBSCRIBERS_ORIGIN: subscribersOrigin(configuration),
        RUNS_TABLE: runs.tableName,
        CONSENTS_TABLE: consents.tableName,
        KEYS_SECRET: keys.secretArn,
        NOTICE_QUEUE_URL: queue.queueUrl,
        CONFIGURATION_SET: mail.configurationSetName,
        SENDER: configuration.sender,
        POSTAL_ADDRESS: configuration.postalAddress,
        PAGES_URL: pagesUrl,
        PUBLISH_HOUR: String(configuration.publishHour),
      },
      grants: [
        mayUse(editions, 'read', 'query', 'update'),
        mayUse(subscribers, 'read', 'put', 'update', 'delete'),
        mayUse(runs, 'read', 'query', 'put', 'update'),
        mayUse(consents, 'put'),
        mayRead(keys),
        maySendTo(queue),
        ...maySendMail(mail),
      ],
      wildcards: mailWildcards,
    }),
    timeout: Duration.minutes(2),
    memoryMb: 512,
    batchSize: 1,
    maxConcurrency: 2,
    // What is over the hourly budget is put back.
    feedsItself: true,
    maxAge: Duration.hours(1),
  }).queue;
}
