import type { CalendarDate } from '../domain/calendar-date.js';
import type { ListedDay } from '../domain/edition/edition.js';
import type { PaperRecord, SourceName } from '../domain/paper/paper.js';

/** A record that could not be read; the others are unaffected. */
export interface RejectedRecord {
  /** Source, place and, if known, id: `hugging-face 2026-08-07 record 3 (2608.05987)`. */
  readonly where: string;
  readonly reason: string;
}

/** What a source said in one run. */
export interface SourceAnswer {
  readonly records: readonly PaperRecord[];
  /** New versions of papers that the source announced before; absent when it announces none. */
  readonly versions?: readonly PaperRecord[];
  /** The daily lists that were read completely, oldest first. */
  readonly days: readonly ListedDay[];
  readonly rejected: readonly RejectedRecord[];
  /** Requests that failed while others were answered: what was asked, and why it failed. */
  readonly unanswered: readonly string[];
}

/** A source of papers outside Paperboy. */
export interface PaperSource {
  readonly name: SourceName;
  /** What the source lists now; throws `SourceDown` when no request was answered. */
  latest(today: CalendarDate): Promise<SourceAnswer>;
}

/** No request was answered; the message says which source and why, in one line. */
export class SourceDown extends Error {
  override readonly name = 'SourceDown';
}
