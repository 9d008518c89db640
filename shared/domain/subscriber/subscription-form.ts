import { readCompiled } from '../filter/compile-filter.js';
import { isArxivCategory } from '../filter/read/categories.js';
import { parseFilter } from '../filter/read/parse-filter.js';
import { cutTo } from '../text/shorten.js';
import { type DeliveryDays, readDays } from './slot/delivery-days.js';
import { isTimeZone } from './slot/local-clock.js';
import { todaysZone } from './slot/time-zone.js';
import type { FilterChoice, OwnTopic, SubscriberProfile } from './subscriber.js';
import { compileText, type FilterTopic } from './topic.js';

/** A form's fields as they were sent; one that was repeated is a list. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

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

/** How much one person may choose, and how many fields for filters are read: no form of ours has more. */
export const choiceLimits = { ownFilters: 10, filterFields: 40, nameCharacters: 60, papers: 25 } as const;

/** What the boxes of a form send when they are ticked. */
export const tickedValues = { aiSummaries: 'no', quietDays: 'best-unseen' } as const;

/**
 * Line breaks would spread a name or a filter over several lines of a mail; bidi controls would reorder the text round
 * it.
 */
const unfit = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const unfitFilter = 'Your filter contains invisible characters. Retype it.';
const tooManyFilters = `You can have at most ${choiceLimits.ownFilters} filters of your own.`;

/** Name of the error of the filter at `index`, counted from 0: `filter`, `filter-2`, … */
export function filterField(index: number): string {
  return index === 0 ? 'filter' : `filter-${index + 1}`;
}

/** Every value of a field, in order. */
export function valuesOf(fields: FormFields, name: string): readonly string[] {
  const value = fields[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}

/** The own filters of a form, `filter` and `filterName` in pairs, those without text too. Line breaks become blanks. */
export function ownFiltersOf(fields: FormFields): OwnTopic[] {
  const names = valuesOf(fields, 'filterName');
  const line = (text: string) => text.replace(/\r\n|[\r\n\t]/g, ' ');
  return valuesOf(fields, 'filter')
    .slice(0, choiceLimits.filterFields)
    .map((filter, index) => ({ name: line(names[index] ?? ''), filter: line(filter) }));
}

/** Today's name of a time zone, whatever the case or the alias; `undefined` when the runtime has none. */
export function timeZoneOf(text: string): string | undefined {
  // Newer runtimes take offsets such as +01:00, which know no daylight saving.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(text) || !isTimeZone(text)) return undefined;
  return todaysZone(new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone);
}

/**
 * Reads what was chosen: `topic` (catalogue ids, repeated), `filter` with `filterName` (repeated, may be empty), `hour`
 * 0–23, `timezone`, `days` with `day` (repeated) and `weekDay` as in `TypedDays`, `maxPapers` 1–25, and where they are
 * ticked `aiSummaries` and `quietDays`.
 */
export function parseChoices(fields: FormFields, catalogue: readonly FilterTopic[]): ParsedForm<SubscriptionChoices> {
  const [ids, on] = [valuesOf(fields, 'topic').map((catalogueId) => ({ catalogueId })), valuesOf(fields, 'day')];
  const days = readDays({ kind: one(fields, 'days'), on, weeklyOn: one(fields, 'weekDay') });
  const { aiSummaries, quietDays, errors: odd } = parseTicks(fields);
  const errors = days.ok ? odd : { ...odd, days: days.message };
  const choices = checkChoices(
    {
      topics: [...ids, ...ownFiltersOf(fields)],
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
  if (topics.length === 0) errors.topic ??= 'Choose at least one topic, or enter your own filter.';
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

function parseOwnFilters(sent: readonly OwnTopic[], errors: Record<string, string>): OwnTopic[] {
  const written = sent.flatMap((own, index) => (own.filter.trim() === '' ? [] : [{ own, field: filterField(index) }]));
  const topics = written.slice(0, choiceLimits.ownFilters).flatMap(({ own, field }) => {
    const topic = ownTopicOf(own);
    if (typeof topic !== 'string') return [topic];
    errors[field] = topic;
    return [];
  });
  if (written.length > choiceLimits.ownFilters) errors.filter ??= tooManyFilters;
  return topics;
}

/** An own filter with its compiled form, so that it is parsed once on its way to the table; or its problem in words. */
function ownTopicOf({ name, filter, compiled: form }: OwnTopic): OwnTopic | string {
  const { nameCharacters } = choiceLimits;
  if (unfit.test(filter)) return unfitFilter;
  const known = form === undefined ? undefined : readCompiled(form);
  const compiled = known ? ({ ok: true, filter: known } as const) : compileText(filter, isArxivCategory);
  if (!compiled.ok) return `${compiled.error.message}.`;
  const isNameFit = name.trim().length <= nameCharacters && !unfit.test(name);
  if (!isNameFit) return `Give the filter a name of at most ${nameCharacters} plain characters.`;
  const named = name.trim() === '' ? cutTo(filter.trim(), nameCharacters) : name.trim();
  return { name: named, filter, compiled: compiled.filter.form };
}

/** What is wrong with the text of a filter, as a sentence; `undefined` when it is in order. */
export function filterProblem(filter: string): string | undefined {
  if (unfit.test(filter)) return unfitFilter;
  const parsed = parseFilter(filter, isArxivCategory);
  return parsed.ok ? undefined : `${parsed.error.message}.`;
}

/** What is wrong with own filters, by field, and whether they are more than ten, of which no other is looked at. */
export function filterProblems(filters: readonly OwnTopic[]): Readonly<Record<string, string>> {
  const written = filters.flatMap(({ filter }, index) => (filter.trim() === '' ? [] : [{ filter, index }]));
  const looked = written.slice(0, choiceLimits.ownFilters);
  const problems = looked.map(({ filter, index }) => [filterField(index), filterProblem(filter)] as const);
  const tooMany = written.length > choiceLimits.ownFilters ? tooManyFilters : undefined;
  const all = [['filter', tooMany] as const, ...problems];
  return Object.fromEntries(all.flatMap(([field, said]) => (said === undefined ? [] : [[field, said] as const])));
}
