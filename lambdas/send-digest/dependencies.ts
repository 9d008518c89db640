import { setTimeout as sleep } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Env } from '../../shared/contract/env.js';
import { digestMailer } from '../../shared/delivery/digest-mailer.js';
import { editionCache } from '../../shared/delivery/loaded-edition.js';
import { rememberedQuota, sharedPace } from '../../shared/delivery/pacing.js';
import { catalogue } from '../../shared/domain/subscriber/catalogue.js';
import { sesClient, sesSender } from '../../shared/mail/send/ses-sender.js';
import { keysFrom } from '../../shared/runtime/keys.js';
import { logger } from '../../shared/runtime/logger.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { runRepository } from '../../shared/storage/runs-repository.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { sendDigestEnv } from './env.js';
import type { SendDigestDeps } from './send-digest.js';

/** Share of the account's send rate that digests may use: notices and retries need some of it. */
const rateShare = 0.9;

/** Builds what the use case needs, once at cold start. */
export function sendDigestDependencies(env: Env<typeof sendDigestEnv>): SendDigestDeps {
  const dynamo = documentClient();
  const paceAt = sharedPace(sleep);
  const sender = sesSender(sesClient(), { configurationSet: env.CONFIGURATION_SET });
  return {
    runs: runRepository(dynamo, env.RUNS_TABLE),
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE),
    consents: consentRepository(dynamo, env.CONSENTS_TABLE),
    loadEdition: editionCache(editionRepository(dynamo, env.EDITIONS_TABLE)),
    catalogue,
    mailDigest: digestMailer({
      sender,
      keys: keysFrom(new SecretsManagerClient(), env.KEYS_SECRET),
      from: env.SENDER,
      postalAddress: env.POSTAL_ADDRESS,
      pagesUrl: env.PAGES_URL,
      sleep,
    }),
    quota: rememberedQuota(sender.quota, Date.now),
    paceFor: ({ perSecond }) => paceAt((perSecond * rateShare) / env.SENDERS),
    countStopped: (count) => countMetric('sendingStopped', count),
    countBroken: (count) => countMetric('digestsBroken', count),
    publishHour: env.PUBLISH_HOUR,
    warn: (message, what) => logger.warn(message, { ...what }),
    now: Date.now,
  };
}
