/**
 * Names of the tags on mails, which SES repeats in its events. A digest has subscriber, edition, attempt and `claimed`, the
 * instant of its claim in epoch milliseconds; a notice only its subscriber; a probe `probe` and `claimed`.
 * Values: `[A-Za-z0-9_-]`, at most 256 characters.
 *
 * The two of a feedback come first in the Feedback-ID header that SES writes, by which Gmail counts complaints: the kind
 * of mail and the edition, never anything of a reader. They alone have a colon in their names.
 * https://aws.amazon.com/blogs/messaging-and-targeting/understanding-google-postmaster-tools-spam-complaints-for-amazon-ses-email-senders
 */
export const mailTags = {
  subscriber: 'subscriber',
  edition: 'edition',
  attempt: 'attempt',
  claimed: 'claimed',
  probe: 'probe',
  feedbackKind: 'ses:feedback-id-a',
  feedbackEdition: 'ses:feedback-id-b',
} as const;
