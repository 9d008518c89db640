import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { ingestPapersEnv } from '../../lambdas/ingest-papers/env.js';
import { arxivGroup, hourlyIngest } from '../../shared/contract/messages.js';
import { papersByActiveDay } from '../../shared/contract/tables.js';
import type { Configuration } from '../configuration/configuration.js';
import { mayPublishTo, mayQuery, mayRead, mayUse } from '../constructs/permissions.js';
import { QueueWorker } from '../constructs/queue-worker.js';

interface IngestPapersProps {
  readonly papers: Table;
  readonly bus: EventBus;
  readonly configuration: Configuration;
}

/** Every hour: puts what the sources list into the papers table. */
export function ingestPapers(scope: Construct, { papers, bus, configuration }: IngestPapersProps): void {
  const { githubTokenSecret } = configuration;
  const starGrants =
    githubTokenSecret === undefined
      ? []
      : [mayQuery(papers, papersByActiveDay), mayRead({ secretArn: githubTokenSecret })];
  new QueueWorker(scope, 'IngestPapers', ingestPapersEnv, {
    lambda: 'ingest-papers',
    impact: {
      errors: 'New papers arrive late',
      lost: 'New papers are missing until the next hour, and if this goes on there is no edition today',
      late: 'New papers arrive late, and if this goes on there is no edition today',
    },
    given: () => ({
      environment: {
        PAPERS_TABLE: papers.tableName,
        EVENT_BUS: bus.eventBusName,
        CONTACT: configuration.contact,
        ARXIV_CATEGORIES: configuration.categories.join(' '),
        HUGGING_FACE_URL: 'https://huggingface.co',
        ARXIV_FEED_URL: 'https://rss.arxiv.org',
        ARXIV_API_URL: 'https://export.arxiv.org',
        ARXIV_PAUSE_MS: '3000',
        GITHUB_API_URL: 'https://api.github.com',
        GITHUB_TOKEN_SECRET: githubTokenSecret ?? '',
      },
      grants: [mayUse(papers, 'read', 'put', 'update'), mayPublishTo(bus), ...starGrants],
    }),
    timeout: Duration.minutes(10),
    memoryMb: 512,
    batchSize: 1,
    // arXiv allows one connection: everything that asks it is of one group.
    maxConcurrency: 'one-of-a-group',
    maxAge: Duration.hours(2),
  }).getsOn(Schedule.cron({ minute: '0' }), hourlyIngest, arxivGroup);
}
