import { type ArchiveIndex, archivedPapers, asksForAuthors, openArchive } from '../domain/archive/archive-index.js';
import type { Entry } from '../domain/archive/join-months.js';
import { makeMonth } from '../domain/archive/make-month.js';
import { addDays, type CalendarDate } from '../domain/calendar-date.js';
import { type ArchivedPaper, type DaySpan, editionSpan, editionsCovering } from '../domain/edition/archive.js';
import type { Edition, RankedPaper } from '../domain/edition/edition.js';
import type { Filter } from '../domain/filter/filter.js';
import { inParallel } from './dynamo/reading.js';
import type { EditionRepository } from './editions-repository.js';
import type { MonthHead, MonthRepository } from './months-repository.js';

/** What an archive is read from. */
export interface ArchiveTables {
  readonly editions: Pick<EditionRepository, 'find' | 'publishedWithin'>;
  readonly months: Pick<MonthRepository, 'headOf' | 'read' | 'readNames' | 'papersAt'>;
}

/** An archive that can be searched, and its papers, which are read when they are to be shown. */
export interface ReadableArchive {
  readonly index: ArchiveIndex;
  readonly papersAt: (places: readonly number[]) => Promise<readonly ArchivedPaper[]>;
  /** Reads what a filter needs besides the index; to be called before the index is asked for it. */
  readonly prepareFor: (filter: Filter) => Promise<void>;
  /** It was made of the editions, because a month's index is missing or of another format. */
  readonly isMakeshift: boolean;
  /** The same with nothing remembered of any filter. */
  readonly anew: () => ReadableArchive;
}

const readAtOnce = 2;

/** The newest of the editions that together hold a span's papers (`editionsCovering`). */
export async function newestCovering(
  { publishedWithin }: Pick<EditionRepository, 'publishedWithin'>,
  { from, to }: DaySpan,
): Promise<CalendarDate | undefined> {
  const last = editionSpan({ from, to }).to;
  const lookedFor = { from: addDays(last, -5), to: last };
  const [after] = await publishedWithin(lookedFor);
  return after ?? (await publishedWithin({ from, to: addDays(lookedFor.from, -1) })).at(-1);
}

/** Reads the archive of a span whose newest edition is known; `undefined` when that cannot be read. */
export async function readArchive(
  newest: CalendarDate,
  span: DaySpan,
  tables: ArchiveTables,
): Promise<ReadableArchive | undefined> {
  const head = await tables.months.headOf(newest);
  const [first, ...others] = editionsCovering(span, head?.editions ?? []);
  const heads = head && first && (await headsFor(head, others, tables));
  return heads ? readMonths(heads, [first, ...others], span, tables) : makeArchive(span, tables);
}

/** The months that together hold some editions; `undefined` when one of them is missing. */
async function headsFor(
  newest: MonthHead,
  editions: readonly CalendarDate[],
  { months }: ArchiveTables,
): Promise<readonly MonthHead[] | undefined> {
  const heads = [newest];
  const isHeld = (date: CalendarDate) => heads.some(({ sources }) => sources.some((source) => source.date === date));
  for (const date of editions) {
    if (isHeld(date)) continue;
    const next = await months.headOf(date);
    if (!next) return undefined;
    heads.push(next);
  }
  return heads;
}

async function readMonths(
  heads: readonly MonthHead[],
  editions: Editions,
  span: DaySpan,
  { months }: ArchiveTables,
): Promise<ReadableArchive> {
  const texts = new Map(heads.flatMap(({ sources }) => sources).map((source) => [source.date, source.texts]));
  const read = await inParallel(heads, readAtOnce, months.read);
  const papersAt = (entries: readonly Entry[]) =>
    months.papersAt(entries.map(({ edition, place }) => ({ date: edition, place, texts: texts.get(edition) ?? '' })));
  let names: Promise<unknown> | undefined;
  const readNames = () =>
    inParallel([...heads.entries()], readAtOnce, async ([index, head]) => {
      const month = read[index];
      if (month) month.names = await months.readNames(head);
    });
  const prepareFor = async (filter: Filter) => {
    if (!asksForAuthors(filter)) return;
    names ??= readNames();
    // A failure is not remembered.
    names.catch(() => {
      names = undefined;
    });
    await names;
  };
  return readable({ open: () => openArchive(read, editions, span), papersAt, prepareFor, isMakeshift: false });
}

/** The slow way. */
async function makeArchive(span: DaySpan, { editions }: ArchiveTables): Promise<ReadableArchive | undefined> {
  const dates = editionsCovering(span, await editions.publishedWithin(editionSpan(span)));
  const found = await inParallel(dates, readAtOnce, editions.find);
  const [newest, ...others] = found.filter((each): each is Edition => each !== undefined);
  if (!newest) return undefined;
  const all = [newest, ...others];
  const papersOf = new Map(all.map(({ date, papers }) => [date, papers]));
  const month = makeMonth(all);
  const papersAt = async (entries: readonly Entry[]) =>
    entries.flatMap(({ edition, place }) => papersOf.get(edition)?.[place] ?? []);
  const dated: Editions = [newest.date, ...others.map(({ date }) => date)];
  const prepareFor = async () => undefined;
  return readable({ open: () => openArchive([month], dated, span), papersAt, prepareFor, isMakeshift: true });
}

type Editions = readonly [CalendarDate, ...CalendarDate[]];

interface Sources extends Pick<ReadableArchive, 'prepareFor' | 'isMakeshift'> {
  readonly open: () => ArchiveIndex;
  readonly papersAt: (entries: readonly Entry[]) => Promise<readonly RankedPaper[]>;
}

function readable({ open, papersAt, ...others }: Sources): ReadableArchive {
  const index = open();
  return {
    index,
    ...others,
    papersAt: async (places) => {
      const newest = places.flatMap((place) => index.entriesAt(place)[0] ?? []);
      return archivedPapers(index, places, await papersAt(newest));
    },
    anew: () => readable({ open, papersAt, ...others }),
  };
}
