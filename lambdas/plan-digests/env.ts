import { text, wholeNumber } from '../../shared/contract/env.js';

export const planDigestsEnv = {
  EDITIONS_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  RUNS_TABLE: text,
  DIGEST_QUEUE_URL: text,
  PUBLISH_HOUR: wholeNumber,
};
