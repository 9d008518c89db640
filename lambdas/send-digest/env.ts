import { oneOf, text, webAddress, wholeNumber } from '../../shared/contract/env.js';
import { subscribersOrigins } from '../../shared/contract/tables.js';

export const sendDigestEnv = {
  EDITIONS_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  SUBSCRIBERS_ORIGIN: oneOf(...subscribersOrigins),
  RUNS_TABLE: text,
  CONSENTS_TABLE: text,
  KEYS_SECRET: text,
  CONFIGURATION_SET: text,
  /** `Name <address>` or an address, from which every mail is sent. */
  SENDER: text,
  POSTAL_ADDRESS: text,
  PAGES_URL: webAddress,
  PUBLISH_HOUR: wholeNumber,
  /** How many of this function send at the same time: they share the account's send rate. */
  SENDERS: wholeNumber,
  /** How many digests of a batch each of them has on their way together. */
  DELIVERIES_IN_FLIGHT: wholeNumber,
};
