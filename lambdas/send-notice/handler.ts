import { sendNotice as message } from '../../shared/contract/messages.js';
import { queueWorker } from '../../shared/runtime/queue-worker.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { sendNoticeDependencies } from './dependencies.js';
import { sendNoticeEnv } from './env.js';
import { sendNotice } from './send-notice.js';

const deps = sendNoticeDependencies(readEnv(sendNoticeEnv));

export const handler = queueWorker(message, (notice) => sendNotice(notice, deps));
