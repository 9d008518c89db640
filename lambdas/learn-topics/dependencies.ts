import { randomBytes } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Env } from '../../shared/contract/env.js';
import { arxivGroup } from '../../shared/contract/messages.js';
import type { LookUp } from '../../shared/learning/learn-anew.js';
import { rememberedBackground, topicLearner } from '../../shared/learning/topic-learner.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { logger } from '../../shared/runtime/logger.js';
import { realSurroundings, type Surroundings } from '../../shared/runtime/surroundings.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionReader } from '../../shared/storage/editions-repository.js';
import { learnedTopicRepository } from '../../shared/storage/examples/learned-topics.js';
import { paperNotes } from '../../shared/storage/papers/papers-repository.js';
import { tableGate } from '../../shared/storage/subscribers/name-row.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { learnTopicsEnv } from './env.js';
import type { LearnTopicsDeps } from './learn-topics.js';

interface Outside extends Surroundings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly randomToken: () => string;
}

const aws = (): Outside => ({
  ...realSurroundings,
  dynamo: documentClient(),
  sqs: new SQSClient(),
  randomToken: () => randomBytes(16).toString('base64url'),
});

/** Builds what the use case needs, once at cold start. */
export function learnTopicsDependencies(env: Env<typeof learnTopicsEnv>, outside = aws()): LearnTopicsDeps {
  const { dynamo, sqs, now, random, sleep: pause } = outside;
  const waiting = { random, pause };
  const ingest = jobQueue<LookUp>(sqs, env.INGEST_QUEUE_URL, arxivGroup);
  return {
    topics: learnedTopicRepository(dynamo, env.SUBSCRIBERS_TABLE, waiting),
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE, waiting),
    isOwnTable: tableGate(dynamo, env.SUBSCRIBERS_TABLE, env.SUBSCRIBERS_ORIGIN, 'reads'),
    papers: paperNotes(dynamo, env.PAPERS_TABLE, waiting),
    learn: topicLearner(rememberedBackground({ editions: editionReader(dynamo, env.EDITIONS_TABLE, waiting), now })),
    mark: outside.randomToken,
    lookUp: (asked) => ingest([asked]),
    warn: (message, what) => logger.warn(message, { ...what }),
    now,
  };
}
