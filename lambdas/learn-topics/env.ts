import { oneOf, text } from '../../shared/contract/env.js';
import { subscribersOrigins } from '../../shared/contract/tables.js';

export const learnTopicsEnv = {
  PAPERS_TABLE: text,
  EDITIONS_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  SUBSCRIBERS_ORIGIN: oneOf(...subscribersOrigins),
  INGEST_QUEUE_URL: text,
};
