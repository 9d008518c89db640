import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { learnTopicsEnv } from '../../lambdas/learn-topics/env.js';
import { papersFound } from '../../shared/contract/events.js';
import type { Configuration } from '../configuration/configuration.js';
import { EventWorker } from '../constructs/event-worker.js';
import { maySendTo, mayUse, type TableInUse } from '../constructs/permissions.js';
import { subscribersOrigin } from './tables-and-keys.js';

interface LearnTopicsProps {
  readonly papers: Table;
  readonly editions: Table;
  readonly subscribers: TableInUse;
  readonly bus: EventBus;
  readonly ingest: IQueue;
  readonly configuration: Configuration;
}

/** When papers that a subscriber named were found, and every hour for whoever waits: completes learned topics. */
export function learnTopics(scope: Construct, props: LearnTopicsProps): void {
  const { papers, editions, subscribers, bus, ingest, configuration } = props;
  new EventWorker(scope, 'LearnTopics', learnTopicsEnv, {
    lambda: 'learn-topics',
    impact: {
      errors: 'Papers that subscribers named count late in their topics',
      lost: 'Papers that a subscriber named count a day late in their topics',
    },
    environment: {
      PAPERS_TABLE: papers.tableName,
      EDITIONS_TABLE: editions.tableName,
      SUBSCRIBERS_TABLE: subscribers.tableName,
      SUBSCRIBERS_ORIGIN: subscribersOrigin(configuration),
      INGEST_QUEUE_URL: ingest.queueUrl,
    },
    grants: [
      mayUse(papers, 'read'),
      mayUse(editions, 'read', 'query'),
      mayUse(subscribers, 'read', 'query', 'put', 'update', 'delete'),
      maySendTo(ingest),
    ],
    timeout: Duration.minutes(5),
    memoryMb: 1024,
  })
    .runsOn(Schedule.cron({ minute: '20' }))
    .runsAfter(bus, papersFound);
}
