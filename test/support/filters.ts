import { type CompiledFilter, compileFilter, treeOf } from '../../shared/domain/filter/compile-filter.js';
import type { Filter } from '../../shared/domain/filter/filter.js';
import { isTermIn } from '../../shared/domain/filter/match/find-term.js';
import type { IndexedPaper } from '../../shared/domain/filter/match/index-paper.js';
import { parseFilter } from '../../shared/domain/filter/read/parse-filter.js';
import type { OwnTopic } from '../../shared/domain/subscriber/subscriber.js';
import type { FilterTopic } from '../../shared/domain/subscriber/topic.js';

/** A filter from its text, which must parse. */
export function filterOf(text: string): Filter {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

/** A compiled filter from its text, which must parse. */
export function compiledOf(text: string): CompiledFilter {
  return compileFilter(filterOf(text));
}

/** A topic named after its id in capitals. */
export function aTopic(id: string, filter: string): FilterTopic {
  return { id, name: id.toUpperCase(), filter: compiledOf(filter) };
}

/** An own topic as it is stored, with its compiled form. */
export function anOwnTopic(name: string, filter: string): OwnTopic {
  return { name, filter, compiled: compiledOf(filter).form };
}

/** Whether a filter matches, by walking its tree: slow and plain, to test what is compiled against. */
export function isMatch(filter: Filter, paper: IndexedPaper): boolean {
  switch (filter.kind) {
    case 'all':
      return filter.filters.every((part) => isMatch(part, paper));
    case 'any':
      return filter.filters.some((part) => isMatch(part, paper));
    case 'not':
      return !isMatch(filter.filter, paper);
    default:
      return isTermIn(paper, filter);
  }
}

/** The tree that a compiled filter was made of, its terms in place of words. */
export function treeBehind(compiled: CompiledFilter): Filter {
  const filter = treeOf(compiled);
  if (filter === undefined) throw new Error('a compiled filter is damaged');
  return filter;
}
