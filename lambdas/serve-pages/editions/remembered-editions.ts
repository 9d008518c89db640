import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import {
  type DaySpan,
  daysBefore,
  daysCovered,
  type IndexedArchive,
  indexArchive,
} from '../../../shared/domain/edition/archive.js';
import type { Edition } from '../../../shared/domain/edition/edition.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import { datesOfArchive, readArchive } from '../../../shared/storage/read-archive.js';

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

/** Gives archives, indexed; `undefined` while the days asked for have no edition. */
export interface Archives {
  /** The 30 days up to the newest edition, to be asked about so many filters. */
  lastDays(today: CalendarDate, filters?: number): Promise<IndexedArchive | undefined>;
  /** An archive with all papers of the span: the last 30 days where that is enough, else one of the span alone. */
  holding(span: DaySpan, today: CalendarDate): Promise<IndexedArchive | undefined>;
  /** How many of the 30 days up to an edition there are papers of. */
  coveredDays(newest: CalendarDate): Promise<number>;
}

/** The last 30 days and one other span: each takes some 30 MB for a thousand papers, and up to seconds to make. */
const keptArchives = 2;

/** An index remembers the matches of each filter, and anybody can ask for new ones: after this many it is rebuilt. */
const mostAsked = 1000;

interface Kept {
  readonly indexed: Promise<IndexedArchive | undefined>;
  readonly asked: number;
}

/** Makes an archive once for each newest edition and keeps the last two that were asked for. */
export function rememberedArchives(
  editions: Pick<EditionRepository, 'find' | 'newestDate' | 'publishedWithin'>,
): Archives {
  const kept = new Map<string, Kept>();

  async function load(dates: readonly CalendarDate[], span: DaySpan): Promise<IndexedArchive | undefined> {
    const archive = await readArchive(editions, dates, span);
    return archive && indexArchive(archive);
  }

  function askedAgain(last: Kept, filters: number): Kept {
    if (last.asked < mostAsked) return { ...last, asked: last.asked + filters };
    return { indexed: last.indexed.then((known) => known && indexArchive(known.archive)), asked: filters };
  }

  async function archiveOf(span: DaySpan, filters: number): Promise<IndexedArchive | undefined> {
    const dates = await datesOfArchive(editions, span);
    const key = [span.from, span.to, ...dates].join(' ');
    const last = kept.get(key);
    const next = last ? askedAgain(last, filters) : { indexed: load(dates, span), asked: filters };
    kept.delete(key);
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size + 1 - keptArchives))) kept.delete(oldest);
    kept.set(key, next);
    next.indexed.catch(() => kept.delete(key));
    return next.indexed;
  }

  const archiveHolding = async (span: DaySpan, today: CalendarDate, filters = 1) => {
    const newest = await editions.newestDate(today);
    if (newest === undefined) return undefined;
    const lastDays = daysBefore(newest);
    return archiveOf(span.from >= lastDays.from ? lastDays : span, filters);
  };

  let covered: readonly [newest: CalendarDate, days: number] | undefined;
  const coveredDays: Archives['coveredDays'] = async (newest) => {
    if (covered?.[0] === newest) return covered[1];
    const span = daysBefore(newest);
    const days = daysCovered(span, await datesOfArchive(editions, span));
    covered = [newest, days];
    return days;
  };

  return {
    holding: (span, today) => archiveHolding(span, today),
    coveredDays,
    lastDays: (today, filters) => archiveHolding(daysBefore(today, 1), today, filters),
  };
}
