import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate } from '../../contract/ids.js';
import { monthFormat } from '../../domain/archive/month-index.js';
import type { CalendarDate } from '../../domain/calendar-date.js';
import type { Edition, RankedPaper } from '../../domain/edition/edition.js';
import { type Scoreboard, scoreboardOf } from '../../domain/edition/scoreboard.js';
import { once } from '../../domain/once.js';
import { readItems, type Waiting } from '../dynamo/reading.js';
import { type Item, type Key, rowReader } from '../dynamo/rows.js';
import { storedRanked } from '../edition-parts.js';

/** Where the papers of an edition stood, and the name of its texts. */
export interface KeptScoreboard extends Scoreboard {
  readonly texts: string;
}

/** Key of what there is to know of an edition's texts before they are read. */
export const textsHeadKey = (date: CalendarDate): Key => ({ pk: `edition#${date}`, sk: 'texts' });

const storedScoreboard = once(
  () =>
    z.object({
      date: calendarDate,
      publishedAt: z.number(),
      ids: z.string(),
      upvotes: z.array(z.nullable(z.number())),
      stars: z.array(z.nullable(z.number())),
      medians: z.record(z.string(), z.number()),
    } satisfies Record<keyof Scoreboard, z.core.$ZodType>) satisfies z.ZodMiniType<Scoreboard>,
);

/** Earlier versions kept no scoreboard. */
const readTextsHeadRow = rowReader(() =>
  z.object({ format: z.number(), hash: z.string(), scoreboard: z.exactOptional(z.instanceof(Uint8Array)) }),
);

/** What the head of an edition's texts says besides its key. */
export function textsHead(edition: Edition, hash: string) {
  const scoreboard = deflateRawSync(JSON.stringify(scoreboardOf(edition)));
  return { format: monthFormat, hash, scoreboard };
}

/** The name of an edition's texts, by their head; `undefined` where they, or the head, must be written again. */
export function textsNamedBy(item: Item | undefined): string | undefined {
  const head = item && readTextsHeadRow(item);
  return head?.format === monthFormat && head.scoreboard ? head.hash : undefined;
}

/** Reads the scoreboards of some dates, one item each, in no order; dates that have none are left out. */
export async function readScoreboards(
  client: DynamoDBDocumentClient,
  table: string,
  dates: readonly CalendarDate[],
  waiting: Waiting,
): Promise<readonly KeptScoreboard[]> {
  const items = await readItems(client, table, dates.map(textsHeadKey), waiting);
  return items.map(readTextsHeadRow).flatMap(({ format, hash, scoreboard }) => {
    if (format !== monthFormat || !scoreboard) return [];
    const read: unknown = JSON.parse(inflateRawSync(scoreboard).toString('utf8'));
    // To make the schema fast takes longer than to read a few of them slowly.
    return [{ ...z.parse(storedScoreboard(), read, { jitless: true }), texts: hash }];
  });
}

/** Of 2,000 papers a page shows twenty, so that smaller items are less to read, and more to write. */
const papersPerText = 5;

/** Which text has the paper of a place, both from 0. */
export function textOf(place: number): number {
  return Math.floor(place / papersPerText);
}

/** Writes the papers of an edition as texts of five papers each, one a line. */
export function textsOf(papers: readonly RankedPaper[]): readonly string[] {
  return Array.from({ length: Math.ceil(papers.length / papersPerText) }, (_, index) => {
    const some = papers.slice(index * papersPerText, (index + 1) * papersPerText);
    return some.map((paper) => JSON.stringify(paper)).join('\n');
  });
}

/** Reads the paper of a place from the text that has it; `undefined` when the text is gone. */
export function paperIn(text: string | undefined, place: number): RankedPaper | undefined {
  const line = text?.split('\n')[place % papersPerText];
  // To make the schema fast takes longer than to read a page of papers slowly.
  return line === undefined ? undefined : z.parse(storedRanked(), JSON.parse(line), { jitless: true });
}
