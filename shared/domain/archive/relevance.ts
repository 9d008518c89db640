import { type CompiledFilter, stepCodec } from '../filter/compile-filter.js';
import type { PaperPart } from '../filter/match/index-paper.js';
import type { Hit } from './find-leaf.js';

const { isLeaf, isNot, isAll, operandsOf } = stepCodec;

/** A term of a filter: which papers it matches, and by what. */
export interface JudgedLeaf {
  readonly isAt: (place: number) => boolean;
  readonly hitsAt: (place: number) => readonly Hit[];
}

/** What counts: the first so many, by their parts. */
const mostHits = 5;
const partOrder: readonly PaperPart[] = ['title', 'keyword', 'abstract', 'category', 'author', 'organisation'];
const weights: Partial<Record<PaperPart, number>> = { title: 4, keyword: 2 };

/**
 * Says how much a filter is what a paper is about: each different word or phrase that made it match counts 4 in the title, 2
 * in a keyword and 1 elsewhere, at most five of them. `leaves` are aligned with the filter's steps.
 */
export function relevanceOf(filter: CompiledFilter, leaves: readonly JudgedLeaf[]): (place: number) => number {
  const termsAt = tellingTerms(filter, leaves);
  return (place) => {
    const terms = termsAt(place);
    const hits =
      terms.length === 1 ? [...(terms[0]?.hitsAt(place) ?? [])] : terms.flatMap((leaf) => leaf.hitsAt(place));
    if (hits.length === 1) return weights[hits[0]?.part ?? 'abstract'] ?? 1;
    return weightOf(hits);
  };
}

function weightOf(hits: Hit[]): number {
  hits.sort((one, other) => partOrder.indexOf(one.part) - partOrder.indexOf(other.part));
  const different: Hit[] = [];
  const met: string[] = [];
  for (const hit of hits) {
    const { said } = hit;
    if (met.includes(said)) continue;
    met.push(said);
    different.push(hit);
  }
  return different
    .filter((hit) => !different.some((other) => isInside(hit, other)))
    .slice(0, mostHits)
    .reduce((sum, { part }) => sum + (weights[part] ?? 1), 0);
}

/** A pattern of matching terms is a number of so many bits. */
const mostInPattern = 30;

/** Gives the terms that made a paper match: they depend on which terms match alone, and few patterns of that occur. */
function tellingTerms(filter: CompiledFilter, leaves: readonly JudgedLeaf[]): (place: number) => readonly JudgedLeaf[] {
  if (leaves.length > mostInPattern) return (place) => judge(filter, leaves, place).terms;
  const known = new Map<number, readonly JudgedLeaf[]>();
  return (place) => {
    let pattern = 0;
    for (let index = 0; index < leaves.length; index += 1) if (leaves[index]?.isAt(place)) pattern |= 1 << index;
    const terms = known.get(pattern) ?? judge(filter, leaves, place).terms;
    known.set(pattern, terms);
    return terms;
  };
}

interface Judgement {
  readonly isMatch: boolean;
  readonly terms: readonly JudgedLeaf[];
}

const noMatch: Judgement = { isMatch: false, terms: [] };

/** As `matchFilter` judges a paper: which terms made it match. */
function judge(filter: CompiledFilter, leaves: readonly JudgedLeaf[], place: number): Judgement {
  const stack: Judgement[] = [];
  for (const [index, step] of filter.steps.entries()) {
    if (isLeaf(step)) {
      const leaf = leaves[index];
      stack.push(leaf?.isAt(place) ? { isMatch: true, terms: [leaf] } : noMatch);
      continue;
    }
    const operands = stack.splice(stack.length - operandsOf(step));
    if (isNot(step)) stack.push(...operands.map(({ isMatch, terms }) => ({ isMatch: !isMatch, terms })));
    else stack.push(joined(operands, isAll(step)));
  }
  return stack[0] ?? noMatch;
}

function joined(operands: readonly Judgement[], wantsAll: boolean): Judgement {
  const isMatch = wantsAll ? operands.every((each) => each.isMatch) : operands.some((each) => each.isMatch);
  return { isMatch, terms: operands.filter((each) => each.isMatch === isMatch).flatMap(({ terms }) => terms) };
}

/** Beside "KV cache" the word "cache" of the same place says nothing new. */
function isInside(hit: Hit, other: Hit): boolean {
  const isLonger = other.text.length > hit.text.length && other.text.includes(hit.text);
  return isLonger && other.part === hit.part && other.start <= hit.start && hit.end <= other.end;
}
