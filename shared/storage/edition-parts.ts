import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import * as z from 'zod/mini';
import { sourceStatus } from '../contract/events.js';
import { calendarDate } from '../contract/ids.js';
import type { Edition, EditionSource } from '../domain/edition/edition.js';
import type { Highlights } from '../domain/highlights/highlights.js';
import type { SourceName } from '../domain/paper/paper.js';
import type { ScorePart } from '../domain/trend/trend-score.js';
import { storedCounts, storedListedDay, storedPaper } from './paper-rows.js';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** DynamoDB takes items of 400 KB, keys included. */
const bytesPerPart = 380 * 1000;
/** Better by a tenth than 5; the highest, 11, takes half a minute for an edition of several megabytes. */
const quality = 6;

const storedPart = z.discriminatedUnion('signal', [
  z.object({
    signal: z.enum(['upvotes', 'comments', 'stars']),
    points: z.number(),
    gained: z.number(),
    hours: z.number(),
    standing: z.exactOptional(z.number()),
    timesCohort: z.exactOptional(z.number()),
  }),
  z.object({ signal: z.literal('submitter'), points: z.number(), place: z.number() }),
]) satisfies z.ZodMiniType<ScorePart>;

const storedSource = z.object({
  source: z.enum(['hugging-face', 'arxiv'] satisfies SourceName[]),
  status: sourceStatus,
  newestDay: z.exactOptional(calendarDate),
}) satisfies z.ZodMiniType<EditionSource>;

const place = z.exactOptional(z.number());
/** Highlights as rows and editions hold them. */
export const storedHighlights = z.object({
  of: z.number(),
  task: place,
  problem: place,
  idea: place,
  result: place,
  others: z.exactOptional(z.array(z.number())),
}) satisfies z.ZodMiniType<Highlights>;

const storedEdition = z.object({
  date: calendarDate,
  formula: z.number(),
  publishedAt: z.number(),
  days: z.array(storedListedDay),
  previous: z.exactOptional(z.object({ date: calendarDate, publishedAt: z.number() })),
  sources: z.exactOptional(z.array(storedSource)),
  papers: z.array(
    z.object({
      paper: storedPaper,
      score: z.object({
        value: z.number(),
        parts: z.array(storedPart),
      }),
      counts: z._default(storedCounts, {}),
      curve: z.exactOptional(z.array(z.number())),
      lane: z.exactOptional(z.literal('resurfaced')),
      weekGain: z.exactOptional(z.number()),
      highlights: z.exactOptional(storedHighlights),
    }),
  ),
}) satisfies z.ZodMiniType<Edition>;

/** An edition's bytes: brotli-compressed JSON, cut so that each part fits an item, and the hash of the whole. */
interface EditionParts {
  readonly hash: string;
  readonly parts: readonly Buffer[];
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** Compresses an edition and cuts it. */
export async function cutEdition(edition: Edition): Promise<EditionParts> {
  const bytes = await compress(JSON.stringify(edition), { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  const parts = Array.from({ length: Math.ceil(bytes.length / bytesPerPart) }, (_, index) =>
    bytes.subarray(index * bytesPerPart, (index + 1) * bytesPerPart),
  );
  return { hash: hashOf(bytes), parts };
}

/** Joins and parses what `cutEdition` made; throws when a part is missing or another byte has changed. */
export async function joinEdition({ hash, parts }: EditionParts): Promise<Edition> {
  const bytes = Buffer.concat(parts);
  if (hashOf(bytes) !== hash) throw new Error(`the parts of edition ${hash} are not what was published`);
  return z.parse(storedEdition, JSON.parse((await decompress(bytes)).toString('utf8')));
}
