import * as z from 'zod/mini';
import { mailEvent } from '../../shared/contract/events.js';
import { queueWorker } from '../../shared/runtime/queue-worker.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { recordMailEventsDependencies } from './dependencies.js';
import { recordMailEventsEnv } from './env.js';
import { countTraffic, recordMailEvent } from './record-mail-events.js';

const deps = recordMailEventsDependencies(readEnv(recordMailEventsEnv));

export const handler = queueWorker(
  z.object({ detail: mailEvent }),
  ({ detail }) => recordMailEvent(detail, deps),
  () => countTraffic(deps.tally),
);
