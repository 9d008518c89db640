import { readCompiled } from '../filter/compile-filter.js';
import { isArxivCategory } from '../filter/read/categories.js';
import { parseFilter } from '../filter/read/parse-filter.js';
import { cutTo } from '../text/shorten.js';
import type { OwnTopic } from './subscriber.js';
import { compileText } from './topic.js';

/** A form's fields as they were sent; one that was repeated is a list. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** How much one person may choose, and how many fields for filters are read: no form of ours has more. */
export const choiceLimits = { ownFilters: 10, filterFields: 40, nameCharacters: 60, papers: 25 } as const;

/** Every value of a field, in order. */
export function valuesOf(fields: FormFields, name: string): readonly string[] {
  const value = fields[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}

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

/** The own filters of a form, `filter` and `filterName` in pairs, those without text too. Line breaks become blanks. */
export function ownFiltersOf(fields: FormFields): OwnTopic[] {
  const names = valuesOf(fields, 'filterName');
  const line = (text: string) => text.replace(/\r\n|[\r\n\t]/g, ' ');
  return valuesOf(fields, 'filter')
    .slice(0, choiceLimits.filterFields)
    .map((filter, index) => ({ name: line(names[index] ?? ''), filter: line(filter) }));
}

/** The own filters that are written and right; those that are wrong are named in `errors`, by field. */
export function parseOwnFilters(sent: readonly OwnTopic[], errors: Record<string, string>): OwnTopic[] {
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
