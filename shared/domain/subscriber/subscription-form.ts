import { choiceLimits, type FormFields, ownFiltersOf, parseOwnFilters, valuesOf } from './own-filters.js';
import { type DeliveryDays, readDays } from './slot/delivery-days.js';
import { isTimeZone } from './slot/local-clock.js';
import { todaysZone } from './slot/time-zone.js';
import type { FilterChoice, SubscriberProfile } from './subscriber.js';
import type { FilterTopic } from './topic.js';

/** What a form says of a profile, whose learned topics it has no fields for. */
interface SubscriptionChoices extends Omit<SubscriberProfile, 'address' | 'topics'> {
  readonly topics: readonly FilterChoice[];
}

/**
 * What somebody asks for, before it is checked: topics and filters may be wrong or too many, numbers missing or out of
 * range.
 */
interface WantedChoices {
  readonly topics: readonly FilterChoice[];
  /** How many topics are learned from papers, beside these. */
  readonly learned?: number;
  readonly hour: number | undefined;
  readonly timeZone: string;
  /** Absent for every day. */
  readonly days?: DeliveryDays;
  readonly maxPapers: number | undefined;
  readonly aiSummaries?: false | undefined;
  readonly quietDays?: 'best-unseen' | undefined;
}

/** A form's value, or for each field that has a problem one sentence that says what to do. */
type ParsedForm<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** What the boxes of a form send when they are ticked. */
export const tickedValues = { aiSummaries: 'no', quietDays: 'best-unseen' } as const;

/** Today's name of a time zone, whatever the case or the alias; `undefined` when the runtime has none. */
export function timeZoneOf(text: string): string | undefined {
  // Newer runtimes take offsets such as +01:00, which know no daylight saving.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(text) || !isTimeZone(text)) return undefined;
  return todaysZone(new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone);
}

/**
 * Reads what was chosen: `topic` (catalogue ids, repeated), `filter` with `filterName` (repeated, may be empty), `hour`
 * 0–23, `timezone`, `days` with `day` (repeated) and `weekDay` as in `TypedDays`, `maxPapers` 1–25, and where they are
 * ticked `aiSummaries` and `quietDays`. Whoever has learned topics may choose no other.
 */
export function parseChoices(
  fields: FormFields,
  catalogue: readonly FilterTopic[],
  learned = 0,
): ParsedForm<SubscriptionChoices> {
  const [ids, on] = [valuesOf(fields, 'topic').map((catalogueId) => ({ catalogueId })), valuesOf(fields, 'day')];
  const days = readDays({ kind: one(fields, 'days'), on, weeklyOn: one(fields, 'weekDay') });
  const { aiSummaries, quietDays, errors: odd } = parseTicks(fields);
  const errors = days.ok ? odd : { ...odd, days: days.message };
  const choices = checkChoices(
    {
      topics: [...ids, ...ownFiltersOf(fields)],
      learned,
      hour: parseNumber(one(fields, 'hour')),
      timeZone: one(fields, 'timezone'),
      ...(days.ok && days.days && { days: days.days }),
      maxPapers: parseNumber(one(fields, 'maxPapers')),
      aiSummaries,
      quietDays,
    },
    catalogue,
  );
  if (Object.keys(errors).length === 0) return choices;
  return { ok: false, errors: choices.ok ? errors : { ...choices.errors, ...errors } };
}

/** The boxes that are ticked; one that sends anything else is not of our form. */
function parseTicks(fields: FormFields) {
  const isOdd = (name: keyof typeof tickedValues) => !['', tickedValues[name]].includes(one(fields, name));
  const odd = (['aiSummaries', 'quietDays'] as const).filter(isOdd);
  const errors = Object.fromEntries(odd.map((name) => [name, 'Tick the box, or leave it empty.']));
  return {
    errors,
    ...(one(fields, 'aiSummaries') === tickedValues.aiSummaries && { aiSummaries: false as const }),
    ...(one(fields, 'quietDays') === tickedValues.quietDays && { quietDays: tickedValues.quietDays }),
  };
}

/** Checks choices by the form's rules, wherever they come from; the errors are named by the form's fields. */
export function checkChoices(
  wanted: WantedChoices,
  catalogue: readonly FilterTopic[],
): ParsedForm<SubscriptionChoices> {
  const errors: Record<string, string> = {};
  const sentIds = wanted.topics.flatMap((topic) => ('catalogueId' in topic ? [topic.catalogueId] : []));
  const sentOwn = wanted.topics.flatMap((topic) => ('filter' in topic ? [topic] : []));
  const own = parseOwnFilters(sentOwn, errors);
  const ids = parseTopicIds(sentIds, catalogue, errors);
  const topics = [...ids.map((catalogueId) => ({ catalogueId })), ...own];
  if (topics.length + (wanted.learned ?? 0) === 0) {
    errors.topic ??= 'Choose at least one topic, or enter your own filter.';
  }
  const hour = wholeNumber(wanted.hour, 0, 23);
  if (hour === undefined) errors.hour = 'Choose the hour at which your digest should arrive.';
  const timeZone = timeZoneOf(wanted.timeZone);
  if (timeZone === undefined) errors.timezone = 'Choose your time zone from the list.';
  const maxPapers = wholeNumber(wanted.maxPapers, 1, choiceLimits.papers);
  if (maxPapers === undefined) errors.maxPapers = `Enter a whole number from 1 to ${choiceLimits.papers}.`;
  const isWhole = hour !== undefined && timeZone !== undefined && maxPapers !== undefined;
  if (!isWhole || Object.keys(errors).length > 0) return { ok: false, errors };
  const { days, aiSummaries, quietDays } = wanted;
  const ticked = { ...(aiSummaries === false && { aiSummaries }), ...(quietDays && { quietDays }) };
  return { ok: true, value: { timeZone, hour, ...(days && { days }), topics, maxPapers, ...ticked } };
}

/** The value of a field that may occur once; empty when it is missing or was repeated. */
function one(fields: FormFields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value.trim() : '';
}

function parseNumber(text: string): number | undefined {
  return /^\d{1,2}$/.test(text) ? Number(text) : undefined;
}

function wholeNumber(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

function parseTopicIds(
  sent: readonly string[],
  catalogue: readonly FilterTopic[],
  errors: Record<string, string>,
): string[] {
  const isKnown = (wanted: string) => catalogue.some(({ id }) => id === wanted);
  if (sent.length > catalogue.length || !sent.every(isKnown)) {
    errors.topic = 'One of these topics is no longer available. Check your selection and send it again.';
    return [];
  }
  return [...new Set(sent)];
}
