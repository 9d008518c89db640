import * as z from 'zod/mini';
import { sourceStatus } from '../contract/events.js';
import { calendarDate } from '../contract/ids.js';
import type { Edition, EditionSource, RankedPaper } from '../domain/edition/edition.js';
import type { Highlights } from '../domain/highlights/highlights.js';
import { once } from '../domain/once.js';
import type { SourceName } from '../domain/paper/paper.js';
import type { ScorePart } from '../domain/trend/trend-score.js';
import { type ByteParts, cutBytes, joinBytes, squeeze, unsqueeze } from './byte-parts.js';
import { storedCounts, storedListedDay, storedPaper } from './papers/paper-rows.js';

const storedPart = once(
  () =>
    z.discriminatedUnion('signal', [
      z.object({
        signal: z.enum(['upvotes', 'comments', 'stars']),
        points: z.number(),
        gained: z.number(),
        hours: z.number(),
        standing: z.exactOptional(z.number()),
        timesCohort: z.exactOptional(z.number()),
      }),
      z.object({ signal: z.literal('submitter'), points: z.number(), place: z.number() }),
    ]) satisfies z.ZodMiniType<ScorePart>,
);

const storedSource = once(
  () =>
    z.object({
      source: z.enum(['hugging-face', 'arxiv'] satisfies SourceName[]),
      status: sourceStatus,
      newestDay: z.exactOptional(calendarDate),
    }) satisfies z.ZodMiniType<EditionSource>,
);

const place = z.exactOptional(z.number());
/** Highlights as rows and editions hold them. */
export const storedHighlights = once(
  () =>
    z.object({
      of: z.number(),
      task: place,
      problem: place,
      idea: place,
      result: place,
      others: z.exactOptional(z.array(z.number())),
    }) satisfies z.ZodMiniType<Highlights>,
);

/** A paper with its place in an edition, as editions hold it. */
export const storedRanked = once(
  () =>
    z.object({
      paper: storedPaper(),
      score: z.object({
        value: z.number(),
        parts: z.array(storedPart()),
      }),
      counts: z._default(storedCounts(), {}),
      curve: z.exactOptional(z.array(z.number())),
      lane: z.exactOptional(z.literal('resurfaced')),
      weekGain: z.exactOptional(z.number()),
      highlights: z.exactOptional(storedHighlights()),
    }) satisfies z.ZodMiniType<RankedPaper>,
);

const storedEdition = once(
  () =>
    z.object({
      date: calendarDate,
      formula: z.number(),
      publishedAt: z.number(),
      days: z.array(storedListedDay()),
      previous: z.exactOptional(z.object({ date: calendarDate, publishedAt: z.number() })),
      sources: z.exactOptional(z.array(storedSource())),
      papers: z.array(storedRanked()),
    }) satisfies z.ZodMiniType<Edition>,
);

/** Compresses an edition and cuts it. */
export async function cutEdition(edition: Edition): Promise<ByteParts> {
  return cutBytes(await squeeze(JSON.stringify(edition)));
}

/** Joins and parses what `cutEdition` made; throws when a part is missing or another byte has changed. */
export async function joinEdition(parts: ByteParts): Promise<Edition> {
  return z.parse(storedEdition(), JSON.parse(await unsqueeze(joinBytes(parts))));
}
