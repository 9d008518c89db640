import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate } from '../contract/ids.js';
import { expiryAttribute } from '../contract/tables.js';
import { packMonth, packNames, unpackMonth, unpackNames } from '../domain/archive/month-bytes.js';
import { type MonthIndex, type MonthNames, monthFormat } from '../domain/archive/month-index.js';
import type { CalendarDate, Instant } from '../domain/calendar-date.js';
import type { Edition, RankedPaper } from '../domain/edition/edition.js';
import { cutBytes, hashOf, joinBytes } from './byte-parts.js';
import { change, is, startsWith, where } from './dynamo/expressions.js';
import { inParallel, queryItems, readItems, realWaiting, type Waiting } from './dynamo/reading.js';
import { expiryOf, type Key, rowReader, rowVersion } from './dynamo/rows.js';
import {
  type KeptScoreboard,
  paperIn,
  readScoreboards,
  textOf,
  textsHead,
  textsHeadKey,
  textsNamedBy,
  textsOf,
} from './texts/edition-texts.js';

/** What there is to know of a month's index before it is read. */
export interface MonthHead {
  readonly date: CalendarDate;
  readonly hash: string;
  readonly parts: number;
  /** The names of the papers' authors, apart. */
  readonly names: { readonly hash: string; readonly parts: number };
  /** The editions whose papers it holds, newest first, and where their texts are. */
  readonly sources: readonly TextsOf[];
  /** The editions that look back on the days up to it, newest first: those of the sources, and of ten days more. */
  readonly editions: readonly CalendarDate[];
}

/** Where the texts of an edition are. */
interface TextsOf {
  readonly date: CalendarDate;
  readonly texts: string;
}

/** A paper's place in an edition, from 0, and the name of that edition's texts. */
export interface TextPlace extends TextsOf {
  readonly place: number;
}

/** The indexes of the months up to each edition, and the texts of its papers. */
export interface MonthRepository {
  /** `undefined` when there is none, or one of another format. */
  headOf(date: CalendarDate): Promise<MonthHead | undefined>;
  /** Without names; throws when it cannot be read whole. */
  read(head: MonthHead): Promise<MonthIndex>;
  /** Throws when they cannot be read whole. */
  readNames(head: MonthHead): Promise<MonthNames>;
  /** The papers at some places, in the order of the places. */
  papersAt(places: readonly TextPlace[]): Promise<readonly RankedPaper[]>;
  /** Where the papers of the editions of some dates stood, in no order; those without their texts are left out. */
  scoreboards(dates: readonly CalendarDate[]): Promise<readonly KeptScoreboard[]>;
  /** Writes the index of the month up to the newest of some editions, and those of their texts that are missing. */
  write(
    month: Required<MonthIndex>,
    sources: readonly Edition[],
    editions: readonly CalendarDate[],
    at: Instant,
  ): Promise<void>;
}

const requestsAtOnce = 8;
/** What no head names any more may still be being read. */
const keptDays = 1;

const partition = (date: CalendarDate) => `edition#${date}`;
const headKey = (date: CalendarDate): Key => ({ pk: partition(date), sk: 'index' });
type PieceKind = 'index' | 'names' | 'texts';
type Whole = MonthHead['names'];
const piecePrefix = (kind: PieceKind, hash: string) => `${kind}#${hash}#`;
const pieceKey = (date: CalendarDate, kind: PieceKind, hash: string, index: number): Key => ({
  pk: partition(date),
  sk: piecePrefix(kind, hash) + String(index).padStart(4, '0'),
});

const readHeadRow = rowReader(() =>
  z.object({
    date: calendarDate,
    format: z.number(),
    hash: z.string(),
    parts: z.number(),
    names: z.object({ hash: z.string(), parts: z.number() }),
    sources: z.array(z.object({ date: calendarDate, texts: z.string() })),
    editions: z.array(calendarDate),
  }),
);
const readPieceRow = rowReader(() => z.object({ sk: z.string(), bytes: z.instanceof(Uint8Array) }));

