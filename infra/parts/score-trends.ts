import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { scoreTrendsEnv } from '../../lambdas/score-trends/env.js';
import { papersIngested, remakeAsked } from '../../shared/contract/events.js';
import { papersByActiveDay } from '../../shared/contract/tables.js';
import type { Configuration } from '../configuration/configuration.js';
import { EventWorker } from '../constructs/event-worker.js';
import { mayPublishTo, mayQuery, mayUse } from '../constructs/permissions.js';

interface ScoreTrendsProps {
  readonly papers: Table;
  readonly editions: Table;
  readonly bus: EventBus;
  readonly configuration: Configuration;
}

/** After every ingest from the publish hour on: turns the papers of the last days into the day's edition, once; and anew if asked. */
export function scoreTrends(scope: Construct, { papers, editions, bus, configuration }: ScoreTrendsProps): void {
  new EventWorker(scope, 'ScoreTrends', scoreTrendsEnv, {
    lambda: 'score-trends',
    impact: {
      errors: "Today's edition comes late",
      lost: "Today's edition is not published until the next ingest, and nobody gets a digest before",
    },
    environment: {
      PAPERS_TABLE: papers.tableName,
      EDITIONS_TABLE: editions.tableName,
      EVENT_BUS: bus.eventBusName,
      PUBLISH_HOUR: String(configuration.publishHour),
    },
    grants: [
      mayUse(papers, 'read', 'query'),
      mayQuery(papers, papersByActiveDay),
      mayUse(editions, 'read', 'query', 'put', 'update'),
      mayPublishTo(bus),
    ],
    timeout: Duration.minutes(10),
    // Making the index of a month of 10,000 papers takes 330 MB, and 7 s of a whole virtual CPU.
    memoryMb: 1024,
  }).runsAfter(bus, papersIngested, remakeAsked);
}
