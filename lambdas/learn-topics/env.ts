import { text } from '../../shared/contract/env.js';

export const learnTopicsEnv = {
  PAPERS_TABLE: text,
  EDITIONS_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  INGEST_QUEUE_URL: text,
};
