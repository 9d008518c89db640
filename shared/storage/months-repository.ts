import { inflateRawSync } from 'node:zlib';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate } from '../contract/ids.js';
import { unpackMonth, unpackNames, unpackSpots, unpackWords } from '../domain/archive/month-bytes.js';
import { type MonthIndex, type MonthNames, monthFormat } from '../domain/archive/month-index.js';
import type { SpotsPart } from '../domain/archive/month-spots.js';
import type { CalendarDate } from '../domain/calendar-date.js';
import type { RankedPaper } from '../domain/edition/edition.js';
import { joinBytes } from './byte-parts.js';
import { readItems, realWaiting, type Waiting } from './dynamo/reading.js';
import { type Key, rowReader } from './dynamo/rows.js';
import { type KeptScoreboard, paperIn, readScoreboards, textOf } from './months/edition-texts.js';
import { headKey, type PieceKind, pieceKey, type TextsOf, type Whole } from './months/month-pieces.js';
import { monthWriter, type WriteMonth } from './months/month-writer.js';

/** What there is to know of a month's index before it is read. */
export interface MonthHead {
  readonly date: CalendarDate;
  readonly hash: string;
  readonly parts: number;
  /** The names of the papers' authors, apart. */
  readonly names: Whole;
  /** Their words in sequence, apart. */
  readonly words: Whole;
  /** Where each word is, apart; the first word of each part. */
  readonly spots: { readonly hash: string; readonly firsts: readonly number[] };
  /** The editions whose papers it holds, newest first, and where their texts are. */
  readonly sources: readonly TextsOf[];
  /** The editions that look back on the days up to it, newest first: those of the sources, and of ten days more. */
  readonly editions: readonly CalendarDate[];
}

/** A paper's place in an edition, from 0, and the name of that edition's texts. */
interface TextPlace extends TextsOf {
  readonly place: number;
}

/** What is read of the indexes of the months up to each edition, and of the texts of its papers. */
interface MonthReader {
  /** `undefined` when there is none, or one of another format. */
  headOf(date: CalendarDate): Promise<MonthHead | undefined>;
  /** Without names and words; throws when it cannot be read whole. */
  read(head: MonthHead): Promise<MonthIndex>;
  /** Throws when they cannot be read whole. */
  readNames(head: MonthHead): Promise<MonthNames>;
  /** Throws when they cannot be read whole. */
  readWords(head: MonthHead): Promise<NonNullable<MonthIndex['wordAt']>>;
  /** Where the words of some parts are, in the order of the parts; throws when one cannot be read. */
  readSpots(head: MonthHead, parts: readonly number[]): Promise<readonly SpotsPart[]>;
  /** The papers at some places, in the order of the places. */
  papersAt(places: readonly TextPlace[]): Promise<readonly RankedPaper[]>;
  /** Where the papers of the editions of some dates stood, in no order; those without their texts are left out. */
  scoreboards(dates: readonly CalendarDate[]): Promise<readonly KeptScoreboard[]>;
}

/** The indexes of the months up to each edition, and the texts of its papers. */
export interface MonthRepository extends MonthReader {
  write: WriteMonth;
}

const readHeadRow = rowReader(() =>
  z.object({
    date: calendarDate,
    format: z.number(),
    hash: z.string(),
    parts: z.number(),
    names: z.object({ hash: z.string(), parts: z.number() }),
    words: z.object({ hash: z.string(), parts: z.number() }),
    spots: z.object({ hash: z.string(), firsts: z.array(z.number()) }),
    sources: z.array(z.object({ date: calendarDate, texts: z.string() })),
    editions: z.array(calendarDate),
  }),
);
const readFormat = rowReader(() => z.object({ format: z.number() }));
const readPieceRow = rowReader(() => z.object({ sk: z.string(), bytes: z.instanceof(Uint8Array) }));

/** Months as `monthReader` reads them, and what writes them. */
export function monthRepository(
  client: DynamoDBDocumentClient,
  TableName: string,
  waiting: Waiting = realWaiting,
): MonthRepository {
  return { ...monthReader(client, TableName, waiting), write: monthWriter(client, TableName, waiting) };
}

/**
 * Months beside the editions: `edition#<date>` holds `texts#<hash>#<nnnn>`, five papers each, with their head `texts`, and `index#<hash>#<nnnn>`
 * with `names#…`, `words#…` and `spots#…` and their head `index`. Heads are written last. What a head does not name any more expires.
 */
export function monthReader(client: DynamoDBDocumentClient, TableName: string, waiting: Waiting): MonthReader {
  async function piecesAt(keys: readonly Key[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const rows = await readItems(client, TableName, keys, waiting);
    return new Map(rows.map((row) => [`${row.pk} ${row.sk}`, readPieceRow(row).bytes]));
  }

  async function wholeOf(date: CalendarDate, kind: PieceKind, { hash, parts }: Whole): Promise<Uint8Array> {
    const keys = Array.from({ length: parts }, (_, index) => pieceKey(date, kind, hash, index));
    const found = await piecesAt(keys);
    const pieces = keys.map(({ pk, sk }) => found.get(`${pk} ${sk}`) ?? new Uint8Array(0));
    return aligned(inflated(joinBytes({ hash, parts: pieces })));
  }

  return {
    scoreboards: (dates) => readScoreboards(client, TableName, dates, waiting),

    async headOf(date) {
      const [row] = await readItems(client, TableName, [headKey(date)], waiting);
      return row && readFormat(row).format === monthFormat ? readHeadRow(row) : undefined;
    },

    read: async ({ date, ...whole }) => unpackMonth(await wholeOf(date, 'index', whole)),
    readNames: async ({ date, names }) => unpackNames(await wholeOf(date, 'names', names)),

    readWords: async ({ date, words }) => unpackWords(await wholeOf(date, 'words', words)),

    async readSpots({ date, spots }, parts) {
      const keys = parts.map((part) => pieceKey(date, 'spots', spots.hash, part));
      const found = await piecesAt(keys);
      return keys.map(({ pk, sk }) => {
        const bytes = found.get(`${pk} ${sk}`);
        if (!bytes) throw new Error(`the part ${sk} of the month up to ${date} is gone`);
        return unpackSpots(aligned(inflated(bytes)));
      });
    },

    async papersAt(places) {
      const keyOf = ({ date, texts, place }: TextPlace) => pieceKey(date, 'texts', texts, textOf(place));
      const texts = new Map<string, string>();
      for (const [key, bytes] of await piecesAt(places.map(keyOf))) texts.set(key, inflated(bytes).toString('utf8'));
      return places.map((each) => {
        const { pk, sk } = keyOf(each);
        const paper = paperIn(texts.get(`${pk} ${sk}`), each.place);
        if (paper === undefined) throw new Error(`the text of paper ${each.place} of edition ${each.date} is gone`);
        return paper;
      });
    },
  };
}

/** Of a month's index brotli would save a hundredth, and take twice as long to read. */
function inflated(bytes: Uint8Array): Buffer {
  // What is given back comes in chunks, which are joined.
  return inflateRawSync(bytes, { chunkSize: Math.max(1 << 12, 2 * bytes.length) });
}

/** Lists of wide numbers must begin at a multiple of eight. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}
