import {
  type CalendarDate,
  dateOf,
  dayMs,
  daysUpTo,
  type Instant,
  startOf,
} from '../../../../shared/domain/calendar-date.js';
import { measuredUse } from '../../../prices/forecast.js';
import type { PricedUse } from '../../../prices/prices.js';
import type { MonthUse } from './cost-report.js';

/** A month of the calendar (UTC) as far as it has come. */
export interface Month {
  /** Such as `2026-11`. */
  readonly name: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly days: readonly CalendarDate[];
  /** How much of it is over, from 0 to 1. */
  readonly share: number;
}

/** The month in which an instant lies, up to it. */
export function monthUntil(now: Instant): Month {
  const today = dateOf(now);
  const days = daysUpTo(today, Number(today.slice(8)));
  const from = startOf(days[0] ?? today);
  const next = new Date(from);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { name: today.slice(0, 7), from, until: now, days, share: (now - from) / (next.getTime() - from) };
}

/** What the same digests would have used in an account, by what a million were measured to use. */
export function useAsDeployed(digests: number): readonly MonthUse[] {
  const each = Object.entries(measuredUse.perMillionMails) as [PricedUse, number][];
  return each.map(([kind, units]) => ({ kind, units: (units * digests) / 1e6, isEstimated: true }));
}

/** A span of days that CloudWatch adds up at once. */
export const metricPeriodSeconds = dayMs / 1000;
