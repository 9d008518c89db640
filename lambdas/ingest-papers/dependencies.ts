import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Env } from '../../shared/contract/env.js';
import { papersIngested } from '../../shared/contract/events.js';
import { eventPublisher } from '../../shared/runtime/event-bus.js';
import { logger } from '../../shared/runtime/logger.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { arxiv } from '../../shared/sources/arxiv.js';
import { huggingFace } from '../../shared/sources/hugging-face.js';
import { paced } from '../../shared/sources/paced.js';
import { politeFetch } from '../../shared/sources/polite-fetch.js';
import { documentClient } from '../../shared/storage/dynamo.js';
import { paperRepository } from '../../shared/storage/papers-repository.js';
import type { ingestPapersEnv } from './env.js';
import type { IngestPapersDeps } from './ingest-papers.js';

/** Builds what the use case needs, once at cold start. */
export function ingestPapersDependencies(env: Env<typeof ingestPapersEnv>): IngestPapersDeps {
  const polite = { contact: env.CONTACT, fetch, sleep, random: Math.random };
  const arxivSource = arxiv({
    feedUrl: env.ARXIV_FEED_URL,
    apiUrl: env.ARXIV_API_URL,
    categories: env.ARXIV_CATEGORIES,
    fetchText: politeFetch({ ...polite, gate: paced(env.ARXIV_PAUSE_MS, sleep) }),
  });
  return {
    sources: [huggingFace({ baseUrl: env.HUGGING_FACE_URL, fetchText: politeFetch(polite) }), arxivSource],
    describe: arxivSource.describe,
    papers: paperRepository(documentClient(), env.PAPERS_TABLE),
    publish: eventPublisher(new EventBridgeClient(), env.EVENT_BUS, papersIngested),
    warn: (message, what) => logger.warn(message, { ...what }),
    countDown: (count) => countMetric('sourcesDown', count),
    now: Date.now,
  };
}
