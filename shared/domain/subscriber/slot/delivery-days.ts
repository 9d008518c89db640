import type { Brand } from '../../brand.js';

/**
 * The days on which digests come, where that is not every day: `12345` for these weekdays (1 is Monday, 7 Sunday,
 * ascending), `w5` for once a week, on Friday, as the week's best. Equal choices are equal texts.
 */
export type DeliveryDays = Brand<string, 'DeliveryDays'>;

/** A day of the week by ISO 8601: 1 is Monday, 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** What a digest is the best of. */
export type Period = 'day' | 'week';

export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** The names of the weekdays, Monday first. */
export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const canonical = /^(?!1234567)(?:(?=[1-7])1?2?3?4?5?6?7?|w[1-7])$/;

/** Monday to Friday. */
export const workdays = '12345' as DeliveryDays;

/** Once a week, on Friday, as the form proposes it. */
export const weekly = 'w5' as DeliveryDays;

/** Reads days in the one form they have; `undefined` for any other text. */
export function parseDeliveryDays(text: string): DeliveryDays | undefined {
  return canonical.test(text) ? (text as DeliveryDays) : undefined;
}

/** The weekdays on which digests come; all of them where no days are given. */
export function weekdaysOf(days: DeliveryDays | undefined): readonly Weekday[] {
  return days === undefined ? weekdays : weekdays.filter((weekday) => days.includes(String(weekday)));
}

/** Whether each digest is the best of its day or of a whole week. */
export function periodOf(days: DeliveryDays | undefined): Period {
  return days?.startsWith('w') ? 'week' : 'day';
}

/** How often, in words that end a sentence: `every day`, `Monday to Friday`, `on Monday and Friday`, `once a week, on Friday`. */
export function daysInWords(days: DeliveryDays | undefined): string {
  if (days === undefined) return 'every day';
  if (days === workdays) return 'Monday to Friday';
  const names = weekdaysOf(days).map((weekday) => weekdayNames[weekday - 1]);
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
  return periodOf(days) === 'week' ? `once a week, on ${list}` : `on ${list}`;
}

/** What somebody chose on a form, as text: `kind` is `daily`, `workdays`, `chosen` (then `on` holds) or `weekly`. */
export interface TypedDays {
  readonly kind: string;
  /** Weekdays by number, in any order. */
  readonly on: readonly string[];
  /** The day of a weekly digest, by number. */
  readonly weeklyOn: string;
}

/** Days as a form shows them: the choice, and both of the other fields filled in for whoever turns to them. */
export function typedDays(days: DeliveryDays | undefined): TypedDays {
  const on = weekdaysOf(days).map(String);
  if (periodOf(days) === 'week') return { kind: 'weekly', on: [], weeklyOn: on.join('') };
  const kind = days === undefined ? 'daily' : days === workdays ? 'workdays' : 'chosen';
  return { kind, on: days === undefined ? [] : on, weeklyOn: '5' };
}

/** The days, absent for every day; or what is wrong, in one sentence that says what to do. */
export type ReadDays =
  | { readonly ok: true; readonly days?: DeliveryDays }
  | { readonly ok: false; readonly message: string };

/** Reads the days that were chosen on a form; a form without the choice means every day. */
export function readDays({ kind, on, weeklyOn }: TypedDays): ReadDays {
  const known = (text: string) => /^[1-7]$/.test(text);
  switch (kind) {
    case '':
    case 'daily':
      return { ok: true };
    case 'workdays':
      return { ok: true, days: workdays };
    case 'chosen': {
      if (on.length === 0) return { ok: false, message: 'Choose at least one day of the week.' };
      if (!on.every(known)) return { ok: false, message: 'Choose the days of the week from the list.' };
      const days = parseDeliveryDays([...new Set(on)].sort().join(''));
      return days === undefined ? { ok: true } : { ok: true, days };
    }
    case 'weekly': {
      const days = known(weeklyOn) ? parseDeliveryDays(`w${weeklyOn}`) : undefined;
      return days ? { ok: true, days } : { ok: false, message: 'Choose the day of your weekly digest from the list.' };
    }
    default:
      return { ok: false, message: 'Choose the days on which your digest should arrive.' };
  }
}
