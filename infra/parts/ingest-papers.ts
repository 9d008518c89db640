import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { ingestPapersEnv } from '../../lambdas/ingest-papers/env.js';
import { papersByActiveDay } from '../../shared/contract/tables.js';
import type { Configuration } from '../configuration/configuration.js';
import { EventWorker } from '../constructs/event-worker.js';
import { mayPublishTo, mayQuery, mayRead, mayUse } from '../constructs/grants.js';

interface IngestPapersProps {
  readonly papers: Table;
  readonly bus: EventBus;
  readonly configuration: Configuration;
}

const realSources: NonNullable<Configuration['sources']> = {
  huggingFaceUrl: 'https://huggingface.co',
  arxivFeedUrl: 'https://rss.arxiv.org',
  arxivApiUrl: 'https://export.arxiv.org',
  githubApiUrl: 'https://api.github.com',
  // arXiv's terms ask for it.
  arxivPauseMs: 3000,
};

/** Every hour: what the sources list goes into the papers table. */
export function ingestPapers(scope: Construct, { papers, bus, configuration }: IngestPapersProps): void {
  const { githubTokenSecret, sources = realSources } = configuration;
  const starGrants =
    githubTokenSecret === undefined
      ? []
      : [mayQuery(papers, papersByActiveDay), mayRead({ secretArn: githubTokenSecret })];
  new EventWorker(scope, 'IngestPapers', ingestPapersEnv, {
    lambda: 'ingest-papers',
    impact: {
      errors: 'New papers arrive late',
      lost: 'New papers are missing until the next hour, and if this goes on there is no edition today',
    },
    environment: {
      PAPERS_TABLE: papers.tableName,
      EVENT_BUS: bus.eventBusName,
      CONTACT: configuration.contact,
      ARXIV_CATEGORIES: configuration.categories.join(' '),
      HUGGING_FACE_URL: sources.huggingFaceUrl,
      ARXIV_FEED_URL: sources.arxivFeedUrl,
      ARXIV_API_URL: sources.arxivApiUrl,
      ARXIV_PAUSE_MS: String(sources.arxivPauseMs),
      GITHUB_API_URL: sources.githubApiUrl,
      GITHUB_TOKEN_SECRET: githubTokenSecret ?? '',
    },
    grants: [mayUse(papers, 'read', 'put', 'update'), mayPublishTo(bus), ...starGrants],
    timeout: Duration.minutes(10),
    memoryMb: 512,
    // arXiv allows one connection.
    concurrency: 1,
  }).runsOn(Schedule.cron({ minute: '0' }));
}