/**
 * Months beside the editions: `edition#<date>` holds `texts#<hash>#<nnnn>`, five papers each, with their head `texts`, and `index#<hash>#<nnnn>`
 * and `names#<hash>#<nnnn>` with their head `index`. Heads are written last. What a head does not name any more expires.
 */
export function monthRepository(
  client: DynamoDBDocumentClient,
  TableName: string,
  waiting: Waiting = realWaiting,
): MonthRepository {
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
    write: monthWriter(client, TableName, waiting),
    scoreboards: (dates) => readScoreboards(client, TableName, dates, waiting),

    async headOf(date) {
      const [row] = await readItems(client, TableName, [headKey(date)], waiting);
      const head = row && readHeadRow(row);
      return head?.format === monthFormat ? head : undefined;
    },

    read: async ({ date, ...whole }) => unpackMonth(await wholeOf(date, 'index', whole)),
    readNames: async ({ date, names }) => unpackNames(await wholeOf(date, 'names', names)),

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

/** Writes the pieces of an index and of texts, then the head that names them; all others expire. */
function monthWriter(client: DynamoDBDocumentClient, TableName: string, waiting: Waiting): MonthRepository['write'] {
  const put = (Item: Record<string, unknown>) =>
    client.send(new PutCommand({ TableName, Item: { ...Item, v: rowVersion } }));

  async function putPieces(date: CalendarDate, kind: PieceKind, pieces: readonly Uint8Array[], hash: string) {
    const numbered = [...pieces.entries()];
    await inParallel(numbered, requestsAtOnce, ([index, bytes]) =>
      put({ ...pieceKey(date, kind, hash, index), bytes }),
    );
  }

  async function expireOthers(date: CalendarDate, kind: PieceKind, hash: string, at: Instant): Promise<void> {
    const ofKind = where([is('pk', partition(date)), startsWith('sk', `${kind}#`)], ['pk', 'sk', expiryAttribute]);
    for await (const { pk, sk, ...rest } of queryItems(client, { TableName, ...ofKind })) {
      if (String(sk).startsWith(piecePrefix(kind, hash)) || expiryAttribute in rest) continue;
      const expires = change({ [expiryAttribute]: expiryOf(at, keptDays) });
      await client.send(new UpdateCommand({ TableName, Key: { pk, sk }, ...expires }));
    }
  }

  async function writeTexts(edition: Edition, at: Instant): Promise<TextsOf> {
    const { date, papers } = edition;
    const known = textsNamedBy((await readItems(client, TableName, [textsHeadKey(date)], waiting))[0]);
    if (known !== undefined) return { date, texts: known };
    const pieces = textsOf(papers).map((text) => deflateRawSync(text));
    const hash = hashOf(Buffer.concat(pieces));
    await putPieces(date, 'texts', pieces, hash);
    await put({ ...textsHeadKey(date), ...textsHead(edition, hash) });
    await expireOthers(date, 'texts', hash, at);
    return { date, texts: hash };
  }

  return async (month, sources, editions, at) => {
    const [newest] = month.sources;
    if (!newest) return;
    const texts: TextsOf[] = [];
    for (const source of sources) texts.push(await writeTexts(source, at));
    const { date } = newest;
    const writeWhole = async (kind: PieceKind, bytes: Uint8Array): Promise<Whole> => {
      const { hash, parts } = cutBytes(deflateRawSync(bytes));
      await putPieces(date, kind, parts, hash);
      return { hash, parts: parts.length };
    };
    const index = await writeWhole('index', packMonth(month));
    const names = await writeWhole('names', packNames(month.names));
    const head = { date, format: monthFormat, ...index, names, sources: texts, editions };
    await put({ ...headKey(date), ...head });
    await expireOthers(date, 'index', index.hash, at);
    await expireOthers(date, 'names', names.hash, at);
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
