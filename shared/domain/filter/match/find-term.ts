import type {
  AuthorFilter,
  CategoryFilter,
  ExactFilter,
  LimitFilter,
  NearFilter,
  PhraseFilter,
  PrefixFilter,
  TermFilter,
  TextField,
  TextFilter,
} from '../filter.js';
import type { IndexedPaper, IndexedText, PaperPart } from './index-paper.js';
import { isNamed } from './person-name.js';

/** A word or phrase of a filter as it is written in a paper. */
export interface MatchedWord {
  readonly text: string;
  readonly part: PaperPart;
  /** Offsets into the displayed text of that part: title, abstract, or the one keyword, category or name. */
  readonly start: number;
  readonly end: number;
}

/** Whether one term matches a paper. */
export function isTermIn(paper: IndexedPaper, term: TermFilter): boolean {
  switch (term.kind) {
    case 'category':
      return categoryAt(term, paper) >= 0;
    case 'author':
      return authorAt(term, paper) >= 0;
    case 'organisation':
      return holdsWords(paper.organisation, term.words);
    case 'has':
      return paper.paper.codeUrl !== undefined;
    case 'source':
      return paper.paper.sources.includes(term.source);
    case 'id':
      return paper.paper.id === term.id;
    case 'limit':
      return isWithinLimit(term, paper);
    default:
      return findText(term, paper).length > 0;
  }
}

/** What shows that a term matches a paper: its words there; none for a term that asks about no text. */
export function wordsOfTerm(paper: IndexedPaper, term: TermFilter): readonly MatchedWord[] {
  switch (term.kind) {
    case 'category':
      return wholeText('category', paper.paper.categories[categoryAt(term, paper)]);
    case 'author':
      return wholeText('author', paper.paper.authors[authorAt(term, paper)]);
    case 'organisation':
      return wholeText('organisation', paper.paper.organisation);
    case 'has':
    case 'source':
    case 'id':
    case 'limit':
      return [];
    default:
      return findText(term, paper).flatMap((stretch) => wordsOf(stretch, paper));
  }
}

/** The words of a stretch as they are written in the paper. */
export function wordsOf({ at, count }: Stretch, paper: IndexedPaper): readonly MatchedWord[] {
  const holder = textAt(paper, at);
  const start = paper.offsets[2 * at];
  const end = paper.offsets[2 * (at + count - 1) + 1];
  if (!holder || start === undefined || end === undefined) return [];
  return [{ text: holder.text.slice(start, end), part: holder.part, start, end }];
}

function wholeText(part: PaperPart, text: string | undefined): readonly MatchedWord[] {
  return text === undefined ? [] : [{ text, part, start: 0, end: text.length }];
}

/** Which of a paper's categories is meant; -1 when none is. `cs.cl` is within `cs.cl` and within `cs`. */
function categoryAt({ category: wanted }: CategoryFilter, { categories }: IndexedPaper): number {
  return categories.findIndex((category) => category === wanted || category.startsWith(`${wanted}.`));
}

/** Which of a paper's authors is meant; -1 when none is. */
function authorAt({ words }: AuthorFilter, { authors }: IndexedPaper): number {
  return authors.findIndex((name) => isNamed(name, words));
}

function holdsWords(name: readonly string[], wanted: readonly string[]): boolean {
  return name.some((_, at) => wanted.every((word, index) => name[at + index] === word));
}

function isWithinLimit({ measure, value }: LimitFilter, { facts }: IndexedPaper): boolean {
  return measure === 'age' ? facts.ageDays <= value : facts[measure] >= value;
}

/** Words side by side, from the position `at` on. */
interface Stretch {
  readonly at: number;
  readonly count: number;
}

/** Near words within this many are shown together with what is between them. */
const shownTogether = 6;

/**
 * Where a text filter first matches: one stretch of words, or one each for near words that are further apart; none when
 * it does not match.
 */
function findText(filter: TextFilter, paper: IndexedPaper): readonly Stretch[] {
  if (filter.kind === 'near') return stretchesOf(findNear(filter, paper));
  const { field } = filter;
  const isWithin = (start: number) => field === undefined || textAt(paper, start)?.part === field;
  const at = firstStart(filter, paper, isWithin);
  return at === undefined ? [] : [{ at, count: lengthOf(filter) }];
}

function lengthOf(filter: Exclude<TextFilter, NearFilter>): number {
  if (filter.kind === 'phrase') return filter.words.length + (filter.prefix === undefined ? 0 : 1);
  return filter.kind === 'exact' ? filter.words.length : 1;
}

function stretchesOf(positions: readonly number[]): readonly Stretch[] {
  const [first] = positions;
  const last = positions.at(-1);
  if (first === undefined || last === undefined) return [];
  const count = last - first + 1;
  return count <= shownTogether ? [{ at: first, count }] : positions.map((at) => ({ at, count: 1 }));
}

/** The text to which a position belongs. */
function textAt(paper: IndexedPaper, position: number): IndexedText | undefined {
  return paper.texts.findLast(({ first }) => first <= position);
}

/** Where a run of words begins first, among the positions that pass. */
function firstStart(
  filter: Exclude<TextFilter, NearFilter>,
  paper: IndexedPaper,
  passes: (start: number) => boolean,
): number | undefined {
  switch (filter.kind) {
    case 'word':
      return paper.positions.get(filter.term)?.find(passes);
    case 'phrase':
      return phraseStarts(filter, paper).find(passes);
    case 'exact':
    case 'prefix': {
      const at = paper.words.findIndex((_, start) => isThere(filter, paper, start) && passes(start));
      return at < 0 ? undefined : at;
    }
  }
}

function phraseStarts({ terms, prefix }: PhraseFilter, paper: IndexedPaper): number[] {
  const [first = [], ...others] = terms.map((term) => paper.positions.get(term) ?? []);
  const starts = first.filter((position) => others.every((each, index) => each.includes(position + index + 1)));
  if (prefix === undefined) return starts;
  return starts.filter((position) => paper.wordAt[position + terms.length]?.startsWith(prefix) === true);
}

function isThere(filter: ExactFilter | PrefixFilter, { words }: IndexedPaper, at: number): boolean {
  if (filter.kind === 'prefix') return words[at]?.word.startsWith(filter.prefix) === true;
  return filter.words.every((word, index) => words[at + index]?.word === word);
}

/**
 * The positions of the first window of one sentence that contains all terms and, between the outer ones, at most `distance`
 * other words. A window that runs back to the latest position of every term is the shortest that ends here.
 */
function findNear({ terms, distance, field }: NearFilter, paper: IndexedPaper): readonly number[] {
  const latest = new Map<string, number>();
  for (const [at, term] of placesInOrder(terms, field, paper)) {
    latest.set(term, at);
    const places = [...latest.values()];
    const start = Math.min(...places);
    const isClose = places.length === terms.length && at - start + 1 <= terms.length + distance;
    if (isClose && !paper.wordAt.slice(start, at).includes('')) return places.sort((one, other) => one - other);
  }
  return [];
}

function placesInOrder(terms: readonly string[], field: TextField | undefined, paper: IndexedPaper) {
  const places = terms.flatMap((term) => (paper.positions.get(term) ?? []).map((at) => [at, term] as const));
  return places
    .filter(([at]) => field === undefined || textAt(paper, at)?.part === field)
    .sort(([one], [other]) => one - other);
}
