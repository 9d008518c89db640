import { type CalendarDate, dayMs, startOf } from '../calendar-date.js';
import type { DaySpan } from '../edition/archive.js';
import { type MonthIndex, sizeOf } from './month-index.js';
import { linesOf, type TextLines } from './text-lines.js';

/** A paper of one of several months, which are counted from 0. */
export interface Home {
  readonly month: number;
  readonly place: number;
}

/** Where a paper stands in an edition, from 0. */
export interface Entry {
  readonly edition: CalendarDate;
  readonly place: number;
}

/** The papers of some months that belong to an archive, in rank order. */
export interface JoinedMonths {
  readonly homes: readonly Home[];
  /** For each month the joined places of its papers, -1 where one does not belong, or is another month's. */
  readonly placeOf: readonly Int32Array[];
  /** The editions that hold a joined paper, newest first. */
  readonly entriesAt: (place: number) => readonly Entry[];
}

/**
 * Joins months to the papers of some of their editions whose own day lies in the span; of several editions the newest
 * counts. Editions of a month that are not among them must be older than all that are.
 */
export function joinMonths(
  months: readonly MonthIndex[],
  editions: readonly CalendarDate[],
  span: DaySpan,
): JoinedMonths {
  const wanted = new Set(editions);
  const [first, last] = [dayNumber(span.from), dayNumber(span.to)];
  const entriesOf = ({ month, place }: Home) =>
    entriesIn(months[month], place).filter(({ edition }) => wanted.has(edition));
  const ids = months.map((month) => linesOf(month.ids));
  const papers = months.length === 1 ? homesIn(months, wanted).map((home) => [home]) : papersOf(months, ids, wanted);
  const joined = papers.filter(([home]) => {
    const day = (home && months[home.month]?.days[home.place]) ?? -1;
    return first <= day && day <= last;
  });
  if (months.length > 1) joined.sort(([one], [other]) => byRank(months, ids, one, other));
  const homes = joined.flatMap(([home]) => home ?? []);
  const placeOf = months.map((month) => new Int32Array(sizeOf(month)).fill(-1));
  for (const [index, { month, place }] of homes.entries()) placeOf[month]?.fill(index, place, place + 1);
  return {
    homes,
    placeOf,
    entriesAt: (place) => {
      const found = new Map((joined[place] ?? []).flatMap(entriesOf).map((entry) => [entry.edition, entry]));
      return [...found.values()].sort((one, other) => (one.edition < other.edition ? 1 : -1));
    },
  };
}

/** A day as months hold it. */
function dayNumber(date: CalendarDate): number {
  return Math.round(startOf(date) / dayMs);
}

/** The papers whose newest edition is wanted, month by month. */
function homesIn(months: readonly MonthIndex[], wanted: ReadonlySet<CalendarDate>): Home[] {
  return months.flatMap((month, number) => {
    const isWanted = month.sources.map(({ date }) => wanted.has(date));
    const homes: Home[] = [];
    for (let place = 0; place < sizeOf(month); place += 1) {
      if (isWanted[month.entrySource[month.firstEntry[place] ?? 0] ?? 0]) homes.push({ month: number, place });
    }
    return homes;
  });
}

/** For each paper all its homes, that with the newest edition first. */
function papersOf(
  months: readonly MonthIndex[],
  ids: readonly TextLines[],
  wanted: ReadonlySet<CalendarDate>,
): (readonly Home[])[] {
  const newestOf = ({ month, place }: Home) => entriesIn(months[month], place)[0]?.edition ?? '';
  const papers = new Map<string, Home[]>();
  for (const home of homesIn(months, wanted)) {
    const id = ids[home.month]?.at(home.place) ?? '';
    const known = papers.get(id);
    if (known?.[0] && newestOf(home) > newestOf(known[0])) known.unshift(home);
    else if (known) known.push(home);
    else papers.set(id, [home]);
  }
  return [...papers.values()];
}

function entriesIn(month: MonthIndex | undefined, place: number): Entry[] {
  if (!month) return [];
  const { firstEntry, entrySource, entryPlace, sources } = month;
  const entries: Entry[] = [];
  for (let index = firstEntry[place] ?? 0; index < (firstEntry[place + 1] ?? 0); index += 1) {
    const source = sources[entrySource[index] ?? 0];
    if (source) entries.push({ edition: source.date, place: entryPlace[index] ?? 0 });
  }
  return entries;
}

/** The order of `byRank` of editions. */
function byRank(
  months: readonly MonthIndex[],
  ids: readonly TextLines[],
  one: Home | undefined,
  other: Home | undefined,
): number {
  const [a, b] = [one && months[one.month], other && months[other.month]];
  if (!one || !other || !a || !b) return 0;
  const [at, to] = [one.place, other.place];
  return (
    (b.scores[to] ?? 0) - (a.scores[at] ?? 0) ||
    (a.heldBack[at] ?? 0) - (b.heldBack[to] ?? 0) ||
    (b.publishedAt[to] ?? 0) - (a.publishedAt[at] ?? 0) ||
    ((ids[one.month]?.at(at) ?? '') < (ids[other.month]?.at(to) ?? '') ? -1 : 1)
  );
}
