import { ingestPapers as message } from '../../shared/contract/messages.js';
import { queueWorker } from '../../shared/runtime/queue-worker.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { ingestPapersDependencies } from './dependencies.js';
import { ingestPapersEnv } from './env.js';
import { takeMessage } from './take-message.js';

const deps = ingestPapersDependencies(readEnv(ingestPapersEnv));

export const handler = queueWorker(message, (job, _remainingMs, sentAt) => takeMessage(job, sentAt, deps));
