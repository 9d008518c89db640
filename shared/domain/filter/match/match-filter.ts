import type { Filter, TermFilter } from '../filter.js';
import { authorAt, categoryAt, isFact } from './find-fact.js';
import { findText, type Stretch, textAt } from './find-text.js';
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

const partOrder: readonly PaperPart[] = ['title', 'keyword', 'abstract', 'category', 'author', 'organisation'];

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
    case 'exact':
    case 'prefix':
    case 'phrase':
    case 'near':
      return findText(filter, paper).length > 0;
    default:
      return isFact(filter, paper);
  }
}

/**
 * Matches a paper: `undefined` when it does not match, else the words and phrases that made it match, as they stand in
 * it, each once, those of the title first, at most five; none when only its numbers, its code or its source did.
 */
export function matchFilter(filter: Filter, paper: IndexedPaper): readonly MatchedWord[] | undefined {
  if (!isMatch(filter, paper)) return undefined;
  const hits = decidingTerms(filter, paper, true)
    .flatMap((term) => hitsOf(term, paper))
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

function hitsOf(term: TermFilter, paper: IndexedPaper): readonly MatchedWord[] {
  switch (term.kind) {
    case 'category':
      return wholeText('category', paper.paper.categories[categoryAt(term, paper)]);
    case 'author':
      return wholeText('author', paper.paper.authors[authorAt(term, paper)]);
    case 'organisation':
      return wholeText('organisation', paper.paper.organisation);
    case 'has':
    case 'source':
    case 'limit':
      return [];
    default:
      return findText(term, paper).flatMap((stretch) => wordsOf(stretch, paper));
  }
}

function wordsOf({ at, count }: Stretch, paper: IndexedPaper): readonly MatchedWord[] {
  const holder = textAt(paper, at);
  const start = paper.offsets[2 * at];
  const end = paper.offsets[2 * (at + count - 1) + 1];
  if (!holder || start === undefined || end === undefined) return [];
  return [{ text: holder.text.slice(start, end), part: holder.part, start, end }];
}

function wholeText(part: PaperPart, text: string | undefined): readonly MatchedWord[] {
  return text === undefined ? [] : [{ text, part, start: 0, end: text.length }];
}
