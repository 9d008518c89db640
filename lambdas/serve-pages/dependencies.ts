import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Env } from '../../shared/contract/env.js';
import { catalogue } from '../../shared/domain/subscriber/catalogue.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { keysFrom } from '../../shared/runtime/keys.js';
import { logger } from '../../shared/runtime/logger.js';
import { realSurroundings, type Surroundings } from '../../shared/runtime/surroundings.js';
import { consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { hindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { signupRepository } from '../../shared/storage/signups-repository.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { rememberedEditions } from './editions/remembered-editions.js';
import type { servePagesEnv } from './env.js';
import { rememberedArchives } from './search/remembered-archives.js';
import type { ServePagesDeps } from './serve-pages.js';

interface Outside extends Surroundings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly secrets: SecretsManagerClient;
}

const aws = (): Outside => ({
  ...realSurroundings,
  dynamo: documentClient(),
  sqs: new SQSClient(),
  secrets: new SecretsManagerClient(),
});

/** Builds what the pages need, once at cold start. */
export function servePagesDependencies(env: Env<typeof servePagesEnv>, outside = aws()): ServePagesDeps {
  const { dynamo, sqs, secrets, now, elapsed, random, sleep: pause } = outside;
  const editions = editionRepository(dynamo, env.EDITIONS_TABLE, { random, pause });
  return {
    hindsights: hindsightRepository(dynamo, env.EDITIONS_TABLE),
    editions: { ...editions, ...rememberedEditions(editions) },
    archives: rememberedArchives(editions),
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE, { random, pause }),
    signups: signupRepository(dynamo, env.SUBSCRIBERS_TABLE),
    consents: consentRepository(dynamo, env.CONSENTS_TABLE),
    enqueue: jobQueue(sqs, env.NOTICE_QUEUE_URL),
    keys: keysFrom(secrets, env.KEYS_SECRET, elapsed),
    catalogue,
    publisher: { sender: env.SENDER, postalAddress: env.POSTAL_ADDRESS, contact: env.CONTACT },
    publishHour: env.PUBLISH_HOUR,
    warn: (message, what) => logger.warn(message, { ...what }),
    now,
  };
}
