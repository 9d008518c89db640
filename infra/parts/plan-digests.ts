import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { planDigestsEnv } from '../../lambdas/plan-digests/env.js';
import { editionPublished } from '../../shared/contract/events.js';
import { openBatches, subscribersBySlot } from '../../shared/contract/tables.js';
import type { Configuration } from '../configuration/configuration.js';
import { EventWorker } from '../constructs/event-worker.js';
import {
  mayQuery,
  mayReadQuota,
  maySendTo,
  mayUse,
  quotaWildcard,
  type TableInUse,
} from '../constructs/permissions.js';
import { subscribersOrigin } from './tables-and-keys.js';

interface PlanDigestsProps {
  readonly editions: Table;
  readonly subscribers: TableInUse;
  readonly runs: Table;
  readonly bus: EventBus;
  readonly digests: IQueue;
  readonly configuration: Configuration;
}

/** Every quarter of an hour, and right after a new edition: puts the subscribers who are due into jobs. */
export function planDigests(scope: Construct, props: PlanDigestsProps): void {
  const { editions, subscribers, runs, bus, digests, configuration } = props;
  new EventWorker(scope, 'PlanDigests', planDigestsEnv, {
    lambda: 'plan-digests',
    impact: {
      errors: 'Digests go out late',
      lost: 'Subscribers who are due get no digest until a later tick plans them',
    },
    environment: {
      EDITIONS_TABLE: editions.tableName,
      SUBSCRIBERS_TABLE: subscribers.tableName,
      SUBSCRIBERS_ORIGIN: subscribersOrigin(configuration),
      RUNS_TABLE: runs.tableName,
      DIGEST_QUEUE_URL: digests.queueUrl,
      PUBLISH_HOUR: String(configuration.publishHour),
    },
    grants: [
      mayUse(editions, 'read', 'update'),
      mayUse(subscribers, 'read', 'query'),
      mayQuery(subscribers, subscribersBySlot),
      mayUse(runs, 'read', 'query', 'put', 'update'),
      mayQuery(runs, openBatches),
      maySendTo(digests),
      mayReadQuota(),
    ],
    wildcards: [quotaWildcard],
    timeout: Duration.minutes(5),
    // A whole core: a million subscribers are twenty-six thousand requests, and those of one slot come in one tick.
    memoryMb: 1769,
  })
    .runsOn(Schedule.cron({ minute: '0/15' }))
    .runsAfter(bus, editionPublished);
}
