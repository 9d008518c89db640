import type { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Env } from '../../shared/contract/env.js';
import { readQuota, sesClient } from '../../shared/mail/send/ses-sender.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { logger } from '../../shared/runtime/logger.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { realSurroundings, type Surroundings } from '../../shared/runtime/surroundings.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { runRepository } from '../../shared/storage/runs-repository.js';
import { tableGate } from '../../shared/storage/subscribers/name-row.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { planDigestsEnv } from './env.js';
import type { PlanDigestsDeps } from './plan-digests.js';

/** What one job mails: fifty fit into an invocation even at half a mail a second, and more jobs where it may send faster. */
const batchSize = 50;

interface Outside extends Surroundings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly ses: SESClient;
}

/** All batches of a run share a partition, which takes a thousand units a second: a large plan has to wait for it. */
const writeAttempts = 10;

/** The quota is no more than a help: a tick does not wait long for it. */
const sesTimeouts = { connectMs: 1_000, requestMs: 3_000 };

const aws = (): Outside => ({
  ...realSurroundings,
  dynamo: documentClient({ maxAttempts: writeAttempts }),
  sqs: new SQSClient(),
  ses: sesClient({}, sesTimeouts),
});

/** Builds what the use case needs, once at cold start. */
export function planDigestsDependencies(env: Env<typeof planDigestsEnv>, outside = aws()): PlanDigestsDeps {
  const { dynamo, sqs, ses, now, random, sleep: pause } = outside;
  return {
    editions: editionRepository(dynamo, env.EDITIONS_TABLE, { random, pause }),
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE, { random, pause }),
    runs: runRepository(dynamo, env.RUNS_TABLE, undefined, { random, pause }),
    isOwnTable: tableGate(dynamo, env.SUBSCRIBERS_TABLE, env.SUBSCRIBERS_ORIGIN, 'reads'),
    enqueue: jobQueue(sqs, env.DIGEST_QUEUE_URL),
    quota: () => readQuota(ses, pause),
    batchSize,
    publishHour: env.PUBLISH_HOUR,
    countEditionAge: (hours) => countMetric('editionAgeHours', hours),
    countSkipped: (count) => countMetric('planningSkipped', count),
    warn: (message, what) => logger.warn(message, { ...what }),
    now,
  };
}
