import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESClient } from '@aws-sdk/client-ses';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Env } from '../../shared/contract/env.js';
import { digestMailer } from '../../shared/delivery/digest-mailer.js';
import { editionCache } from '../../shared/delivery/loaded-edition.js';
import { digestRate, lanes, rememberedQuota, sharedPace } from '../../shared/delivery/pacing.js';
import { probeMailer } from '../../shared/delivery/probe-mailer.js';
import { seenHashesFrom } from '../../shared/delivery/seen-hashes.js';
import { sendingGate } from '../../shared/delivery/sending-gate.js';
import { trafficTally } from '../../shared/delivery/traffic-tally.js';
import { catalogue } from '../../shared/domain/subscriber/catalogue.js';
import { keptSesClient, sesSender } from '../../shared/mail/send/ses-sender.js';
import { keysFrom } from '../../shared/runtime/keys.js';
import { logger } from '../../shared/runtime/logger.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { realSurroundings, type Surroundings } from '../../shared/runtime/surroundings.js';
import { consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { runRepository } from '../../shared/storage/runs-repository.js';
import { tableGate } from '../../shared/storage/subscribers/name-row.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { trafficRepository } from '../../shared/storage/traffic-repository.js';
import type { sendDigestEnv } from './env.js';
import type { SendDigestDeps } from './send-digest.js';

interface Outside extends Surroundings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly ses: SESClient;
  readonly secrets: SecretsManagerClient;
}

const aws = (): Outside => ({
  ...realSurroundings,
  dynamo: documentClient(),
  ses: keptSesClient(),
  secrets: new SecretsManagerClient(),
});

interface Dependencies extends SendDigestDeps {
  /** Closes the connections to SES, which would not outlive the pause after an invocation. */
  readonly hangUp: () => void;
}

/** Builds what the use case needs, once at cold start. */
export function sendDigestDependencies(env: Env<typeof sendDigestEnv>, outside = aws()): Dependencies {
  const { dynamo, ses, secrets, now, elapsed, sleep, random } = outside;
  const waiting = { random, pause: sleep };
  const countHalted = (count: 0 | 1) => countMetric('sendingHalted', count);
  const countPaused = (count: 0 | 1) => countMetric('sendingPaused', count);
  const paceAt = sharedPace({ elapsed, sleep });
  const sender = sesSender(ses, { configurationSet: env.CONFIGURATION_SET, sleep });
  const editions = editionRepository(dynamo, env.EDITIONS_TABLE, waiting);
  const warn = (message: string, what: object) => logger.warn(message, { ...what });
  const traffic = trafficRepository(dynamo, env.RUNS_TABLE);
  const installation = { sender, from: env.SENDER, postalAddress: env.POSTAL_ADDRESS, pagesUrl: env.PAGES_URL, sleep };
  return {
    runs: runRepository(dynamo, env.RUNS_TABLE, undefined, waiting),
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE, waiting),
    isOwnTable: tableGate(dynamo, env.SUBSCRIBERS_TABLE, env.SUBSCRIBERS_ORIGIN, 'writes'),
    consents: consentRepository(dynamo, env.CONSENTS_TABLE),
    loadEdition: editionCache(editions, warn),
    seenHashes: seenHashesFrom(editions, warn),
    catalogue,
    mailDigest: digestMailer({ ...installation, keys: keysFrom(secrets, env.KEYS_SECRET, elapsed) }),
    mailProbe: probeMailer(installation),
    traffic,
    maySend: sendingGate('digests', { traffic, now, warn, countHalted, countPaused }),
    tally: trafficTally(traffic, now, random),
    quota: rememberedQuota(sender.quota, now),
    paceFor: ({ perSecond }) => paceAt(digestRate(perSecond) / env.SENDERS, Math.ceil(perSecond / env.SENDERS)),
    lane: lanes(env.DELIVERIES_IN_FLIGHT),
    countStopped: (count) => countMetric('sendingStopped', count),
    countBroken: (count) => countMetric('digestsBroken', count),
    countUnreadable: (filters) => countMetric('filtersUnreadable', filters),
    publishHour: env.PUBLISH_HOUR,
    hangUp: () => ses.destroy(),
    warn,
    now,
  };
}
