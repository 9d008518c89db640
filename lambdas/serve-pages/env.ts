import { text, webAddress, wholeNumber, words } from '../../shared/contract/env.js';

export const servePagesEnv = {
  PAPERS_TABLE: text,
  EDITIONS_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  RUNS_TABLE: text,
  CONSENTS_TABLE: text,
  KEYS_SECRET: text,
  NOTICE_QUEUE_URL: text,
  INGEST_QUEUE_URL: text,
  PAGES_URL: webAddress,
  CONTACT: text,
  /** `Name <address>` or an address: who sends the mail. */
  SENDER: text,
  POSTAL_ADDRESS: text,
  PUBLISH_HOUR: wholeNumber,
  ARXIV_CATEGORIES: words,
};
