import type { CalendarDate } from '../../domain/calendar-date.js';
import type { Key } from '../dynamo/rows.js';

/** Something that was cut into parts, by the hash of the whole. */
export interface Whole {
  readonly hash: string;
  readonly parts: number;
}

/** Where the texts of an edition are. */
export interface TextsOf {
  readonly date: CalendarDate;
  readonly texts: string;
}

/** Of 2,000 papers a page shows twenty, so that smaller items are less to read, and more to write. */
export const papersPerItem = 5;

export const partition = (date: CalendarDate) => `edition#${date}`;
export const headKey = (date: CalendarDate): Key => ({ pk: partition(date), sk: 'index' });
export const textsHeadKey = (date: CalendarDate): Key => ({ pk: partition(date), sk: 'texts' });
export type PieceKind = 'index' | 'names' | 'words' | 'spots' | 'texts';
export const piecePrefix = (kind: PieceKind, hash: string) => `${kind}#${hash}#`;
export const pieceKey = (date: CalendarDate, kind: PieceKind, hash: string, index: number): Key => ({
  pk: partition(date),
  sk: piecePrefix(kind, hash) + String(index).padStart(4, '0'),
});
