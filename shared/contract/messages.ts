import * as z from 'zod/mini';
import { calendarDate, deliveryDays, paperId, subscriberId } from './ids.js';

/** Asks send-digest to bring every subscriber of one batch to an outcome; safe to deliver again. */
export const sendDigest = z.object({
  run: calendarDate,
  batch: z.string().check(z.minLength(1)),
  /** What SES said when the batch was asked for; without it the sender asks SES itself. */
  quota: z.exactOptional(
    z.object({
      /** Mails a second that the account may send. */
      perSecond: z.number(),
      /** Mails that the account might still send in those 24 hours; `null` where there is no limit. */
      left: z.nullable(z.number()),
    }),
  ),
});
export type SendDigest = z.infer<typeof sendDigest>;

/** Asks ingest-papers for something that the sources know. Whatever asks arXiv is a message of this queue. */
export const ingestPapers = z.discriminatedUnion('kind', [
  /** One run over what the sources list. */
  z.strictObject({ kind: z.literal('hourly') }),
  /**
   * A stretch of what the sources know of past days, from `from` to `to`: without `place` it begins there, or goes on where an
   * earlier one over the same days ended; with it, it is the next piece of the one that began with this id.
   */
  z.strictObject({
    kind: z.literal('backfill'),
    id: z.string().check(z.minLength(1)),
    from: calendarDate,
    to: calendarDate,
    place: z.exactOptional(z.strictObject({ date: calendarDate, start: z.number() })),
    /** How often this piece was tried before. */
    tries: z.exactOptional(z.number()),
  }),
  /** The papers with these ids, which a subscriber named; what is found is kept, and `papers.found` says what is not. */
  z.strictObject({
    kind: z.literal('look-up'),
    subscriber: subscriberId,
    ids: z.array(paperId).check(z.maxLength(600)),
  }),
]);
export type IngestPapers = z.infer<typeof ingestPapers>;
/** Asks ingest-papers for a piece of some past days. */
export type Backfill = Extract<IngestPapers, { kind: 'backfill' }>;

/** What the schedule asks for. */
export const hourlyIngest: IngestPapers = { kind: 'hourly' };

/** The one message group of ingest's FIFO queue: arXiv allows one connection, so one message is handled at a time. */
export const arxivGroup = 'arxiv';

const topicChoice = z.union([
  z.strictObject({ catalogueId: z.string() }),
  z.strictObject({ name: z.string(), filter: z.string(), compiled: z.exactOptional(z.string()) }),
]);

/** A topic like some papers, as `packAsked` packs it: SQS takes 256 KB, so each of three has a part of that. */
const askedTopic = z.strictObject({
  n: z.number(),
  /** What was learned of the papers that are known, base64. */
  like: z.string().check(z.maxLength(8_000)),
  /** Its examples, base64. */
  examples: z.string().check(z.maxLength(64_000)),
});
export type AskedTopic = z.infer<typeof askedTopic>;

/** Where a request on the form came from, by keyed hashes whose key changes daily. */
const requestOrigin = z.strictObject({
  /** Whether its browser had done the proof of work. */
  lane: z.enum(['proven', 'unproven']),
  /** Of the network (an IPv4 /24 or an IPv6 /48). */
  network: z.string(),
  /** Of the address's domain; absent for large providers, which have no share of their own. */
  domain: z.exactOptional(z.string()),
});
export type RequestOrigin = z.infer<typeof requestOrigin>;

/** Asks send-notice for one mail that is no digest; safe to deliver again. */
export const sendNotice = z.discriminatedUnion('kind', [
  /** Somebody asked on the form for mail to this address; whose it is nobody knows yet. */
  z.strictObject({
    kind: z.literal('answer-request'),
    address: z.string(),
    timeZone: z.string(),
    hour: z.number(),
    days: z.exactOptional(deliveryDays),
    topics: z.array(topicChoice),
    learned: z.exactOptional(z.array(askedTopic).check(z.maxLength(3))),
    maxPapers: z.number(),
    aiSummaries: z.exactOptional(z.literal(false)),
    quietDays: z.exactOptional(z.literal('best-unseen')),
    /** Version of the page on which it was asked. */
    page: z.string(),
    requestedAt: z.number(),
    /** Absent on messages of earlier versions. */
    origin: z.exactOptional(requestOrigin),
  }),
  /** A subscriber asked for the link that begins a change of address; it goes to the present one. */
  z.strictObject({ kind: z.literal('address-link'), subscriber: subscriberId }),
  /** A subscriber followed that link and wants this address in place of their own. */
  z.strictObject({
    kind: z.literal('change-address'),
    subscriber: subscriberId,
    address: z.string(),
    page: z.string(),
    requestedAt: z.number(),
    /** Its network is the subscriber. Absent on messages of earlier versions. */
    origin: z.exactOptional(requestOrigin),
  }),
  /** The new address was confirmed by the token with this hash: it takes over the subscription of the old one. */
  z.strictObject({
    kind: z.literal('move-subscription'),
    from: subscriberId,
    to: subscriberId,
    tokenHash: z.string(),
    confirmedAt: z.number(),
  }),
  z.strictObject({ kind: z.literal('welcome'), subscriber: subscriberId }),
  z.strictObject({ kind: z.literal('goodbye'), subscriber: subscriberId }),
]);
export type SendNotice = z.infer<typeof sendNotice>;
