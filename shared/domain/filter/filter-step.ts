import type { Filter, TermFilter } from './filter.js';
import { leafCode, readLeaf } from './leaf-code.js';

/** One step of evaluating a filter on a stack: puts the papers of a leaf on it, or joins the last `operands` of it. */
export interface FilterStep {
  readonly code: string;
  readonly kind: 'leaf' | 'all' | 'any' | 'not';
  /** 0 for a leaf, 1 for `not`. */
  readonly operands: number;
  readonly leaf: TermFilter | undefined;
}

/** Steps that were made before: one object for equal leaves, for as long as they are remembered. */
const known = new Map<string, FilterStep>();
const mostRemembered = 50_000;

/** A filter's steps, its parts before what joins them. */
export function stepsOf(filter: Filter): FilterStep[] {
  switch (filter.kind) {
    case 'all':
    case 'any': {
      const steps = filter.filters.flatMap(stepsOf);
      steps.push(joinStep(filter.kind, filter.filters.length));
      return steps;
    }
    case 'not':
      return [...stepsOf(filter.filter), notStep];
    default: {
      const code = leafCode(filter);
      return [known.get(code) ?? remembered({ code, kind: 'leaf', operands: 0, leaf: filter })];
    }
  }
}

/** Reads a step from its code; `undefined` when it is damaged. */
export function readStep(code: string): FilterStep | undefined {
  const found = known.get(code);
  if (found || code === '!') return found ?? notStep;
  const operands = /^[&|]([1-9]\d*)$/.exec(code)?.[1];
  if (operands !== undefined) {
    return operands === '1' ? undefined : joinStep(code.startsWith('&') ? 'all' : 'any', Number(operands));
  }
  const leaf = readLeaf(code);
  // A piece that was cut out keeps the whole form in memory.
  return leaf && remembered({ code: ` ${code}`.slice(1), kind: 'leaf', operands: 0, leaf });
}

const notStep: FilterStep = { code: '!', kind: 'not', operands: 1, leaf: undefined };

function joinStep(kind: 'all' | 'any', operands: number): FilterStep {
  const code = `${kind === 'all' ? '&' : '|'}${operands}`;
  return known.get(code) ?? remembered({ code, kind, operands, leaf: undefined });
}

function remembered(step: FilterStep): FilterStep {
  if (known.size >= mostRemembered) known.clear();
  known.set(step.code, step);
  return step;
}
