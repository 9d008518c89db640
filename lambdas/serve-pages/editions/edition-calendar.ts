import { addDays, type CalendarDate, dateOf, daysUpTo, type Instant } from '../../../shared/domain/calendar-date.js';
import type { EditionRepository, EditionSummary } from '../../../shared/storage/editions-repository.js';
import type { PaperRepository } from '../../../shared/storage/papers/papers-repository.js';

/** What came out on which days. */
export interface EditionCalendar {
  /** The editions of some dates; those that have none are left out. */
  editionsOf(dates: readonly CalendarDate[]): Promise<ReadonlyMap<CalendarDate, EditionSummary>>;
  /** How many papers Hugging Face listed on some days, 0 where its list was empty; unknown days are left out. */
  listedOn(dates: readonly CalendarDate[]): Promise<ReadonlyMap<CalendarDate, number>>;
}

/** An edition is frozen when it comes out, but a list may still grow for days. */
const changingDays = 7;

/** Looks days up in the tables, and remembers what is known of those that are more than a week old. */
export function rememberedCalendar(
  editions: Pick<EditionRepository, 'summariesOf'>,
  papers: Pick<PaperRepository, 'listedDays'>,
  now: () => Instant,
): EditionCalendar {
  const listedOn = async (dates: readonly CalendarDate[]) =>
    new Map((await papers.listedDays(dates)).map(({ date, listed }) => [date, listed]));
  return {
    editionsOf: rememberedByDay((dates) => editions.summariesOf(dates), now),
    listedOn: rememberedByDay(listedOn, now),
  };
}

type LookUp<Known> = (dates: readonly CalendarDate[]) => Promise<ReadonlyMap<CalendarDate, Known>>;

function rememberedByDay<Known>(lookUp: LookUp<Known>, now: () => Instant): LookUp<Known> {
  // Only what was found is kept: anybody can ask about days of any year.
  const kept = new Map<CalendarDate, Known>();
  return async (dates) => {
    const unknown = dates.filter((date) => !kept.has(date));
    const found = unknown.length > 0 ? await lookUp(unknown) : new Map<CalendarDate, Known>();
    const changingFrom = addDays(dateOf(now()), -changingDays);
    for (const [date, known] of found) if (date < changingFrom) kept.set(date, known);
    const known = dates.flatMap((date) => {
      const one = found.get(date) ?? kept.get(date);
      return one === undefined ? [] : [[date, one] as const];
    });
    return new Map(known);
  };
}

/** The editions before and after a date, where there are any within a week. */
export interface Neighbours {
  readonly previous: CalendarDate | undefined;
  readonly next: CalendarDate | undefined;
}

/** Finds the editions next to a date, which need not have one itself. */
export async function neighboursOf(
  date: CalendarDate,
  calendar: Pick<EditionCalendar, 'editionsOf'>,
): Promise<Neighbours> {
  const around = daysUpTo(addDays(date, changingDays), 2 * changingDays + 1).filter((each) => each !== date);
  const dates = [...(await calendar.editionsOf(around)).keys()].sort();
  return { previous: dates.findLast((each) => each < date), next: dates.find((each) => each > date) };
}
