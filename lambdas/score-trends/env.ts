import { text, wholeNumber } from '../../shared/contract/env.js';

export const scoreTrendsEnv = {
  PAPERS_TABLE: text,
  EDITIONS_TABLE: text,
  EVENT_BUS: text,
  PUBLISH_HOUR: wholeNumber,
};
