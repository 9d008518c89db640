import { text } from '../../shared/contract/env.js';

export const recordMailEventsEnv = {
  SUBSCRIBERS_TABLE: text,
  RUNS_TABLE: text,
  CONSENTS_TABLE: text,
};
