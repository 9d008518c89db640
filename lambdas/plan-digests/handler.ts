import { SQSClient } from '@aws-sdk/client-sqs';
import { tickHandler } from '../../shared/runtime/event-handler.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { runRepository } from '../../shared/storage/runs-repository.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { planDigestsEnv } from './env.js';
import { planDigests } from './plan-digests.js';

const env = readEnv(planDigestsEnv);
const dynamo = documentClient();
const deps = {
  editions: editionRepository(dynamo, env.EDITIONS_TABLE),
  subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE),
  runs: runRepository(dynamo, env.RUNS_TABLE),
  enqueue: jobQueue(new SQSClient(), env.DIGEST_QUEUE_URL),
  publishHour: env.PUBLISH_HOUR,
  countEditionAge: (hours: number) => countMetric('editionAgeHours', hours),
  now: Date.now,
};

export const handler = tickHandler('planned', () => planDigests(deps));
