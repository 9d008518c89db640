import * as z from 'zod/mini';
import { mailEvent } from '../../shared/contract/events.js';
import { queueWorker } from '../../shared/runtime/queue-worker.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { runRepository } from '../../shared/storage/runs-repository.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { recordMailEventsEnv } from './env.js';
import { recordMailEvent } from './record-mail-events.js';

const env = readEnv(recordMailEventsEnv);
const dynamo = documentClient();
const deps = {
  subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE),
  runs: runRepository(dynamo, env.RUNS_TABLE),
  consents: consentRepository(dynamo, env.CONSENTS_TABLE),
  now: Date.now,
};

export const handler = queueWorker(z.object({ detail: mailEvent }), ({ detail }) => recordMailEvent(detail, deps));
