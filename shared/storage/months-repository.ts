import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { calendarDate } from '../contract/ids.js';
import { expiryAttribute } from '../contract/tables.js';
import { packMonth, unpackMonth } from '../domain/archive/month-bytes.js';
import { type MonthIndex, monthFormat } from '../domain/archive/month-index.js';
import type { CalendarDate, Instant } from '../domain/calendar-date.js';
import type { Edition, RankedPaper } from '../domain/edition/edition.js';
import { cutBytes, hashOf, joinBytes, squeeze, unsqueeze } from './byte-parts.js';
import { change, is, startsWith, where } from './dynamo/expressions.js';
import { inParallel, queryItems, readItems, realWaiting, type Waiting } from './dynamo/reading.js';
import { expiryOf, type Key, rowReader, rowVersion } from './dynamo/rows.js';
import { storedRanked } from './edition-parts.js';

/** What there is to know of a month's index before it is read. */
export interface MonthHead {
  readonly date: CalendarDate;
  readonly hash: string;
  readonly parts: number;
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
  /** Throws when it cannot be read whole. */
  read(head: MonthHead): Promise<MonthIndex>;
  /** The papers at some places, in the order of the places. */
  papersAt(places: readonly TextPlace[]): Promise<readonly RankedPaper[]>;
  /** Writes the index of the month up to the newest of some editions, and those of their texts that are missing. */
  write(month: MonthIndex, sources: readonly Edition[], editions: readonly CalendarDate[], at: Instant): Promise<void>;
}

/** Of 2,000 papers a page shows twenty, so that smaller items are less to read, and more to write. */
const papersPerItem = 8;
const requestsAtOnce = 8;
/** What no head names any more may still be being read. */
const keptDays = 1;

const partition = (date: CalendarDate) => `edition#${date}`;
const headKey = (date: CalendarDate): Key => ({ pk: partition(date), sk: 'index' });
const textsHeadKey = (date: CalendarDate): Key => ({ pk: partition(date), sk: 'texts' });
type PieceKind = 'index' | 'texts';
const piecePrefix = (kind: PieceKind, hash: string) => `${kind}#${hash}#`;
const pieceKey = (date: CalendarDate, kind: PieceKind, hash: string, index: number): Key => ({
  pk: partition(date),
  sk: piecePrefix(kind, hash) + String(index).padStart(4, '0'),
});

const readHeadRow = rowReader(
  z.object({
    date: calendarDate,
    format: z.number(),
    hash: z.string(),
    parts: z.number(),
    sources: z.array(z.object({ date: calendarDate, texts: z.string() })),
    editions: z.array(calendarDate),
  }),
);
const readTextsHeadRow = rowReader(z.object({ format: z.number(), hash: z.string() }));
const readPieceRow = rowReader(z.object({ sk: z.string(), bytes: z.instanceof(Uint8Array) }));

/**
 * Months beside the editions: `edition#<date>` holds `texts#<hash>#<nnnn>`, eight papers each, with their head `texts`, and `index#<hash>#<nnnn>`
 * with its head `index`. Heads are written last. What a head does not name any more expires.
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

  return {
    write: monthWriter(client, TableName, waiting),

    async headOf(date) {
      const [row] = await readItems(client, TableName, [headKey(date)], waiting);
      const head = row && readHeadRow(row);
      return head?.format === monthFormat ? head : undefined;
    },

    async read({ date, hash, parts }) {
      const keys = Array.from({ length: parts }, (_, index) => pieceKey(date, 'index', hash, index));
      const found = await piecesAt(keys);
      const pieces = keys.map(({ pk, sk }) => found.get(`${pk} ${sk}`) ?? new Uint8Array(0));
      return unpackMonth(aligned(await joinBytes({ hash, parts: pieces })));
    },

    async papersAt(places) {
      const keyOf = ({ date, texts, place }: TextPlace) =>
        pieceKey(date, 'texts', texts, Math.floor(place / papersPerItem));
      const texts = new Map<string, string>();
      for (const [key, bytes] of await piecesAt(places.map(keyOf)))
        texts.set(key, (await unsqueeze(bytes)).toString('utf8'));
      return places.map((each) => {
        const { pk, sk } = keyOf(each);
        const line = texts.get(`${pk} ${sk}`)?.split('\n')[each.place % papersPerItem];
        if (line === undefined) throw new Error(`the text of paper ${each.place} of edition ${each.date} is gone`);
        return z.parse(storedRanked, JSON.parse(line));
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

  async function writeTexts({ date, papers }: Edition, at: Instant): Promise<TextsOf> {
    const [known] = await readItems(client, TableName, [textsHeadKey(date)], waiting);
    const head = known && readTextsHeadRow(known);
    if (head?.format === monthFormat) return { date, texts: head.hash };
    const items = Array.from({ length: Math.ceil(papers.length / papersPerItem) }, (_, index) =>
      papers.slice(index * papersPerItem, (index + 1) * papersPerItem),
    );
    const pieces = await inParallel(items, requestsAtOnce, (each) =>
      squeeze(each.map((paper) => JSON.stringify(paper)).join('\n')),
    );
    const hash = hashOf(Buffer.concat(pieces));
    await putPieces(date, 'texts', pieces, hash);
    await put({ ...textsHeadKey(date), format: monthFormat, hash });
    await expireOthers(date, 'texts', hash, at);
    return { date, texts: hash };
  }

  return async (month, sources, editions, at) => {
    const [newest] = month.sources;
    if (!newest) return;
    const texts: TextsOf[] = [];
    for (const source of sources) texts.push(await writeTexts(source, at));
    const { hash, parts } = await cutBytes(packMonth(month));
    const { date } = newest;
    await putPieces(date, 'index', parts, hash);
    const head = { date, format: monthFormat, hash, parts: parts.length, sources: texts, editions };
    await put({ ...headKey(date), ...head });
    await expireOthers(date, 'index', hash, at);
  };
}

/** Lists of wide numbers must begin at a multiple of eight. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}
