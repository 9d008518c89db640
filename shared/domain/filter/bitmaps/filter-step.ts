import type { Filter, TermFilter } from '../filter.js';
import { leafCode, readLeaf } from './leaf-code.js';

/** One step of evaluating a filter on a stack: puts the papers of a leaf on it, or combines the last `operands` of it. */
export interface FilterStep {
  readonly code: string;
  /** Leaves of a process are counted from 0; `not` is -1, `all` of n is -2n, `any` of n is -2n - 1. */
  readonly number: number;
  /** 0 for a leaf, 1 for `not`. */
  readonly operands: number;
  readonly leaf: TermFilter | undefined;
}

/** Leaves that were made before: one object for equal ones, for as long as they are remembered. */
const known = new Map<string, FilterStep>();
const mostRemembered = 50_000;
/** The leaves that are remembered, by their numbers from `firstKnown` on. */
let leaves: TermFilter[] = [];
let firstKnown = 0;

const notStep: FilterStep = { code: '!', number: -1, operands: 1, leaf: undefined };

/** A filter's steps, its parts before what combines them. */
export function stepsOf(filter: Filter): FilterStep[] {
  switch (filter.kind) {
    case 'all':
    case 'any': {
      const steps = filter.filters.flatMap(stepsOf);
      steps.push(combiningStep(filter.kind, filter.filters.length));
      return steps;
    }
    case 'not':
      return [...stepsOf(filter.filter), notStep];
    default: {
      const code = leafCode(filter);
      return [known.get(code) ?? leafStep(code, filter)];
    }
  }
}

/** Reads a step from its code; `undefined` when it is damaged. */
export function readStep(code: string): FilterStep | undefined {
  const found = known.get(code);
  if (found || code === '!') return found ?? notStep;
  const operands = /^[&|]([1-9]\d{0,2})$/.exec(code)?.[1];
  if (operands !== undefined) {
    return operands === '1' ? undefined : combiningStep(code.startsWith('&') ? 'all' : 'any', Number(operands));
  }
  const leaf = readLeaf(code);
  // A piece that was cut out keeps the whole form in memory.
  return leaf && leafStep(` ${code}`.slice(1), leaf);
}

function combiningStep(kind: 'all' | 'any', operands: number): FilterStep {
  const isAll = kind === 'all';
  return {
    code: `${isAll ? '&' : '|'}${operands}`,
    number: -2 * operands - (isAll ? 0 : 1),
    operands,
    leaf: undefined,
  };
}

function leafStep(code: string, leaf: TermFilter): FilterStep {
  if (known.size >= mostRemembered) {
    known.clear();
    firstKnown += leaves.length;
    leaves = [];
  }
  const step = { code, number: firstKnown + leaves.length, operands: 0, leaf };
  leaves.push(leaf);
  known.set(code, step);
  return step;
}

/** The leaf of this number, as long as it is remembered. */
export function leafNumbered(number: number): TermFilter | undefined {
  return leaves[number - firstKnown];
}
