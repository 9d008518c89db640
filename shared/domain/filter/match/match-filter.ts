import { type CompiledFilter, leafAt, stepCodec } from '../compile-filter.js';
import type { TermFilter } from '../filter.js';
import { isTermIn, type MatchedWord, wordsOfTerm } from './find-term.js';
import type { IndexedPaper } from './index-paper.js';
import { wordTable } from './telling-words.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/**
 * Matches a paper: `undefined` when it does not match, else the words and phrases that made it match, as written in it,
 * each once, those of the title first, at most five; none when only its numbers, its code or its source made it match.
 */
export function matchFilter(filter: CompiledFilter, paper: IndexedPaper): readonly MatchedWord[] | undefined {
  const { isMatch, terms } = judge(filter, paper);
  if (!isMatch) return undefined;
  const found = terms.flatMap((term) => wordsOfTerm(paper, term));
  if (found.length < 2) return found;
  const table = wordTable();
  const words = found.map(table.add);
  return words.slice(0, table.tell(words, words.length)).flatMap((word) => found[word] ?? []);
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
