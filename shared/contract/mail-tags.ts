/**
 * Names of the tags on mails: a digest has all of them, a notice only its subscriber; SES repeats them in its events.
 * Values: `[A-Za-z0-9_-]`, at most 256 characters.
 */
export const mailTags = { subscriber: 'subscriber', edition: 'edition', attempt: 'attempt' } as const;
