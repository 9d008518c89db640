import { addDays, type CalendarDate, dateOf, dayMs, startOf } from '../calendar-date.js';
import type { Paper } from '../paper/paper.js';
import type { RankedPaper } from './edition.js';
import { editionDays, firstEditionDay } from './rank-edition.js';

/** Days from `from` to `to`, both included. */
export interface DaySpan {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** How far the counts of topics, the backtest and a search without dates look back. */
export const lookBackDays = 30;

/** A paper may first be seen this many days after its own day: arXiv announces it after a weekend or a holiday. */
const seenWithinDays = 4;

/** A paper of the archive, as the newest of its editions shows it. */
export interface ArchivedPaper extends RankedPaper {
  readonly day: CalendarDate;
  /** The edition of the archive in which it ranked highest, the newer of two, and its place there, from 1. */
  readonly best: { readonly edition: CalendarDate; readonly place: number };
}

/** The `days` days that end with `last`. */
export function daysBefore(last: CalendarDate, days = lookBackDays): DaySpan {
  return { from: addDays(last, 1 - days), to: last };
}

/** How many days a span has; none when it ends before it begins. */
export function lengthOf({ from, to }: DaySpan): number {
  return Math.max(0, Math.round((startOf(to) - startOf(from)) / dayMs) + 1);
}

/** Whether a day lies in the span, whose first and last day belong to it. */
export function isWithin(day: CalendarDate, { from, to }: DaySpan): boolean {
  return from <= day && day <= to;
}

/** A paper's own day: the first on whose list it was, else the UTC day on which it was published. */
export function dayOf(paper: Paper): CalendarDate {
  return paper.listedDays[0] ?? dateOf(paper.publishedAt);
}

/** The days whose editions may hold papers of the span. */
export function editionSpan({ from, to }: DaySpan): DaySpan {
  return { from, to: addDays(to, seenWithinDays + editionDays - 1) };
}

/**
 * Chooses, from the dates of the published editions, those that together hold the papers of a span, newest first. An
 * edition is made in the morning, so its own day is complete only in later ones: where none is missing, every sixth is
 * chosen, six for a month. Never more than two for seven days.
 */
export function editionsCovering(span: DaySpan, published: readonly CalendarDate[]): readonly CalendarDate[] {
  const dates = [...published].sort();
  const chosen: CalendarDate[] = [];
  let missing = addDays(span.to, seenWithinDays);
  while (missing >= span.from) {
    const last = addDays(missing, editionDays - 1);
    const date = dates.find((each) => each > missing && each <= last) ?? dates.findLast((each) => each <= missing);
    if (date === undefined || date < span.from) break;
    chosen.push(date);
    missing = addDays(firstEditionDay(date), -1);
  }
  return chosen;
}

/** How many days of a span at least one of the editions of these dates looks back on. */
export function daysCovered(span: DaySpan, dates: readonly CalendarDate[]): number {
  const days = Array.from({ length: lengthOf(span) }, (_, index) => addDays(span.from, index));
  return days.filter((day) => dates.some((date) => firstEditionDay(date) <= day && day <= date)).length;
}
