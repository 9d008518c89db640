import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Env } from '../../shared/contract/env.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { logger } from '../../shared/runtime/logger.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { realSurroundings, type Surroundings } from '../../shared/runtime/surroundings.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { runRepository } from '../../shared/storage/runs-repository.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { planDigestsEnv } from './env.js';
import type { PlanDigestsDeps } from './plan-digests.js';

/** A job mails one subscriber after the other; fifty fit well into one invocation at a low send rate. */
const batchSize = 50;

interface Outside extends Surroundings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
}

const aws = (): Outside => ({ ...realSurroundings, dynamo: documentClient(), sqs: new SQSClient() });

/** Builds what the use case needs, once at cold start. */
export function planDigestsDependencies(env: Env<typeof planDigestsEnv>, outside = aws()): PlanDigestsDeps {
  const { dynamo, sqs, now, random, sleep: pause } = outside;
  return {
    editions: editionRepository(dynamo, env.EDITIONS_TABLE, { random, pause }),
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE, { random, pause }),
    runs: runRepository(dynamo, env.RUNS_TABLE, undefined, { random, pause }),
    enqueue: jobQueue(sqs, env.DIGEST_QUEUE_URL),
    batchSize,
    publishHour: env.PUBLISH_HOUR,
    countEditionAge: (hours) => countMetric('editionAgeHours', hours),
    countSkipped: (count) => countMetric('planningSkipped', count),
    warn: (message, what) => logger.warn(message, { ...what }),
    now,
  };
}
