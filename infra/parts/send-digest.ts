import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { sendDigestEnv } from '../../lambdas/send-digest/env.js';
import type { Configuration } from '../configuration/configuration.js';
import { sendersFor } from '../configuration/senders.js';
import { mailWildcards, mayRead, maySendMail, mayUse, type TableInUse } from '../constructs/permissions.js';
import { QueueWorker } from '../constructs/queue-worker.js';
import type { Mail } from './mail.js';
import { subscribersOrigin } from './tables-and-keys.js';

interface SendDigestProps {
  readonly editions: Table;
  readonly subscribers: TableInUse;
  readonly runs: Table;
  readonly consents: Table;
  readonly keys: Secret;
  readonly mail: Mail;
  readonly pagesUrl: string;
  readonly configuration: Configuration;
}

/** The queue of jobs, and the function that mails them. Returns the queue. */
export function sendDigest(scope: Construct, props: SendDigestProps): IQueue {
  const { editions, subscribers, runs, consents, keys, mail, pagesUrl, configuration } = props;
  const { senders, inFlight, jobs, memoryMb } = sendersFor(configuration.sendRate);
  return new QueueWorker(scope, 'SendDigest', sendDigestEnv, {
    lambda: 'send-digest',
    impact: {
      errors: 'Some subscribers get their digest late',
      lost: 'Some subscribers get no digest today',
      late: 'Digests go out late',
    },
    given: () => ({
      environment: {
        EDITIONS_TABLE: editions.tableName,
        SUBSCRIBERS_TABLE: subscribers.tableName,
        SUBSCRIBERS_ORIGIN: subscribersOrigin(configuration),
        RUNS_TABLE: runs.tableName,
        CONSENTS_TABLE: consents.tableName,
        KEYS_SECRET: keys.secretArn,
        CONFIGURATION_SET: mail.configurationSetName,
        SENDER: configuration.sender,
        POSTAL_ADDRESS: configuration.postalAddress,
        PAGES_URL: pagesUrl,
        PUBLISH_HOUR: String(configuration.publishHour),
        SENDERS: String(senders),
        DELIVERIES_IN_FLIGHT: String(inFlight),
      },
      grants: [
        mayUse(editions, 'read', 'query'),
        mayUse(subscribers, 'read', 'update'),
        mayUse(runs, 'read', 'query', 'update'),
        mayUse(consents, 'put'),
        mayRead(keys),
        ...maySendMail(mail),
      ],
      wildcards: mailWildcards,
    }),
    // Fifty mails at half a mail a second, and the reserve in which no further one is begun. A job that failed comes back
    // after six times as long, as AWS advises: about when the next tick would ask for it.
    timeout: Duration.minutes(3),
    memoryMb,
    batchSize: jobs,
    maxConcurrency: senders,
    maxAge: Duration.hours(2),
  }).queue;
}
