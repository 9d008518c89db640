import { oneOf, text, wholeNumber } from '../../shared/contract/env.js';
import { subscribersOrigins } from '../../shared/contract/tables.js';

export const planDigestsEnv = {
  EDITIONS_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  SUBSCRIBERS_ORIGIN: oneOf(...subscribersOrigins),
  RUNS_TABLE: text,
  DIGEST_QUEUE_URL: text,
  PUBLISH_HOUR: wholeNumber,
};
