import { deflateRawSync } from 'node:zlib';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAttribute } from '../../contract/tables.js';
import { packMonth, packNames, packSpots, packWords } from '../../domain/archive/month-bytes.js';
import { monthFormat, type WholeMonth } from '../../domain/archive/month-index.js';
import { cutSpots } from '../../domain/archive/month-spots.js';
import type { CalendarDate, Instant } from '../../domain/calendar-date.js';
import type { Edition } from '../../domain/edition/edition.js';
import { cutBytes, hashOf } from '../byte-parts.js';
import { change, is, startsWith, where } from '../dynamo/expressions.js';
import { inParallel, queryItems, readItems, type Waiting } from '../dynamo/reading.js';
import { expiryOf, rowVersion } from '../dynamo/rows.js';
import { textsHead, textsHeadKey, textsNamedBy, textsOf } from './edition-texts.js';
import { headKey, type PieceKind, partition, pieceKey, piecePrefix, type TextsOf, type Whole } from './month-pieces.js';

/**
 * Writes the index of the month up to the newest of some editions, and those of their texts that are missing; `anew` writes the
 * newest edition's texts in any case, for it was remade.
 */
export type WriteMonth = (
  month: WholeMonth,
  sources: readonly Edition[],
  editions: readonly CalendarDate[],
  at: Instant,
  what?: 'missing' | 'anew',
) => Promise<void>;

const requestsAtOnce = 8;
/** What no head names any more may still be being read. */
const keptDays = 1;

/** Writes the pieces of an index and of texts, then the head that names them; all others expire. */
export function monthWriter(client: DynamoDBDocumentClient, TableName: string, waiting: Waiting): WriteMonth {
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

  async function writeTexts(edition: Edition, at: Instant, isRemade: boolean): Promise<TextsOf> {
    const { date, papers } = edition;
    const known = textsNamedBy((await readItems(client, TableName, [textsHeadKey(date)], waiting))[0]);
    if (known !== undefined && !isRemade) return { date, texts: known };
    const pieces = textsOf(papers).map((text) => deflateRawSync(text));
    const hash = hashOf(Buffer.concat(pieces));
    await putPieces(date, 'texts', pieces, hash);
    await put({ ...textsHeadKey(date), ...textsHead(edition, hash) });
    await expireOthers(date, 'texts', hash, at);
    return { date, texts: hash };
  }

  return async (month, sources, editions, at, what) => {
    const [newest] = month.sources;
    if (!newest) return;
    const texts: TextsOf[] = [];
    for (const source of sources) {
      texts.push(await writeTexts(source, at, what === 'anew' && source.date === newest.date));
    }
    const { date } = newest;
    const writeWhole = async (kind: PieceKind, bytes: Uint8Array): Promise<Whole> => {
      const { hash, parts } = cutBytes(deflateRawSync(bytes));
      await putPieces(date, kind, parts, hash);
      return { hash, parts: parts.length };
    };
    const index = await writeWhole('index', packMonth(month));
    const names = await writeWhole('names', packNames(month.names));
    const words = await writeWhole('words', packWords(month.wordAt));
    const parts = cutSpots(month.wordAt, (month.firstOfClass.at(-1) ?? 1) - 1);
    const pieces = parts.map((part) => deflateRawSync(packSpots(part)));
    const spots = { hash: hashOf(Buffer.concat(pieces)), firsts: parts.map(({ first }) => first[0] ?? 0) };
    await putPieces(date, 'spots', pieces, spots.hash);
    const head = { date, format: monthFormat, ...index, names, words, spots, sources: texts, editions };
    await put({ ...headKey(date), ...head });
    for (const [kind, { hash }] of Object.entries({ index, names, words, spots }))
      await expireOthers(date, kind as PieceKind, hash, at);
  };
}
