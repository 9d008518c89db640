import { type CalendarDate, dayMs, startOf } from '../calendar-date.js';
import type { DaySpan } from '../edition/archive.js';
import { type MonthIndex, sizeOf } from './month-index.js';
import { linesOf, type TextLines } from './text-lines.js';

/** A paper of one of several months, which are counted from 0. */
interface Home {
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
  readonly size: number;
  readonly homeAt: (place: number) => Home;
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
  const belongs = months.map((month) => belonging(month, wanted, span));
  const [only, ...others] = months;
  if (!only || others.length > 0) return joinSeveral(months, belongs, wanted);
  const places: number[] = [];
  const placeOf = new Int32Array(sizeOf(only)).fill(-1);
  for (let place = 0; place < placeOf.length; place += 1) {
    if (belongs[0]?.(place) === 'yes') placeOf[place] = places.push(place) - 1;
  }
  return {
    size: places.length,
    homeAt: (place) => ({ month: 0, place: places[place] ?? 0 }),
    placeOf: [placeOf],
    entriesAt: (place) => entriesIn(only, places[place] ?? 0).filter(({ edition }) => wanted.has(edition)),
  };
}

/** Whether a paper of a month belongs to an archive; `out`: to its editions, but not to its days. */
type Belongs = (place: number) => 'yes' | 'out' | 'no';

function belonging(month: MonthIndex, wanted: ReadonlySet<CalendarDate>, span: DaySpan): Belongs {
  const { sources, firstEntry, entrySource, days } = month;
  const isWanted = sources.map(({ date }) => wanted.has(date));
  const [first, last] = [dayNumber(span.from), dayNumber(span.to)];
  return (place) => {
    // The newest edition that holds a paper tells: older ones come after it.
    if (!isWanted[entrySource[firstEntry[place] ?? 0] ?? 0]) return 'no';
    const day = days[place] ?? 0;
    return first <= day && day <= last ? 'yes' : 'out';
  };
}

function joinSeveral(
  months: readonly MonthIndex[],
  belongs: readonly Belongs[],
  wanted: ReadonlySet<CalendarDate>,
): JoinedMonths {
  const ids = months.map((month) => linesOf(month.ids));
  const entriesOf = ({ month, place }: Home) =>
    entriesIn(months[month], place).filter(({ edition }) => wanted.has(edition));
  const joined = papersOf(months, ids, belongs)
    .filter(([home]) => home && belongs[home.month]?.(home.place) === 'yes')
    .sort(([one], [other]) => byRank(months, ids, one, other));
  const placeOf = months.map((month) => new Int32Array(sizeOf(month)).fill(-1));
  for (const [index, [home]] of joined.entries())
    if (home) placeOf[home.month]?.fill(index, home.place, home.place + 1);
  return {
    size: joined.length,
    homeAt: (place) => joined[place]?.[0] ?? { month: 0, place: 0 },
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

/** For each paper all its homes, that with the newest edition first. */
function papersOf(
  months: readonly MonthIndex[],
  ids: readonly TextLines[],
  belongs: readonly Belongs[],
): (readonly Home[])[] {
  const newestOf = ({ month, place }: Home) => entriesIn(months[month], place)[0]?.edition ?? '';
  const papers = new Map<string, Home[]>();
  for (const [number, month] of months.entries()) {
    for (let place = 0; place < sizeOf(month); place += 1) {
      if (belongs[number]?.(place) === 'no') continue;
      const home = { month: number, place };
      const id = ids[number]?.at(place) ?? '';
      const known = papers.get(id);
      if (known?.[0] && newestOf(home) > newestOf(known[0])) known.unshift(home);
      else if (known) known.push(home);
      else papers.set(id, [home]);
    }
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
