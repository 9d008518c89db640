import { type CompiledFilter, leafAt, stepCodec } from '../compile-filter.js';
import type { TermFilter } from '../filter.js';
import { isTermIn, type MatchedWord, wordsOfTerm } from './find-term.js';
import type { IndexedPaper, PaperPart } from './index-paper.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/** How many words explain a match. */
const maxWords = 5;

const partOrder = {
  title: 0,
  keyword: 1,
  abstract: 2,
  category: 3,
  author: 4,
  organisation: 5,
} as const satisfies Record<PaperPart, number>;

/**
 * Matches a paper: `undefined` when it does not match, else the words and phrases that made it match, as written in it,
 * each once, those of the title first, at most five; none when only its numbers, its code or its source made it match.
 */
export function matchFilter(filter: CompiledFilter, paper: IndexedPaper): readonly MatchedWord[] | undefined {
  const { isMatch, terms } = judge(filter, paper);
  if (!isMatch) return undefined;
  const found = terms.flatMap((term) => wordsOfTerm(paper, term));
  return found.slice(0, tellingWords(found, found.length));
}

/**
 * Of the words of a filter's terms in a paper, the first `length` of a list, moves those to its beginning that explain the
 * match, and says how many: each once in any case, those of the title first, at most five.
 */
export function tellingWords(found: MatchedWord[], length: number): number {
  if (length < 2) return length;
  sort(found, length);
  let count = 0;
  for (let index = 0; index < length; index += 1) said[index] = isSaid(index, found, length);
  for (let index = 0; index < length && count < maxWords; index += 1) {
    const hit = found[index];
    if (!hit || said[index]) continue;
    found[count] = hit;
    count += 1;
  }
  return count;
}

/** Which words of the list at hand are said by others. */
const said: boolean[] = [];

/** By insertion: there are few, and equal ones keep their order. */
function sort(found: MatchedWord[], length: number): void {
  for (let index = 1; index < length; index += 1) {
    const hit = found[index];
    let at = index;
    for (; hit && at > 0; at -= 1) {
      const before = found[at - 1];
      if (!before || compare(before, hit) <= 0) break;
      found[at] = before;
    }
    if (hit) found[at] = hit;
  }
}

function compare(one: MatchedWord, other: MatchedWord): number {
  if (one.part === other.part) return one.start - other.start;
  return partOrder[one.part] - partOrder[other.part];
}

/** Whether a word comes before already, or is inside another one. */
function isSaid(at: number, hits: readonly MatchedWord[], length: number): boolean {
  const hit = hits[at];
  for (let index = 0; hit && index < length; index += 1) {
    const other = hits[index];
    if (!other || index === at) continue;
    if (index < at && isSameText(hit.text, other.text)) return true;
    if (isInside(hit, other)) return true;
  }
  return false;
}

/** Most texts differ in their first letter already. */
function isSameText(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [one.charCodeAt(0), other.charCodeAt(0)];
  if (first < 128 && second < 128 && (first | 32) !== (second | 32)) return false;
  return one.toLowerCase() === other.toLowerCase();
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
  if (other.part !== hit.part || other.start > hit.start || hit.end > other.end) return false;
  return other.text.length > hit.text.length && other.text.includes(hit.text);
}
