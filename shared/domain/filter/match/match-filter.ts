import { type CompiledFilter, leafAt, stepCodec } from '../compile-filter.js';
import type { TermFilter } from '../filter.js';
import { isTermIn, type MatchedWord, wordsOfTerm } from './find-term.js';
import type { IndexedPaper, PaperPart } from './index-paper.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/** How many words explain a match. */
const maxWords = 5;

const partOrder: readonly PaperPart[] = ['title', 'keyword', 'abstract', 'category', 'author', 'organisation'];

/**
 * Matches a paper: `undefined` when it does not match, else the words and phrases that made it match, as written in it,
 * each once, those of the title first, at most five; none when only its numbers, its code or its source made it match.
 */
export function matchFilter(filter: CompiledFilter, paper: IndexedPaper): readonly MatchedWord[] | undefined {
  const { isMatch, terms } = judge(filter, paper);
  if (!isMatch) return undefined;
  return tellingWords(terms.flatMap((term) => wordsOfTerm(paper, term).map(shownWord))).map(({ word }) => word);
}

/** A word with what its place among others depends on. */
export interface ShownWord {
  readonly word: MatchedWord;
  /** Sorts words by the part they are in and then by where they are. */
  readonly order: number;
  readonly lowerCase: string;
}

export function shownWord(word: MatchedWord): ShownWord {
  return { word, order: 2 ** 32 * partOrder.indexOf(word.part) + word.start, lowerCase: word.text.toLowerCase() };
}

/**
 * Of the words of a filter's terms in a paper, which it sorts, those that explain the match: each once in any case, those
 * of the title first, at most five.
 */
export function tellingWords<Word extends ShownWord>(found: Word[]): readonly Word[] {
  if (found.length < 2) return found;
  found.sort((one, other) => one.order - other.order);
  const telling: Word[] = [];
  for (let index = 0; index < found.length && telling.length < maxWords; index += 1) {
    const shown = found[index];
    if (shown && !isSaid(shown, index, found)) telling.push(shown);
  }
  return telling;
}

/** Whether a word comes before already, or is inside another one. */
function isSaid(shown: ShownWord, at: number, found: readonly ShownWord[]): boolean {
  for (let index = 0; index < found.length; index += 1) {
    const other = found[index];
    if (other && index < at && other.lowerCase === shown.lowerCase) return true;
    if (other && isInside(shown.word, other.word)) return true;
  }
  return false;
}

/** Whether a part of a filter matches, and the terms in the paper because of which it does or does not. */
interface Judgement {
  readonly isMatch: boolean;
  readonly terms: readonly TermFilter[];
}

const noMatch: Judgement = { isMatch: false, terms: [] };

function judge(filter: CompiledFilter, paper: IndexedPaper): Judgement {
  const stack: Judgement[] = [];
  for (const [index, step] of filter.steps.entries()) {
    const operands = stack.splice(stack.length - operandsOf(step));
    if (isLeaf(step)) stack.push(judgeTerm(leafAt(filter, index), paper));
    else if (isNot(step)) stack.push(...operands.map(({ isMatch, terms }) => ({ isMatch: !isMatch, terms })));
    else stack.push(joined(operands, isAll(step)));
  }
  return stack[0] ?? noMatch;
}

function judgeTerm(term: TermFilter | undefined, paper: IndexedPaper): Judgement {
  return term && isTermIn(paper, term) ? { isMatch: true, terms: [term] } : noMatch;
}

/** Of alternatives, only those that match say why; of what has to match, only what does not says why not. */
function joined(operands: readonly Judgement[], wantsAll: boolean): Judgement {
  const isMatch = wantsAll ? operands.every((each) => each.isMatch) : operands.some((each) => each.isMatch);
  return { isMatch, terms: operands.filter((each) => each.isMatch === isMatch).flatMap(({ terms }) => terms) };
}

/** Beside "KV cache" the word "cache" of the same place says nothing new. */
function isInside(hit: MatchedWord, other: MatchedWord): boolean {
  const isLonger = other.text.length > hit.text.length && other.text.includes(hit.text);
  return isLonger && other.part === hit.part && other.start <= hit.start && hit.end <= other.end;
}
