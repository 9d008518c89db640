import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Env } from '../../shared/contract/env.js';
import type { SendNotice } from '../../shared/contract/messages.js';
import { digestMailer } from '../../shared/delivery/digest-mailer.js';
import { editionCache, newestEdition } from '../../shared/delivery/loaded-edition.js';
import { rememberedQuota } from '../../shared/delivery/pacing.js';
import { catalogue } from '../../shared/domain/subscriber/catalogue.js';
import { sesClient, sesSender } from '../../shared/mail/send/ses-sender.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { keysFrom } from '../../shared/runtime/keys.js';
import { logger } from '../../shared/runtime/logger.js';
import { consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { signupRepository } from '../../shared/storage/signups-repository.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { sendNoticeEnv } from './env.js';
import { composeWelcome, noticeMailer } from './notice-mailer.js';
import type { SendNoticeDeps } from './send-notice.js';

/** Builds what the use case needs, once at cold start. */
export function sendNoticeDependencies(env: Env<typeof sendNoticeEnv>): SendNoticeDeps {
  const dynamo = documentClient();
  const editions = editionRepository(dynamo, env.EDITIONS_TABLE);
  const sender = sesSender(sesClient(), { configurationSet: env.CONFIGURATION_SET });
  const keys = keysFrom(new SecretsManagerClient(), env.KEYS_SECRET);
  const loadEdition = editionCache(editions);
  const enqueue = jobQueue<SendNotice>(new SQSClient(), env.NOTICE_QUEUE_URL);
  const warn = (message: string, what: object) => logger.warn(message, { ...what });
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
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE),
    signups: signupRepository(dynamo, env.SUBSCRIBERS_TABLE),
    consents: consentRepository(dynamo, env.CONSENTS_TABLE),
    loadEdition,
    newestEdition: newestEdition(editions, loadEdition),
    mailNotice: noticeMailer(mail),
    mailDigest: digestMailer(mail, composeWelcome),
    quota: rememberedQuota(sender.quota, Date.now),
    requeue: (message, delaySeconds) => enqueue([message], delaySeconds),
    random: () => randomBytes(32).toString('base64url'),
    keys,
    sleep,
    catalogue,
    warn,
    now: Date.now,
  };
}
