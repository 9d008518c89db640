import { type ArchiveIndex, archivedPapers, type MonthNeeds, openArchive } from '../domain/archive/archive-index.js';
import type { Entry } from '../domain/archive/join-months.js';
import { makeMonth } from '../domain/archive/make-month.js';
import type { MonthIndex } from '../domain/archive/month-index.js';
import { partOf } from '../domain/archive/month-spots.js';
import { addDays, type CalendarDate } from '../domain/calendar-date.js';
import { type ArchivedPaper, type DaySpan, editionSpan, editionsCovering } from '../domain/edition/archive.js';
import type { Edition, RankedPaper } from '../domain/edition/edition.js';
import type { CompiledFilter } from '../domain/filter/compile-filter.js';
import { inParallel } from './dynamo/reading.js';
import type { EditionRepository } from './editions-repository.js';
import type { MonthHead, MonthRepository } from './months-repository.js';

/** What an archive is read from. */
export interface ArchiveTables {
  readonly editions: Pick<EditionRepository, 'find' | 'publishedWithin'>;
  readonly months: Pick<MonthRepository, 'headOf' | 'read' | 'readNames' | 'readWords' | 'readSpots' | 'papersAt'>;
}

/** An archive that can be searched, and its papers, which are read when they are to be shown. */
export interface ReadableArchive {
  readonly index: ArchiveIndex;
  readonly papersAt: (places: readonly number[]) => Promise<readonly ArchivedPaper[]>;
  /** Reads what a filter needs besides the index; to be called before the index is asked for it. */
  readonly prepareFor: (filter: CompiledFilter) => Promise<void>;
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
  const read = await inParallel(heads, readAtOnce, async (head): Promise<MonthIndex> => {
    const spots = { firsts: head.spots.firsts, parts: new Map() };
    return { ...(await months.read(head)), spots };
  });
  const papersAt = (entries: readonly Entry[]) =>
    months.papersAt(entries.map(({ edition, place }) => ({ date: edition, place, texts: texts.get(edition) ?? '' })));
  const prepare = monthPreparer(months);
  return readable({
    open: () => openArchive(read, editions, span),
    papersAt,
    prepare: async (needs) => {
      const each = heads.map((head, index) => ({ head, month: read[index], needs: needs[index] }));
      await inParallel(each, readAtOnce, prepare);
    },
    isMakeshift: false,
  });
}

/** More parts than this are not much less to read than all words in sequence. */
const mostParts = 6;

interface Prepared {
  readonly head: MonthHead;
  readonly month: MonthIndex | undefined;
  readonly needs: MonthNeeds | undefined;
}

/** Reads what filters need of months and do not have yet. */
function monthPreparer(months: ArchiveTables['months']): (prepared: Prepared) => Promise<void> {
  const reading = new Map<string, Promise<void>>();
  const once = (name: string, read: () => Promise<void>): Promise<void> => {
    const known = reading.get(name) ?? read();
    reading.set(name, known);
    const forget = () => void reading.delete(name);
    known.then(forget, forget);
    return known;
  };

  return async ({ head, month, needs }) => {
    if (!month || !needs) return;
    const { date, spots } = head;
    const readNames = async () => {
      month.names = await months.readNames(head);
    };
    const readWords = async () => {
      month.wordAt = await months.readWords(head);
      delete month.spots;
    };
    const readParts = async (parts: readonly number[]) => {
      const found = await months.readSpots(head, parts);
      for (const [index, part] of parts.entries()) if (found[index]) month.spots?.parts.set(part, found[index]);
    };
    const wanted = [...new Set(needs.words.map((word) => partOf(spots.firsts, word)))];
    const parts = wanted.filter((part) => !month.spots?.parts.has(part)).sort((one, other) => one - other);
    const takesAll = needs.sequence || parts.length > mostParts;
    if (needs.names && !month.names) await once(`names ${date}`, readNames);
    if (month.wordAt) return;
    if (takesAll) await once(`words ${date}`, readWords);
    else if (parts.length > 0) await once(`spots ${date} ${parts.join(' ')}`, () => readParts(parts));
  };
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
  const prepare = async () => undefined;
  return readable({ open: () => openArchive([month], dated, span), papersAt, prepare, isMakeshift: true });
}

type Editions = readonly [CalendarDate, ...CalendarDate[]];

interface Sources extends Pick<ReadableArchive, 'isMakeshift'> {
  readonly prepare: (needs: readonly MonthNeeds[]) => Promise<void>;
  readonly open: () => ArchiveIndex;
  readonly papersAt: (entries: readonly Entry[]) => Promise<readonly RankedPaper[]>;
}

function readable(sources: Sources): ReadableArchive {
  const { open, papersAt, prepare, isMakeshift } = sources;
  const index = open();
  return {
    index,
    isMakeshift,
    prepareFor: (filter) => prepare(index.needsOf(filter)),
    papersAt: async (places) => {
      const newest = places.flatMap((place) => index.entriesAt(place)[0] ?? []);
      return archivedPapers(index, places, await papersAt(newest));
    },
    anew: () => readable(sources),
  };
}
