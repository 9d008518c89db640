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
  return tellingWords(terms.flatMap((term) => wordsOfTerm(paper, term)));
}

/**
 * Of the words of a filter's terms in a paper those that explain the match: each once, those of the title first, at most
 * five.
 */
export function tellingWords(found: readonly MatchedWord[]): readonly MatchedWord[] {
  if (found.length < 2) return found;
  const hits = [...found].sort(byPart);
  const telling: MatchedWord[] = [];
  for (let index = 0; index < hits.length && telling.length < maxWords; index += 1) {
    const hit = hits[index];
    if (hit && !isSaid(hit, hits, index)) telling.push(hit);
  }
  return telling;
}

function byPart(one: MatchedWord, other: MatchedWord): number {
  if (one.part === other.part) return one.start - other.start;
  return partOrder.indexOf(one.part) - partOrder.indexOf(other.part);
}

/** Whether a word was said before in any case, or is inside another one. */
function isSaid(hit: MatchedWord, hits: readonly MatchedWord[], before: number): boolean {
  for (let index = 0; index < hits.length; index += 1) {
    const other = hits[index];
    if (!other || other === hit) {
      if (index < before) return true;
    } else if (isInside(hit, other) || (index < before && isSameText(hit.text, other.text))) return true;
  }
  return false;
}

function isSameText(one: string, other: string): boolean {
  return one === other || one.toLowerCase() === other.toLowerCase();
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
