import { sendDigest as message } from '../../shared/contract/messages.js';
import { countMetric } from '../../shared/runtime/metrics.js';
import { queueWorker } from '../../shared/runtime/queue-worker.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { sendDigestDependencies } from './dependencies.js';
import { sendDigestEnv } from './env.js';
import { sendDigest } from './send-digest.js';
import { tallyOutcomes } from './tally-outcomes.js';

const deps = sendDigestDependencies(readEnv(sendDigestEnv));

export const handler = queueWorker(
  message,
  (job, remainingMs, queuedAt) =>
    tallyOutcomes(deps, (tallied) => sendDigest(job, tallied, remainingMs, queuedAt), countMetric),
  async () => deps.hangUp(),
);
