import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { sourceStatus } from '../../contract/events.js';
import { calendarDate, paperId } from '../../contract/ids.js';
import { papersByActiveDay } from '../../contract/tables.js';
import type { CalendarDate } from '../../domain/calendar-date.js';
import { once } from '../../domain/once.js';
import { activeDayOf, type Counts, type Observation, type Paper, type SourceName } from '../../domain/paper/paper.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import type { SourceHealth } from '../../domain/paper/source-health.js';
import { readItems, type Waiting } from '../dynamo/reading.js';
import { type Key, rowReader, rowVersion } from '../dynamo/rows.js';

export const sourceName = z.enum(['hugging-face', 'arxiv'] satisfies SourceName[]);

/** A paper as rows and editions hold it. */
export const storedPaper = once(
  () =>
    z.object({
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
      isLookedUp: z.exactOptional(z.literal(true)),
    } satisfies Record<keyof Paper, z.core.$ZodType>) satisfies z.ZodMiniType<Paper>,
);

/** Counts as editions hold them. */
export const storedCounts = once(
  () =>
    z.object({
      upvotes: z.exactOptional(z.number()),
      comments: z.exactOptional(z.number()),
      stars: z.exactOptional(z.number()),
    } satisfies Record<keyof Counts, z.core.$ZodType>) satisfies z.ZodMiniType<Counts>,
);

const storedObservation = once(() => z.extend(storedCounts(), { at: z.number() }) satisfies z.ZodMiniType<Observation>);

/** How many papers a day listed, as rows and editions hold it. */
export const storedListedDay = once(() => z.object({ date: calendarDate, listed: z.number() }));

export const observationPrefix = 'obs#';

const paperPrefix = 'paper#';
export const paperPartition = (id: PaperId) => paperPrefix + id;
/** The paper whose rows a partition holds. */
export const paperIn = (partition: string): PaperId => z.parse(paperId, partition.slice(paperPrefix.length));
export const paperKey = (id: PaperId): Key => ({ pk: paperPartition(id), sk: 'paper' });
export const listedDayKey = (date: CalendarDate): Key => ({ pk: `day#${date}`, sk: 'day' });
export const healthKey = (source: SourceName): Key => ({ pk: `source#${source}`, sk: 'health' });

/** A paper's row; earlier versions kept the newest observation beside the paper. */
export const readPaperRow = rowReader(() =>
  z.object({ paper: storedPaper(), latest: z.exactOptional(storedObservation()) }),
);
export type PaperRow = ReturnType<typeof readPaperRow>;
/** An observation's row, as earlier versions wrote it. */
export const readObservationRow = rowReader(() => storedObservation());
export const readListedDayRow = rowReader(() => storedListedDay());
export const readHealthRow = rowReader(() =>
  z.object({
    source: sourceName,
    status: sourceStatus,
    at: z.number(),
    lastAnswerAt: z.exactOptional(z.number()),
    newestDay: z.exactOptional(calendarDate),
    rejected: z.number(),
    note: z.exactOptional(z.string()),
  } satisfies Record<keyof SourceHealth, z.core.$ZodType>),
);

/** What a paper's row holds; counts that an earlier version wrote beside the paper stay. */
export function paperAttributes(paper: Paper) {
  // Without the day it is in no index, from which editions are made.
  return { v: rowVersion, [papersByActiveDay.pk]: paper.isLookedUp ? undefined : activeDayOf(paper), paper };
}

/** Reads one paper as it was last described, by its row alone: not when that was, nor its counts. */
export async function readDescribed(
  client: DynamoDBDocumentClient,
  table: string,
  id: PaperId,
  waiting: Waiting,
): Promise<Paper | undefined> {
  const [row] = await readItems(client, table, [paperKey(id)], waiting);
  return row && readPaperRow(row).paper;
}
