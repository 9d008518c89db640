import type { Filter, PhraseFilter, TermFilter } from './filter.js';
import type { IndexedPaper, PaperPart } from './index-paper.js';

/** A word or phrase of a filter as it stands in a paper. */
export interface MatchedWord {
  readonly text: string;
  readonly part: PaperPart;
  /** Offsets into the displayed text of that part: title, abstract, or the one keyword, category or name. */
  readonly start: number;
  readonly end: number;
}

/** How many words explain a match. */
const maxWords = 5;

const partOrder: readonly PaperPart[] = ['title', 'keyword', 'abstract', 'category', 'author'];

/** Whether a paper matches, without saying why. */
export function isMatch(filter: Filter, paper: IndexedPaper): boolean {
  switch (filter.kind) {
    case 'all':
      return filter.filters.every((part) => isMatch(part, paper));
    case 'any':
      return filter.filters.some((part) => isMatch(part, paper));
    case 'not':
      return !isMatch(filter.filter, paper);
    case 'word':
      return paper.positions.has(filter.term);
    case 'phrase':
      return phrasePositions(filter, paper).length > 0;
    case 'category':
      return paper.categories.some((category) => isWithin(category, filter.category));
    case 'author':
      return paper.authors.some((name) => isNamed(name, filter.words));
    default:
      return false;
  }
}

/**
 * Matches a paper: `undefined` when it does not match, else the words and phrases that made it match, as they stand in
 * it, each once, those of the title first, at most five.
 */
export function matchFilter(filter: Filter, paper: IndexedPaper): readonly MatchedWord[] | undefined {
  if (!isMatch(filter, paper)) return undefined;
  const hits = decidingTerms(filter, paper, true)
    .map((term) => firstHit(term, paper))
    .filter((hit) => hit !== undefined)
    .sort((one, other) => partOrder.indexOf(one.part) - partOrder.indexOf(other.part) || one.start - other.start);
  const byText = new Map(hits.toReversed().map((hit) => [hit.text.toLowerCase(), hit]));
  return hits
    .filter((hit) => byText.get(hit.text.toLowerCase()) === hit && !hits.some((other) => isInside(hit, other)))
    .slice(0, maxWords);
}

/** The terms that are there and had to be: of alternatives, only those that hold. */
function decidingTerms(filter: Filter, paper: IndexedPaper, isWanted: boolean): TermFilter[] {
  if (isMatch(filter, paper) !== isWanted) return [];
  if (filter.kind === 'not') return decidingTerms(filter.filter, paper, !isWanted);
  if (filter.kind !== 'all' && filter.kind !== 'any') return isWanted ? [filter] : [];
  return filter.filters.flatMap((part) => decidingTerms(part, paper, isWanted));
}

/** Beside "KV cache" the word "cache" of the same place says nothing new. */
function isInside(hit: MatchedWord, other: MatchedWord): boolean {
  const isLonger = other.text.length > hit.text.length && other.text.includes(hit.text);
  return isLonger && other.part === hit.part && other.start <= hit.start && hit.end <= other.end;
}

function firstHit(term: TermFilter, paper: IndexedPaper): MatchedWord | undefined {
  switch (term.kind) {
    case 'word':
      return wordsAt(paper, paper.positions.get(term.term)?.[0], 1);
    case 'phrase':
      return wordsAt(paper, phrasePositions(term, paper)[0], term.terms.length);
    case 'category': {
      const at = paper.categories.findIndex((category) => isWithin(category, term.category));
      return wholeText('category', paper.paper.categories[at]);
    }
    case 'author': {
      const at = paper.authors.findIndex((name) => isNamed(name, term.words));
      return wholeText('author', paper.paper.authors[at]);
    }
    default:
      return undefined;
  }
}

function wordsAt(paper: IndexedPaper, position: number | undefined, count: number): MatchedWord | undefined {
  if (position === undefined) return undefined;
  const holder = paper.texts.findLast(({ first }) => first <= position);
  const start = paper.offsets[2 * position];
  const end = paper.offsets[2 * (position + count - 1) + 1];
  if (!holder || start === undefined || end === undefined) return undefined;
  return { text: holder.text.slice(start, end), part: holder.part, start, end };
}

function wholeText(part: PaperPart, text: string | undefined): MatchedWord | undefined {
  return text === undefined ? undefined : { text, part, start: 0, end: text.length };
}

/** Where a phrase begins: positions at which its first term stands and all others follow one by one. */
function phrasePositions(phrase: PhraseFilter, paper: IndexedPaper): number[] {
  const [first = [], ...others] = phrase.terms.map((term) => paper.positions.get(term) ?? []);
  return first.filter((position) => others.every((positions, index) => positions.includes(position + index + 1)));
}

/** `cs.cl` is within `cs.cl` and within `cs`. */
function isWithin(category: string, wanted: string): boolean {
  return category === wanted || category.startsWith(`${wanted}.`);
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
