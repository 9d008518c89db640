import {
  choiceLimits,
  type FormFields,
  filterProblem,
  ownFiltersOf,
  valuesOf,
} from '../../../shared/domain/subscriber/own-filters.js';
import type { FilterTopic } from '../../../shared/domain/subscriber/topic.js';
import { type FormValues, untouched } from './form-values.js';

/** The field that a link to the form filled in; of several the first. */
export type FilledField = 'filter' | 'authors' | 'topics';

interface Prefilled {
  readonly values: FormValues;
  readonly filled?: FilledField;
}

/**
 * The sign-up form as a link fills it in: `filter`, a filter; `author`, a name to follow; `topic`, an id of the
 * catalogue; each may be repeated. What the form would refuse is left out, as is whatever else an address says.
 */
export function prefilled(query: FormFields, catalogue: readonly FilterTopic[]): Prefilled {
  const most = choiceLimits.ownFilters;
  const filters = ownFiltersOf({ filter: valuesOf(query, 'filter').slice(0, most) }).filter(
    ({ filter }) => filter.trim() !== '' && filterProblem(filter) === undefined,
  );
  const authors = valuesOf(query, 'author')
    .slice(0, most - filters.length)
    // The field has commas between names.
    .map((name) => name.replace(/[,;"\s]+/g, ' ').trim())
    .filter((name) => name !== '' && filterProblem(`author:"${name}"`) === undefined);
  const asked = valuesOf(query, 'topic');
  const topics = catalogue.flatMap(({ id }) => (asked.includes(id) ? [id] : []));
  const filled = [
    ...(filters.length > 0 ? (['filter'] as const) : []),
    ...(authors.length > 0 ? (['authors'] as const) : []),
    ...(topics.length > 0 ? (['topics'] as const) : []),
  ][0];
  if (filled === undefined) return { values: untouched };
  const followed = { ...untouched.followed, authors: authors.join(', ') };
  return {
    values: { ...untouched, topics, followed, filters: filters.length > 0 ? filters : untouched.filters },
    filled,
  };
}
