import { optionalText, text, webAddress, wholeNumber, words } from '../../shared/contract/env.js';

export const ingestPapersEnv = {
  PAPERS_TABLE: text,
  EVENT_BUS: text,
  /** Its own queue, for the next piece of a backfill. */
  INGEST_QUEUE_URL: text,
  /** Email address in the user agent: the sources ask for one. */
  CONTACT: text,
  ARXIV_CATEGORIES: words,
  HUGGING_FACE_URL: webAddress,
  ARXIV_FEED_URL: webAddress,
  ARXIV_API_URL: webAddress,
  /** Pause between two requests to arXiv; its terms ask for 3000. */
  ARXIV_PAUSE_MS: wholeNumber,
  GITHUB_API_URL: webAddress,
  /** ARN of the secret that holds GitHub's token; empty where stars are not asked for. */
  GITHUB_TOKEN_SECRET: optionalText,
};
