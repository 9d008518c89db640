import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { papersIngested } from '../../shared/contract/events.js';
import { eventPublisher } from '../../shared/runtime/event-bus.js';
import { tickHandler } from '../../shared/runtime/event-handler.js';
import { logger } from '../../shared/runtime/logger.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { arxiv } from '../../shared/sources/arxiv.js';
import { huggingFace } from '../../shared/sources/hugging-face.js';
import { paced } from '../../shared/sources/paced.js';
import { politeFetch } from '../../shared/sources/polite-fetch.js';
import { documentClient } from '../../shared/storage/dynamo.js';
import { paperRepository } from '../../shared/storage/papers-repository.js';
import { ingestPapersEnv } from './env.js';
import { ingestPapers } from './ingest-papers.js';

const env = readEnv(ingestPapersEnv);
const polite = { contact: env.CONTACT, fetch, sleep, random: Math.random };
const arxivSource = arxiv({
  feedUrl: env.ARXIV_FEED_URL,
  apiUrl: env.ARXIV_API_URL,
  categories: env.ARXIV_CATEGORIES,
  fetchText: politeFetch({ ...polite, gate: paced(env.ARXIV_PAUSE_MS, sleep) }),
});
const sources = [huggingFace({ baseUrl: env.HUGGING_FACE_URL, fetchText: politeFetch(polite) }), arxivSource];
const papers = paperRepository(documentClient(), env.PAPERS_TABLE);
const publish = eventPublisher(new EventBridgeClient(), env.EVENT_BUS, papersIngested);
const warn = (message: string, what: object) => logger.warn(message, { ...what });
const countDown = (count: number) => countMetric('sourcesDown', count);
const deps = { sources, describe: arxivSource.describe, papers, publish, warn, countDown, now: Date.now };

export const handler = tickHandler('ingested', () => ingestPapers(deps));
