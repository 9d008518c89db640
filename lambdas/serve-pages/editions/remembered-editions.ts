import { type CalendarDate, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import {
  type DaySpan,
  daysBefore,
  daysCovered,
  editionSpan,
  editionsCovering,
} from '../../../shared/domain/edition/archive.js';
import type { Edition } from '../../../shared/domain/edition/edition.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import {
  type ArchiveTables,
  newestCovering,
  type ReadableArchive,
  readArchive,
} from '../../../shared/storage/read-archive.js';

/** Keeps the edition that was read last: most readers want the same one, it is frozen, and reading it takes a while. */
export function rememberedEditions(
  editions: Pick<EditionRepository, 'find' | 'newestDate'>,
): Pick<EditionRepository, 'find' | 'newestDate'> {
  let last: Edition | undefined;
  return {
    async find(date) {
      if (last?.date === date) return last;
      const found = await editions.find(date);
      last = found ?? last;
      return found;
    },
    // Nothing is newer than today's: once that is here, the storage need not be asked.
    newestDate: async (today) => (last?.date === today ? today : editions.newestDate(today)),
  };
}

/** Gives archives; `undefined` while the days asked for have no edition. */
export interface Archives {
  /** The 30 days up to the newest edition, to be asked about so many filters. */
  lastDays(today: CalendarDate, filters?: number): Promise<ReadableArchive | undefined>;
  /** An archive with all papers of the span: the last 30 days where that is enough, else one of the span alone. */
  holding(span: DaySpan, today: CalendarDate): Promise<ReadableArchive | undefined>;
  /** The date of the newest edition that counts on a day, as it was known at most a minute ago. */
  newestDate(today: CalendarDate): Promise<CalendarDate | undefined>;
  /** How many of the 30 days up to an edition there are papers of. */
  coveredDays(newest: CalendarDate): Promise<number>;
}

/** The last 30 days and one other span: each takes some 25 MB for ten thousand papers. */
const keptArchives = 2;

/** An archive remembers the matches of each filter, and anybody can ask for new ones: after this many it begins anew. */
const mostAsked = 1000;

interface Kept {
  readonly archive: Promise<ReadableArchive | undefined>;
  asked: number;
  /** When it is to be read again: what had to be made without its index, after a minute. */
  readAgainAt: Instant;
}

/**
 * Reads an archive once for each newest edition and keeps the last two that were asked for. Which edition is the newest is
 * remembered for a minute.
 */
export function rememberedArchives(tables: RememberedTables, now: () => Instant): Archives {
  const kept = new Map<string, Kept>();
  const newestDate = forAMinute((today: CalendarDate) => tables.editions.newestDate(today), String, now);
  const newestFor = forAMinute(
    (span: DaySpan) => newestCovering(tables.editions, span),
    ({ from, to }) => `${from} ${to}`,
    now,
  );

  function keep(key: string, archive: Kept['archive']): Kept {
    const entry = { archive, asked: 0, readAgainAt: Number.POSITIVE_INFINITY };
    const settle = (read: ReadableArchive | undefined) => {
      if (!read || read.isMakeshift) entry.readAgainAt = now() + minuteMs;
    };
    archive.then(settle, () => kept.get(key) === entry && kept.delete(key));
    return entry;
  }

  function entryOf(key: string, read: () => Kept['archive']): Kept {
    const last = kept.get(key);
    if (!last || last.readAgainAt <= now()) return keep(key, read());
    return last.asked < mostAsked
      ? last
      : keep(
          key,
          last.archive.then((archive) => archive?.anew()),
        );
  }

  async function archiveOf(newest: CalendarDate, span: DaySpan, filters: number): Promise<ReadableArchive | undefined> {
    const key = [span.from, span.to, newest].join(' ');
    const entry = entryOf(key, () => readArchive(newest, span, tables));
    entry.asked += filters;
    kept.delete(key);
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size + 1 - keptArchives))) kept.delete(oldest);
    kept.set(key, entry);
    return entry.archive;
  }

  async function archiveHolding(span: DaySpan, today: CalendarDate, filters = 1) {
    const newest = await newestDate(today);
    if (newest === undefined) return undefined;
    const lastDays = daysBefore(newest);
    if (span.from >= lastDays.from) return archiveOf(newest, lastDays, filters);
    const first = await newestFor(span);
    return first && archiveOf(first, span, filters);
  }

  return {
    holding: (span, today) => archiveHolding(span, today),
    lastDays: (today, filters) => archiveHolding(daysBefore(today, 1), today, filters),
    newestDate,
    coveredDays: forAMinute((newest: CalendarDate) => coveredDays(newest, tables), String, now),
  };
}

type RememberedTables = ArchiveTables & { readonly editions: Pick<EditionRepository, 'newestDate'> };

async function coveredDays(newest: CalendarDate, { editions, months }: RememberedTables): Promise<number> {
  const span = daysBefore(newest);
  const dates = (await months.headOf(newest))?.editions ?? (await editions.publishedWithin(editionSpan(span)));
  return daysCovered(span, editionsCovering(span, dates));
}

/** Remembers the answer to the last question of each kind for a minute, but no failure. */
function forAMinute<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  nameOf: (question: Question) => string,
  now: () => Instant,
): (question: Question) => Promise<Answer> {
  let last: { readonly name: string; readonly answer: Promise<Answer>; readonly at: Instant } | undefined;
  return (question) => {
    const name = nameOf(question);
    if (last?.name === name && now() - last.at < minuteMs) return last.answer;
    const asked = { name, answer: ask(question), at: now() };
    last = asked;
    asked.answer.catch(() => {
      if (last === asked) last = undefined;
    });
    return asked.answer;
  };
}
