import type { Filter, TermFilter } from './filter.js';
import { allOf } from './write-filter.js';

/** A filter without one of its clauses: it matches whatever the whole filter matches, and maybe more. */
interface LooserFilter {
  readonly without: Filter;
  readonly rest: Filter;
}

/** Each variant is a search of its own: a filter may have 64 clauses, but nobody reads on for so long. */
const mostVariants = 12;

/** Leaves out one clause of the outermost AND at a time, of the first twelve; none where there is no AND. */
export function loosenFilter(filter: Filter): readonly LooserFilter[] {
  if (filter.kind !== 'all') return [];
  return filter.filters.slice(0, mostVariants).flatMap((without) => {
    const [first, ...others] = filter.filters.filter((each) => each !== without);
    return first ? [{ without, rest: allOf([first, ...others]) }] : [];
  });
}

/**
 * The terms that keep a filter from matching anything, given which terms match something at all; empty when none does.
 * Where there are any, no paper can match: each is required, or an alternative to others that are not found either.
 */
export function missingTerms(filter: Filter, isFound: (term: TermFilter) => boolean): readonly TermFilter[] {
  switch (filter.kind) {
    case 'all':
      return filter.filters.flatMap((clause) => missingTerms(clause, isFound));
    case 'any': {
      const missing = filter.filters.map((branch) => missingTerms(branch, isFound));
      return missing.every((terms) => terms.length > 0) ? missing.flat() : [];
    }
    case 'not':
      return [];
    default:
      return isFound(filter) ? [] : [filter];
  }
}
