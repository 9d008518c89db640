import * as z from 'zod/mini';
import type { SourceStatus } from '../domain/paper/source-health.js';
import { calendarDate, paperId, subscriberId } from './ids.js';

/**
 * How a source did in one ingest: `quiet` answers but lists nothing new today, `stale` has listed nothing new for days.
 */
export const sourceStatus = z.enum(['fresh', 'quiet', 'stale', 'down'] satisfies SourceStatus[]);

/** An ingest has ended; it succeeded when a source answered. */
export const papersIngested = {
  type: 'papers.ingested',
  detail: z.object({ at: z.number(), sources: z.array(z.object({ name: z.string(), status: sourceStatus })) }),
} as const;
export type PapersIngested = z.infer<typeof papersIngested.detail>;

/** The admin wants the newest edition made anew, and announced. */
export const remakeAsked = { type: 'edition.remake-asked', detail: z.object({ date: calendarDate }) } as const;
export type RemakeAsked = z.infer<typeof remakeAsked.detail>;

/**
 * The edition of a date was published, or is announced again: after it was remade, or because the admin says so. The next tick
 * covers for one that was lost.
 */
export const editionPublished = { type: 'edition.published', detail: z.object({ date: calendarDate }) } as const;
export type EditionPublished = z.infer<typeof editionPublished.detail>;

/** The papers that a subscriber named were looked up: `ids` are known from now on, and arXiv has none of `missing`. */
export const papersFound = {
  type: 'papers.found',
  detail: z.object({ subscriber: subscriberId, ids: z.array(paperId), missing: z.array(paperId) }),
} as const;
export type PapersFound = z.infer<typeof papersFound.detail>;

/** The `source` of every event on Paperboy's own bus. */
export const eventSource = 'paperboy';

const bouncedRecipient = z.object({
  action: z.nullish(z.string()),
  status: z.nullish(z.string()),
  diagnosticCode: z.nullish(z.string()),
});

/**
 * A mail's event as SES sends it to the default bus.
 * Format: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const mailEvent = z.object({
  eventType: z.string(),
  mail: z.object({
    timestamp: z.string(),
    messageId: z.string(),
    tags: z.optional(z.record(z.string(), z.array(z.string()))),
  }),
  bounce: z.optional(
    z.object({
      bounceType: z.string(),
      bounceSubType: z.nullish(z.string()),
      timestamp: z.nullish(z.string()),
      bouncedRecipients: z.nullish(z.array(bouncedRecipient)),
    }),
  ),
  complaint: z.optional(
    z.object({
      complaintFeedbackType: z.nullish(z.string()),
      complaintSubType: z.nullish(z.string()),
      timestamp: z.nullish(z.string()),
    }),
  ),
});
export type MailEvent = z.infer<typeof mailEvent>;

/** The event types that Paperboy listens to, as SES names them in `detail.eventType`. */
export const mailEventTypes = ['Send', 'Bounce', 'Complaint', 'Reject'] as const;
