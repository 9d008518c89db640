import type { TopicGroup } from '../../../shared/domain/subscriber/catalogue.js';
import {
  choiceLimits,
  type FormFields,
  filterProblem,
  ownFiltersOf,
  valuesOf,
} from '../../../shared/domain/subscriber/own-filters.js';
import type { OwnTopic } from '../../../shared/domain/subscriber/subscriber.js';
import { everything, type FilterTopic } from '../../../shared/domain/subscriber/topic.js';
import { cutTo } from '../../../shared/domain/text/shorten.js';

export interface SpellingDeps {
  readonly catalogue: readonly FilterTopic[];
  readonly groups: readonly TopicGroup[];
  /** arXiv categories that are read. */
  readonly categories: readonly string[];
}

/** A form whose groups are topics and whose names to follow are own filters; and what is wrong with those, by field. */
interface SpelledOut {
  readonly fields: FormFields;
  readonly errors: Readonly<Record<string, string>>;
}

/**
 * Spells out what the sign-up form abbreviates: `group` (repeated) stands for its topics, `category` (repeated) for one
 * filter, each name in `authors` and `organisations`, between commas or lines, for a filter of its own, and no choice at
 * all, neither here nor by papers or topics `learned` from some, for everything.
 */
export function spelledOut(fields: FormFields, deps: SpellingDeps, learned = 0): SpelledOut {
  const authors = followedIn(fields, 'authors', choiceLimits.ownFilters);
  const organisations = followedIn(fields, 'organisations', choiceLimits.ownFilters - authors.own.length);
  const followed = [authors, organisations, categoriesIn(fields, deps.categories)];
  const filters = [...ownFiltersOf(fields), ...followed.flatMap(({ own }) => own)];
  const topics = topicsIn(fields, deps.groups);
  const errors = Object.fromEntries(
    followed.flatMap(({ field, problem }) => (problem === undefined ? [] : [[field, problem]])),
  );
  const isNothing =
    topics.length + learned === 0 && !hasPapers(fields) && filters.every(({ filter }) => filter.trim() === '');
  const hasEverything = deps.catalogue.some(({ id }) => id === everything);
  return {
    fields: {
      ...fields,
      topic: isNothing && hasEverything && Object.keys(errors).length === 0 ? [everything] : topics,
      filter: filters.map(({ filter }) => filter),
      filterName: filters.map(({ name }) => name),
    },
    errors,
  };
}

/** Whether papers are named to learn a topic from. */
export function hasPapers(fields: FormFields): boolean {
  return valuesOf(fields, 'papers').some((text) => text.trim() !== '');
}

/** Topics that were chosen one by one, then those of the groups; an unknown group is left to be an unknown topic. */
function topicsIn(fields: FormFields, groups: readonly TopicGroup[]): readonly string[] {
  const single = valuesOf(fields, 'topic');
  const grouped = valuesOf(fields, 'group').flatMap((id) => groups.find((group) => group.id === id)?.topics ?? [id]);
  return [...single, ...new Set(grouped.filter((id) => !single.includes(id)))];
}

interface Followed {
  readonly field: string;
  readonly own: readonly OwnTopic[];
  readonly problem?: string;
}

const operators = { authors: 'author', organisations: 'org' } as const;

/** The names in a field, of which the first `most` are judged: with more, the form has too many anyway. */
function followedIn(fields: FormFields, field: keyof typeof operators, most: number): Followed {
  const names = valuesOf(fields, field)
    .flatMap((text) => text.split(/[,;\r\n]/))
    .map((name) => name.replace(/["\s]+/g, ' ').trim())
    .filter((name) => name !== '')
    // One more than may be, for the form to say so.
    .slice(0, choiceLimits.ownFilters + 1);
  const own = [...new Set(names)].map((name) => ({
    name: cutTo(name, choiceLimits.nameCharacters),
    filter: `${operators[field]}:"${name}"`,
  }));
  const wrong = own.slice(0, Math.max(0, most)).find(({ filter }) => filterProblem(filter) !== undefined);
  if (!wrong) return { field, own };
  return { field, own: [], problem: `We cannot look for “${wrong.name}”. Write names, with commas between them.` };
}

function categoriesIn(fields: FormFields, read: readonly string[]): Followed {
  const field = 'category';
  const chosen = [...new Set(valuesOf(fields, field))];
  if (chosen.length === 0) return { field, own: [] };
  if (!chosen.every((each) => read.includes(each))) {
    return { field, own: [], problem: 'One of these categories is not read here any more. Choose from the list.' };
  }
  const name = cutTo(chosen.join(', '), choiceLimits.nameCharacters);
  return { field, own: [{ name, filter: chosen.map((each) => `cat:${each}`).join(' OR ') }] };
}
