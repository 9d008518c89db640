import { addDays, type CalendarDate, parseCalendarDate } from '../../../shared/domain/calendar-date.js';
import { type DaySpan, daysBefore, lengthOf, lookBackDays } from '../../../shared/domain/edition/archive.js';
import { type ArchiveSearch, type SearchSort, searchSorts } from '../../../shared/domain/edition/search-archive.js';
import { isArxivCategory } from '../../../shared/domain/filter/read/categories.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import { filterProblem } from '../../../shared/domain/subscriber/own-filters.js';

/** One search looks at no more days than this: what it reads and keeps in memory is at most a dozen editions. */
const mostSearchDays = 31;

/** What the fields of a search show. */
export interface SearchFields {
  readonly q: string;
  readonly from: string;
  readonly to: string;
  readonly sort: SearchSort;
}

/** A search as it was asked for; `search` is there when there is something to look for and nothing wrong. */
interface ReadSearch {
  readonly fields: SearchFields;
  /** By field, one sentence that says what to do. */
  readonly errors: Readonly<Record<string, string>>;
  /** Whether the days and the order are those of a search that asks for none. */
  readonly isUsual: boolean;
  readonly search?: ArchiveSearch;
}

/**
 * Reads the query of a search: `q`, a filter; `from` and `to`, days, both included, by default the 30 days up to the
 * newest edition; `sort`; and `page`, from 1. An unknown sort or page counts as not given.
 */
export function readSearch(query: Readonly<Record<string, string>>, newest: CalendarDate): ReadSearch {
  const q = query.q ?? '';
  const sort = searchSorts.find((each) => each === query.sort) ?? 'trend';
  const { span, from, to, errors } = readSpan(query.from?.trim() ?? '', query.to?.trim() ?? '', newest);
  const fields = { q, from, to, sort };
  const isUsual = sort === 'trend' && to === newest && from === daysBefore(newest).from;
  if (q.trim() === '') return { fields, errors, isUsual };
  const problem = filterProblem(q);
  const parsed = parseFilter(q, isArxivCategory);
  if (problem !== undefined || !parsed.ok || !span) {
    return { fields, errors: { ...(problem !== undefined && { q: problem }), ...errors }, isUsual };
  }
  const page = /^[1-9]\d{0,5}$/.test(query.page ?? '') ? Number(query.page) : 1;
  return { fields, errors, isUsual, search: { filter: parsed.filter, span, sort, page } };
}

interface ReadSpan {
  readonly span?: DaySpan;
  readonly from: string;
  readonly to: string;
  readonly errors: Readonly<Record<string, string>>;
}

function readSpan(fromText: string, toText: string, newest: CalendarDate): ReadSpan {
  const given = { from: parseCalendarDate(fromText), to: parseCalendarDate(toText) };
  const wrong = (text: string, day: CalendarDate | undefined) => text !== '' && day === undefined;
  const badDay = 'Enter a valid date, such as 2026-08-07.';
  const errors = {
    ...(wrong(fromText, given.from) && { from: badDay }),
    ...(wrong(toText, given.to) && { to: badDay }),
  };
  if (Object.keys(errors).length > 0) return { from: fromText, to: toText, errors };
  const to = given.to ?? (given.from ? earlier(addDays(given.from, lookBackDays - 1), newest) : newest);
  const from = given.from ?? daysBefore(to).from;
  const problem = problemOf({ from, to });
  if (problem !== undefined) return { from, to, errors: { from: problem } };
  return { span: { from, to }, from, to, errors };
}

function problemOf(span: DaySpan): string | undefined {
  if (span.from > span.to) return 'Choose a first day that is not after the last day.';
  if (lengthOf(span) <= mostSearchDays) return undefined;
  const first = daysBefore(span.to, mostSearchDays).from;
  return `Search at most ${mostSearchDays} days at a time: start on ${first}, then search earlier days.`;
}

function earlier(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one < other ? one : other;
}
