import { dayMs, hourMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';

/** Returns the earliest due instant after a given one. */
export type Schedule = (after: Instant) => Instant;

const unitMs: Readonly<Record<string, number>> = { minute: minuteMs, hour: hourMs, day: dayMs };
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * Reads `rate(…)` or `cron(…)` (UTC); a rate is due at multiples of its length. Throws for `L`, `W` and `#`.
 * Format: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function readSchedule(expression: string): Schedule {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const length = Number(count) * (unitMs[unit] ?? 0);
  if (length > 0) return (after) => (Math.floor(after / length) + 1) * length;
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  if (fields.length !== 6) throw new Error(`the local runner does not play the schedule ${expression}`);
  return cronSchedule(fields, expression);
}

function cronSchedule(fields: readonly string[], expression: string): Schedule {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  const isMinute = readField(minute, 0, 59);
  const isHour = readField(hour, 0, 23);
  const isDayOfMonth = readField(dayOfMonth, 1, 31);
  const isMonth = readField(named(month, months, 1), 1, 12);
  const isDayOfWeek = readField(named(dayOfWeek, weekDays, 1), 1, 7);
  const isYear = readField(year, 1970, 2199);
  const isDay = (at: Date) =>
    isYear(at.getUTCFullYear()) &&
    isMonth(at.getUTCMonth() + 1) &&
    isDayOfMonth(at.getUTCDate()) &&
    isDayOfWeek(at.getUTCDay() + 1);
  return (after) => {
    let at = (Math.floor(after / minuteMs) + 1) * minuteMs;
    const end = at + 5 * 366 * dayMs;
    while (at < end) {
      const date = new Date(at);
      if (!isDay(date)) at = (Math.floor(at / dayMs) + 1) * dayMs;
      else if (!isHour(date.getUTCHours())) at = (Math.floor(at / hourMs) + 1) * hourMs;
      else if (!isMinute(date.getUTCMinutes())) at += minuteMs;
      else return at;
    }
    throw new Error(`the schedule ${expression} is not due within five years`);
  };
}

function named(field: string, names: readonly string[], first: number): string {
  return field.replace(/[A-Z]{3}/g, (name) => String(names.indexOf(name) + first));
}

function readField(field: string, low: number, high: number): (value: number) => boolean {
  if (field === '*' || field === '?') return () => true;
  const allowed = new Set(field.split(',').flatMap((part) => readPart(part, low, high)));
  return (value) => allowed.has(value);
}

function readPart(part: string, low: number, high: number): readonly number[] {
  const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (from === undefined) throw new Error(`the local runner does not play ${part} in a schedule`);
  const first = from === '*' ? low : Number(from);
  const last = to !== undefined ? Number(to) : from === '*' || step !== undefined ? high : first;
  const stride = Number(step ?? 1);
  if (stride < 1 || first < low || last > high || first > last)
    throw new Error(`${part} is not a valid part of a schedule`);
  return Array.from({ length: Math.floor((last - first) / stride) + 1 }, (_, index) => first + index * stride);
}
