import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Env } from '../../shared/contract/env.js';
import { papersFound, papersIngested } from '../../shared/contract/events.js';
import { arxivGroup, type Backfill } from '../../shared/contract/messages.js';
import { eventPublisher } from '../../shared/runtime/event-bus.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { secretText } from '../../shared/runtime/keys.js';
import { logger } from '../../shared/runtime/logger.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { arxiv } from '../../shared/sources/arxiv.js';
import { github, type StarSource } from '../../shared/sources/github.js';
import { huggingFace } from '../../shared/sources/hugging-face.js';
import { paced } from '../../shared/sources/paced.js';
import { type PoliteFetchOptions, politeFetch } from '../../shared/sources/polite-fetch.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { backfillMarks } from '../../shared/storage/papers/backfill-mark.js';
import { paperRepository } from '../../shared/storage/papers/papers-repository.js';
import type { ingestPapersEnv } from './env.js';
import { type IngestPapersDeps, ingestPapers } from './ingest-papers.js';
import type { TakeMessageDeps } from './take-message.js';

/** Builds what each kind of message needs, once at cold start. */
export function ingestPapersDependencies(env: Env<typeof ingestPapersEnv>): TakeMessageDeps {
  const polite = { contact: env.CONTACT, fetch, sleep, random: Math.random };
  const arxivSource = arxiv({
    feedUrl: env.ARXIV_FEED_URL,
    apiUrl: env.ARXIV_API_URL,
    categories: env.ARXIV_CATEGORIES,
    fetchText: politeFetch({ ...polite, gate: paced(env.ARXIV_PAUSE_MS, sleep) }),
  });
  const lists = huggingFace({ baseUrl: env.HUGGING_FACE_URL, fetchText: politeFetch(polite) });
  const dynamo = documentClient();
  const deps: IngestPapersDeps = {
    sources: [lists, arxivSource],
    describe: arxivSource.describe,
    papers: paperRepository(dynamo, env.PAPERS_TABLE),
    publish: eventPublisher(new EventBridgeClient(), env.EVENT_BUS, papersIngested),
    warn: (message, what) => logger.warn(message, { ...what }),
    countDown: (count) => countMetric('sourcesDown', count),
    ...starSource(env, polite),
    countStarsMissing: (count) => countMetric('starsMissing', count),
    now: Date.now,
  };
  const hourly = {
    ingest: () => ingestPapers(deps),
    papers: deps.papers,
    countHoursSinceIngest: (hours: number) => countMetric('hoursSinceIngest', hours),
    now: Date.now,
  };
  const enqueue = jobQueue<Backfill>(new SQSClient(), env.INGEST_QUEUE_URL, arxivGroup);
  const past = {
    ...deps,
    listedOn: lists.listedOn,
    submittedOn: arxivSource.submittedOn,
    marks: backfillMarks(dynamo, env.PAPERS_TABLE),
    requeue: (message: Backfill) => enqueue([message]),
    rest: () => sleep(env.ARXIV_PAUSE_MS),
  };
  const lookUp = {
    ...{ describe: deps.describe, papers: deps.papers, warn: deps.warn, now: deps.now },
    publish: eventPublisher(new EventBridgeClient(), env.EVENT_BUS, papersFound),
  };
  return { hourly, backfill: past, lookUp };
}

function starSource(env: Env<typeof ingestPapersEnv>, polite: PoliteFetchOptions): { stars?: StarSource } {
  if (env.GITHUB_TOKEN_SECRET === undefined) return {};
  // A rest until the limit's reset outlasts the run: only the calendar's clock surely goes on between two runs.
  const fetchText = politeFetch({ ...polite, now: Date.now, limits: { wholeMs: 20_000, maxBytes: 1024 * 1024 } });
  const token = secretText(new SecretsManagerClient(), env.GITHUB_TOKEN_SECRET);
  return { stars: github({ apiUrl: env.GITHUB_API_URL, token, fetchText }) };
}
