import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { reviewEditionsEnv } from '../../lambdas/review-editions/env.js';
import type { Configuration } from '../configuration/configuration.js';
import { EventWorker } from '../constructs/event-worker.js';
import { mayUse } from '../constructs/permissions.js';

interface ReviewEditionsProps {
  readonly papers: Table;
  readonly editions: Table;
  readonly configuration: Configuration;
}

/**
 * Once a day, half a day from publication: compares editions of seven days ago with how their papers have done since.
 */
export function reviewEditions(scope: Construct, { papers, editions, configuration }: ReviewEditionsProps): void {
  const hour = (configuration.publishHour + 12) % 24;
  new EventWorker(scope, 'ReviewEditions', reviewEditionsEnv, {
    lambda: 'review-editions',
    impact: {
      errors: 'Readers see no hindsight of new editions',
      lost: 'The hindsight of an edition is late until a later day catches it up',
    },
    environment: { PAPERS_TABLE: papers.tableName, EDITIONS_TABLE: editions.tableName },
    grants: [mayUse(papers, 'read', 'query'), mayUse(editions, 'read', 'query', 'put')],
    timeout: Duration.minutes(10),
    memoryMb: 1024,
  }).runsOn(Schedule.cron({ minute: '30', hour: String(hour) }));
}
