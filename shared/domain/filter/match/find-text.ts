import type { ExactFilter, NearFilter, PhraseFilter, PrefixFilter, TextField, TextFilter } from '../filter.js';
import type { IndexedPaper, IndexedText } from './index-paper.js';

/** Words side by side, from the position `at` on. */
export interface Stretch {
  readonly at: number;
  readonly count: number;
}

/** Near words that stand within so many are shown with what is between them. */
const shownTogether = 6;

/**
 * Where a text filter first holds: one stretch of words, for near words that stand further apart one each; none when it does
 * not hold.
 */
export function findText(filter: TextFilter, paper: IndexedPaper): readonly Stretch[] {
  if (filter.kind === 'near') return stretchesOf(findNear(filter, paper));
  const { field } = filter;
  const starts = startsOf(filter, paper);
  const at = field === undefined ? starts[0] : starts.find((start) => textAt(paper, start)?.part === field);
  return at === undefined ? [] : [{ at, count: 'words' in filter ? filter.words.length : 1 }];
}

function stretchesOf(positions: readonly number[]): readonly Stretch[] {
  const [first] = positions;
  const last = positions.at(-1);
  if (first === undefined || last === undefined) return [];
  const count = last - first + 1;
  return count <= shownTogether ? [{ at: first, count }] : positions.map((at) => ({ at, count: 1 }));
}

/** The text to which a position belongs. */
export function textAt(paper: IndexedPaper, position: number): IndexedText | undefined {
  return paper.texts.findLast(({ first }) => first <= position);
}

function startsOf(filter: Exclude<TextFilter, NearFilter>, paper: IndexedPaper): readonly number[] {
  switch (filter.kind) {
    case 'word':
      return paper.positions.get(filter.term) ?? [];
    case 'phrase':
      return phraseStarts(filter, paper);
    case 'exact':
    case 'prefix':
      return paper.wordAt.flatMap((_, at) => (isThere(filter, paper, at) ? [at] : []));
  }
}

function phraseStarts({ terms }: PhraseFilter, paper: IndexedPaper): number[] {
  const [first = [], ...others] = terms.map((term) => paper.positions.get(term) ?? []);
  return first.filter((position) => others.every((positions, index) => positions.includes(position + index + 1)));
}

function isThere(filter: ExactFilter | PrefixFilter, { wordAt }: IndexedPaper, at: number): boolean {
  if (filter.kind === 'prefix') return wordAt[at]?.startsWith(filter.prefix) === true;
  return filter.words.every((word, index) => wordAt[at + index] === word);
}

/**
 * The positions of the first window of one text that holds all terms and, between the outer ones, at most `distance`
 * words more. With the latest place of every term before it, a window that ends here is as short as it can be.
 */
function findNear({ terms, distance, field }: NearFilter, paper: IndexedPaper): readonly number[] {
  const latest = new Map<string, number>();
  for (const [at, term] of placesInOrder(terms, field, paper)) {
    latest.set(term, at);
    const places = [...latest.values()];
    const start = Math.min(...places);
    const isClose = places.length === terms.length && at - start + 1 <= terms.length + distance;
    if (isClose && textAt(paper, start) === textAt(paper, at)) return places.sort((one, other) => one - other);
  }
  return [];
}

function placesInOrder(terms: readonly string[], field: TextField | undefined, paper: IndexedPaper) {
  const places = terms.flatMap((term) => (paper.positions.get(term) ?? []).map((at) => [at, term] as const));
  return places
    .filter(([at]) => field === undefined || textAt(paper, at)?.part === field)
    .sort(([one], [other]) => one - other);
}
