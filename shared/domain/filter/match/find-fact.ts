import type { AuthorFilter, CategoryFilter, FactFilter, LimitFilter } from '../filter.js';
import type { IndexedPaper } from './index-paper.js';

/** Whether a fact holds of a paper. */
export function isFact(filter: FactFilter, paper: IndexedPaper): boolean {
  switch (filter.kind) {
    case 'category':
      return categoryAt(filter, paper) >= 0;
    case 'author':
      return authorAt(filter, paper) >= 0;
    case 'organisation':
      return holdsWords(paper.organisation, filter.words);
    case 'has':
      return paper.paper.codeUrl !== undefined;
    case 'source':
      return paper.paper.sources.includes(filter.source);
    case 'limit':
      return isWithinLimit(filter, paper);
  }
}

/** Which of a paper's categories is meant; -1 when none is. `cs.cl` is within `cs.cl` and within `cs`. */
export function categoryAt({ category: wanted }: CategoryFilter, { categories }: IndexedPaper): number {
  return categories.findIndex((category) => category === wanted || category.startsWith(`${wanted}.`));
}

/** Which of a paper's authors is meant; -1 when none is. */
export function authorAt({ words }: AuthorFilter, { authors }: IndexedPaper): number {
  return authors.findIndex((name) => isNamed(name, words));
}

/** By last name, by full name, or by first and last name without those in between. */
function isNamed(name: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.length > name.length) return false;
  const isEnd = wanted.every((word, index) => word === name[name.length - wanted.length + index]);
  if (isEnd || wanted.length < 2 || wanted[0] !== name[0] || wanted.at(-1) !== name.at(-1)) return isEnd;
  let at = 0;
  for (const word of name) if (word === wanted[at]) at += 1;
  return at === wanted.length;
}

function holdsWords(name: readonly string[], wanted: readonly string[]): boolean {
  return name.some((_, at) => wanted.every((word, index) => name[at + index] === word));
}

function isWithinLimit({ measure, value }: LimitFilter, { facts }: IndexedPaper): boolean {
  return measure === 'age' ? facts.ageDays <= value : facts[measure] >= value;
}
