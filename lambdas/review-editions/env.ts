import { text } from '../../shared/contract/env.js';

export const reviewEditionsEnv = {
  PAPERS_TABLE: text,
  EDITIONS_TABLE: text,
};
