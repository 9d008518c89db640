import { text } from '../../shared/contract/env.js';

export const servePagesEnv = {
  EDITIONS_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  KEYS_SECRET: text,
  CONTACT: text,
};
