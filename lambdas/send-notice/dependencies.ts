import { randomBytes } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Env } from '../../shared/contract/env.js';
import type { SendNotice } from '../../shared/contract/messages.js';
import { digestMailer } from '../../shared/delivery/digest-mailer.js';
import { editionCache, newestEdition } from '../../shared/delivery/loaded-edition.js';
import { rememberedQuota } from '../../shared/delivery/pacing.js';
import { seenHashesFrom } from '../../shared/delivery/seen-hashes.js';
import { isPausedByAdmin, sendingGate } from '../../shared/delivery/sending-gate.js';
import { trafficTally } from '../../shared/delivery/traffic-tally.js';
import { catalogue } from '../../shared/domain/subscriber/catalogue.js';
import { sesClient, sesSender } from '../../shared/mail/send/ses-sender.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { keysFrom } from '../../shared/runtime/keys.js';
import { logger } from '../../shared/runtime/logger.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { realSurroundings, type Surroundings } from '../../shared/runtime/surroundings.js';
import { consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { learnedTopicRepository } from '../../shared/storage/examples/learned-topics.js';
import { requestRepository } from '../../shared/storage/requests-repository.js';
import { runRepository } from '../../shared/storage/runs-repository.js';
import { signupRepository } from '../../shared/storage/signups-repository.js';
import { tableGate } from '../../shared/storage/subscribers/name-row.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { trafficRepository } from '../../shared/storage/traffic-repository.js';
import type { sendNoticeEnv } from './env.js';
import { composeWelcome, noticeMailer } from './notice-mailer.js';
import type { SendNoticeDeps } from './send-notice.js';

interface Outside extends Surroundings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly ses: SESClient;
  readonly sqs: SQSClient;
  readonly secrets: SecretsManagerClient;
  readonly randomToken: () => string;
}

const aws = (): Outside => ({
  ...realSurroundings,
  dynamo: documentClient(),
  ses: sesClient(),
  sqs: new SQSClient(),
  secrets: new SecretsManagerClient(),
  randomToken: () => randomBytes(32).toString('base64url'),
});

/** Builds what the use case needs, once at cold start. */
export function sendNoticeDependencies(env: Env<typeof sendNoticeEnv>, outside = aws()): SendNoticeDeps {
  const { dynamo, ses, sqs, secrets, now, elapsed, sleep, random } = outside;
  const waiting = { random, pause: sleep };
  const editions = editionRepository(dynamo, env.EDITIONS_TABLE, waiting);
  const sender = sesSender(ses, { configurationSet: env.CONFIGURATION_SET, sleep });
  const keys = keysFrom(secrets, env.KEYS_SECRET, elapsed);
  const enqueue = jobQueue<SendNotice>(sqs, env.NOTICE_QUEUE_URL);
  const warn = (message: string, what: object) => logger.warn(message, { ...what });
  const loadEdition = editionCache(editions, warn);
  const traffic = trafficRepository(dynamo, env.RUNS_TABLE);
  const countHalted = (count: 0 | 1) => countMetric('sendingHalted', count);
  const countPaused = (count: 0 | 1) => countMetric('sendingPaused', count);
  const mail = {
    sender,
    keys,
    from: env.SENDER,
    postalAddress: env.POSTAL_ADDRESS,
    pagesUrl: env.PAGES_URL,
    sleep,
    warn,
  };
  return {
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE, waiting),
    topics: learnedTopicRepository(dynamo, env.SUBSCRIBERS_TABLE, waiting),
    isOwnTable: tableGate(dynamo, env.SUBSCRIBERS_TABLE, env.SUBSCRIBERS_ORIGIN, 'writes'),
    runs: runRepository(dynamo, env.RUNS_TABLE, undefined, waiting),
    signups: signupRepository(dynamo, env.SUBSCRIBERS_TABLE, waiting.random),
    requests: requestRepository(dynamo, env.SUBSCRIBERS_TABLE),
    consents: consentRepository(dynamo, env.CONSENTS_TABLE),
    loadEdition,
    seenHashes: seenHashesFrom(editions, warn),
    newestEdition: newestEdition(editions, loadEdition),
    tally: trafficTally(traffic, now, random),
    mayAskStrangers: sendingGate('notices', { traffic, now, warn, countHalted, countPaused }),
    isPaused: (sorts) => isPausedByAdmin(sorts, traffic),
    countPaused,
    mailNotice: noticeMailer(mail),
    publishHour: env.PUBLISH_HOUR,
    mailDigest: digestMailer(mail, composeWelcome(env.PUBLISH_HOUR)),
    quota: rememberedQuota(sender.quota, now),
    requeue: (message, delaySeconds) => enqueue([message], delaySeconds),
    random: outside.randomToken,
    keys,
    sleep,
    catalogue,
    countUnreadable: (filters) => countMetric('filtersUnreadable', filters),
    warn,
    now,
  };
}
