import { oneOf, text, webAddress, wholeNumber } from '../../shared/contract/env.js';
import { subscribersOrigins } from '../../shared/contract/tables.js';

export const sendNoticeEnv = {
  EDITIONS_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  SUBSCRIBERS_ORIGIN: oneOf(...subscribersOrigins),
  RUNS_TABLE: text,
  CONSENTS_TABLE: text,
  KEYS_SECRET: text,
  NOTICE_QUEUE_URL: text,
  CONFIGURATION_SET: text,
  /** `Name <address>` or an address, from which every mail is sent. */
  SENDER: text,
  POSTAL_ADDRESS: text,
  PAGES_URL: webAddress,
  PUBLISH_HOUR: wholeNumber,
};
