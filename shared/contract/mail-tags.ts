/**
 * Names of the tags on mails, which SES repeats in its events. A digest has subscriber, edition, attempt and `claimed`, the
 * instant of its claim in epoch milliseconds; a notice only its subscriber; a probe `probe` and `claimed`.
 * Values: `[A-Za-z0-9_-]`, at most 256 characters.
 */
export const mailTags = {
  subscriber: 'subscriber',
  edition: 'edition',
  attempt: 'attempt',
  claimed: 'claimed',
  probe: 'probe',
} as const;
