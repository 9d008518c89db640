import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ingestPapersEnv } from '../../lambdas/ingest-papers/env.js';
import { arxivGroup, hourlyIngest } from '../../shared/contract/messages.js';
import { papersByActiveDay } from '../../shared/contract/tables.js';
import type { Configuration } from '../configuration/configuration.js';
import { mayPublishTo, mayQuery, mayRead, maySendTo, mayUse } from '../constructs/permissions.js';
import { QueueWorker } from '../constructs/queue-worker.js';

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

/** Every hour: puts what the sources list into the papers table. Returns the queue of what is asked of it. */
export function ingestPapers(scope: Construct, { papers, bus, configuration }: IngestPapersProps): IQueue {
  const { githubTokenSecret, sources = realSources } = configuration;
  const starGrants =
    githubTokenSecret === undefined
      ? []
      : [mayQuery(papers, papersByActiveDay), mayRead({ secretArn: githubTokenSecret })];
  const worker = new QueueWorker(scope, 'IngestPapers', ingestPapersEnv, {
    lambda: 'ingest-papers',
    impact: {
      errors: 'New papers arrive late',
      lost: 'New papers are missing until the next hour, and if this goes on there is no edition today',
      late: 'New papers arrive late, and if this goes on there is no edition today',
    },
    given: (queue) => ({
      environment: {
        PAPERS_TABLE: papers.tableName,
        EVENT_BUS: bus.eventBusName,
        INGEST_QUEUE_URL: queue.queueUrl,
        CONTACT: configuration.contact,
        ARXIV_CATEGORIES: configuration.categories.join(' '),
        HUGGING_FACE_URL: sources.huggingFaceUrl,
        ARXIV_FEED_URL: sources.arxivFeedUrl,
        ARXIV_API_URL: sources.arxivApiUrl,
        ARXIV_PAUSE_MS: String(sources.arxivPauseMs),
        GITHUB_API_URL: sources.githubApiUrl,
        GITHUB_TOKEN_SECRET: githubTokenSecret ?? '',
      },
      grants: [mayUse(papers, 'read', 'query', 'put', 'update'), mayPublishTo(bus), maySendTo(queue), ...starGrants],
    }),
    timeout: Duration.minutes(10),
    memoryMb: 512,
    batchSize: 1,
    // arXiv allows one connection: everything that asks it is of one group.
    maxConcurrency: 'one-of-a-group',
    // A backfill asks for its next piece itself.
    feedsItself: true,
    maxAge: Duration.hours(2),
  });
  // Two stages at once would be two connections to arXiv.
  const minute = configuration.stage === undefined ? '0' : '30';
  worker.getsOn(Schedule.cron({ minute }), hourlyIngest, arxivGroup);
  return worker.queue;
}
