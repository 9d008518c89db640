import '../incidents/quiet.js';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { planDigestsDependencies } from '../../../lambdas/plan-digests/dependencies.js';
import { planDigests } from '../../../lambdas/plan-digests/plan-digests.js';
import { sendDigestDependencies } from '../../../lambdas/send-digest/dependencies.js';
import { sendDigest } from '../../../lambdas/send-digest/send-digest.js';
import { sendDigest as message } from '../../../shared/contract/messages.js';
import { keptSesClient } from '../../../shared/mail/send/ses-sender.js';
import { realSurroundings } from '../../../shared/runtime/surroundings.js';
import { documentClient } from '../../../shared/storage/dynamo/dynamo.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aProfile, day, subscriberId } from '../../support/builders.js';
import { secret } from '../engine/world.js';
import { editionOf } from '../house/editions.js';
import { env } from '../house/functions.js';
import { faults, HostileCloud, type Service } from './hostile-cloud.js';

const date = day('2026-08-06');
const due = Date.parse('2026-08-06T05:15:00Z');
const tables = ['editions', 'subscribers', 'runs', 'consents'];

let cloud: HostileCloud;
afterEach(() => cloud.stop());

/** Two readers on tables that are spoken to over HTTP, by the clients that are deployed. */
async function aCloud() {
  cloud = new HostileCloud();
  const endpoint = await cloud.start();
  for (const kind of tables) cloud.dynamo.createTable(kind, kind);
  for (const row of (await editionOf(date)).rows) {
    cloud.dynamo.table('editions').write({ pk: String(row.pk), sk: String(row.sk) }, row, 0);
  }
  const subscribers = subscriberRepository(cloud.dynamo.client(), env.SUBSCRIBERS_TABLE);
  for (const number of [1, 2]) {
    await subscribers.put(subscriberId(number), aProfile({ address: `reader${number}@example.org` }), due - 1);
  }
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const secrets = { send: async () => ({ SecretString: secret }) } as unknown as SecretsManagerClient;
  const outside = {
    ...realSurroundings,
    now: () => due,
    sleep: async () => {},
    dynamo: documentClient(config),
    ses: keptSesClient(config),
    sqs: new SQSClient(config),
    secrets,
  };
  const quiet = { warn: () => {}, countStopped: () => {}, countBroken: () => {}, paceFor: () => async () => {} };
  const planning = planDigestsDependencies({ ...env, DIGEST_QUEUE_URL: `${endpoint}/1/digests` }, outside);
  const sending = { ...sendDigestDependencies(env, outside), ...quiet };
  /** Plans, and works on every job that is queued; what fails is left for the next time. */
  const work = async () => {
    await planDigests(planning).catch(() => undefined);
    for (const body of cloud.queue.splice(0)) {
      const job = message.parse(JSON.parse(body));
      const isDone = await sendDigest(job, sending, () => 900_000).then(
        () => true,
        () => false,
      );
      if (!isDone) cloud.queue.push(body);
    }
  };
  const end = () => {
    outside.dynamo.destroy();
    outside.ses.destroy();
    outside.sqs.destroy();
  };
  return { work, end };
}

const counted = (list: readonly string[]) =>
  Math.max(0, ...list.map((tags) => list.filter((other) => other === tags).length));

/** Requests of each service that are struck, one after the other: all that a job and its plan make. */
const requests: Readonly<Record<Service, number>> = { dynamo: 18, sqs: 1, ses: 3 };

describe("at the SDK's border", () => {
  for (const service of ['ses', 'dynamo', 'sqs'] as const) {
    it.each(faults)(`a request to ${service} that ends by %s offers no claim to SES twice`, async (kind) => {
      for (let nth = 1; nth <= requests[service]; nth += 1) {
        const { work, end } = await aCloud();
        cloud.fault = { service, nth, kind };
        await work();
        await work();
        await work();
        end();
        cloud.stop();
        expect([nth, counted(cloud.offers)]).toEqual([nth, 1]);
        expect(counted(cloud.accepted)).toBeLessThanOrEqual(1);
        // Only a mail of which nobody knows whether it was taken may be missing.
        if (service !== 'ses') expect([nth, cloud.accepted.length]).toEqual([nth, 2]);
      }
    });
  }
});
