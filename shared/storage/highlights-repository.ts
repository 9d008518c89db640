import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { paperId } from '../contract/ids.js';
import { type CalendarDate, startOf } from '../domain/calendar-date.js';
import { highlightsVersion } from '../domain/highlights/choose-highlights.js';
import type { Highlights } from '../domain/highlights/highlights.js';
import { once } from '../domain/once.js';
import type { Paper } from '../domain/paper/paper.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import { readItems } from './dynamo/reading.js';
import { expiryOf, type Key, rowReader, rowVersion } from './dynamo/rows.js';
import { storedHighlights } from './edition-parts.js';

/** Highlights that were chosen before the edition that shows them, by the day on which their papers were listed. */
export interface HighlightRepository {
  /** Those of papers of some days, each with the abstract of which they were chosen. */
  chosenOn(days: readonly CalendarDate[]): Promise<ReadonlyMap<CalendarDate, ChosenHighlights>>;
  /** Keeps those of a day for as long as an edition may want them; replaces what was kept of that day. */
  keep(day: CalendarDate, chosen: ChosenHighlights): Promise<void>;
}

/** Highlights of papers, with a hash of the abstract. */
export type ChosenHighlights = ReadonlyMap<PaperId, readonly [abstract: string, highlights: Highlights]>;

/** A paper leaves the editions after seven days. */
const keptDays = 10;
/** So many of a day fit an item of 400 KB; the others are chosen when the edition is made. */
const mostPapers = 5000;

const highlightsKey = (day: CalendarDate): Key => ({ pk: 'highlights', sk: day });
const readRow = rowReader(() => z.object({ version: z.number(), bytes: z.instanceof(Uint8Array) }));
const stored = once(() => z.array(z.tuple([paperId, z.string(), storedHighlights()])));

/** What tells one abstract from another. */
export function abstractHash({ abstract }: Pick<Paper, 'abstract'>): string {
  return createHash('sha256').update(abstract).digest('base64url').slice(0, 12);
}

/** Highlights in DynamoDB, in the table of the editions: `highlights` holds one row a day. */
export function highlightRepository(client: DynamoDBDocumentClient, tableName: string): HighlightRepository {
  return {
    async chosenOn(days) {
      const items = await readItems(client, tableName, days.map(highlightsKey));
      const found = new Map<CalendarDate, ChosenHighlights>();
      for (const item of items) {
        const { version, bytes } = readRow(item);
        if (version !== highlightsVersion) continue;
        const papers = z.parse(stored(), JSON.parse(inflateRawSync(bytes).toString('utf8')));
        const day = item.sk as CalendarDate;
        found.set(day, new Map(papers.map(([id, abstract, highlights]) => [id, [abstract, highlights]])));
      }
      return found;
    },

    async keep(day, chosen) {
      const papers = [...chosen].slice(0, mostPapers).map(([id, [abstract, highlights]]) => [id, abstract, highlights]);
      const row = { ...highlightsKey(day), v: rowVersion, version: highlightsVersion };
      const Item = {
        ...row,
        bytes: deflateRawSync(JSON.stringify(papers)),
        expiresAt: expiryOf(startOf(day), keptDays),
      };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
  };
}
