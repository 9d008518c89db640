import * as z from 'zod/mini';
import { type CalendarDate, parseCalendarDate } from '../domain/calendar-date.js';
import type { Counts, Observation, Paper, SourceName } from '../domain/paper/paper.js';
import { type PaperId, parsePaperId } from '../domain/paper/paper-id.js';
import type { Slot } from '../domain/subscriber/slot.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';

const textThat = <Value extends string>(fits: (text: string) => boolean) =>
  z.custom<Value>((value) => typeof value === 'string' && fits(value));

export const calendarDate = textThat<CalendarDate>((text) => parseCalendarDate(text) !== undefined);
export const paperId = textThat<PaperId>((text) => parsePaperId(text)?.id === text);
export const slot = textThat<Slot>((text) => /^[^@\s]+@\d{2}$/.test(text));
export const subscriberId = textThat<SubscriberId>((text) => /^[A-Za-z0-9_-]{22}$/.test(text));
export const sourceName = z.enum(['hugging-face', 'arxiv'] satisfies SourceName[]);

/** A paper as rows and editions hold it. */
export const storedPaper = z.object({
  id: paperId,
  title: z.string(),
  abstract: z.string(),
  authors: z.array(z.string()),
  categories: z.array(z.string()),
  aiSummary: z.exactOptional(z.string()),
  keywords: z.array(z.string()),
  organisation: z.exactOptional(z.string()),
  submitter: z.exactOptional(z.string()),
  codeUrl: z.exactOptional(z.string()),
  codeSince: z.exactOptional(z.number()),
  projectUrl: z.exactOptional(z.string()),
  publishedAt: z.number(),
  firstSeenAt: z.number(),
  listedDays: z.array(calendarDate),
  version: z.exactOptional(z.number()),
  isWithdrawn: z.boolean(),
  sources: z.array(sourceName),
  describedAt: z.exactOptional(z.number()),
  starsFrom: z.exactOptional(sourceName),
} satisfies Record<keyof Paper, z.core.$ZodType>) satisfies z.ZodMiniType<Paper>;

/** Counts as editions hold them. */
export const storedCounts = z.object({
  upvotes: z.exactOptional(z.number()),
  comments: z.exactOptional(z.number()),
  stars: z.exactOptional(z.number()),
} satisfies Record<keyof Counts, z.core.$ZodType>) satisfies z.ZodMiniType<Counts>;

/** An observation as rows hold it. */
export const storedObservation = z.extend(storedCounts, { at: z.number() }) satisfies z.ZodMiniType<Observation>;

/** How many papers a day listed, as rows and editions hold it. */
export const storedListedDay = z.object({ date: calendarDate, listed: z.number() });
