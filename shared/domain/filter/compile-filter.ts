import type { Filter, TermFilter } from './filter.js';
import { leafCode, readLeaf } from './leaf-code.js';

/**
 * A filter, ready to be evaluated: one object for all equal filters of a process, for as long as it remembers them.
 * `form` is how it is stored: a version, then leaves and operators in postfix order, separated by blanks. `!` negates
 * what comes before it, `&3` and `|3` join the last three: `2 w:vision ! p:token_budget w:infer &3`.
 */
export interface CompiledFilter {
  readonly form: string;
  /** Numbers the compiled filters of this process, from 0. */
  readonly number: number;
  readonly steps: readonly Step[];
}

/**
 * One step of evaluating a filter on a stack. 0 and above pushes the leaf of that number, -1 negates the top, and of
 * the top n, -2n takes what is in all and -2n - 1 what is in any.
 */
type Step = number;

const notStep: Step = -1;

function joinStep(kind: 'all' | 'any', operands: number): Step {
  return -2 * operands - (kind === 'all' ? 0 : 1);
}

function operandsOf(step: Step): number {
  if (step >= 0) return 0;
  return step === notStep ? 1 : -(step >> 1) - (step & 1);
}

/**
 * Says what a step is. `isAll` is asked of a step that joins: whether it wants all of its operands, not any.
 * `operandsOf` is how many operands a step takes off the stack: none for a leaf, one for `not`. One object, so that a
 * loop can bind its members once: without a bundler each use of an imported name is a look-up.
 */
export const stepCodec = {
  isLeaf: (step: Step) => step >= 0,
  isNot: (step: Step) => step === notStep,
  isAll: (step: Step) => (step & 1) === 0,
  operandsOf,
} as const;

/**
 * Raise it whenever a text compiles to another form than before, even if only a stem differs: stored forms rely on it.
 */
export const compiledVersion = 2;

const start = `${compiledVersion} `;

const byForm = new Map<string, CompiledFilter>();
const mostRemembered = 50_000;
let count = 0;

/** Compiles a filter; equal filters give the same object. */
export function compileFilter(filter: Filter): CompiledFilter {
  const steps = stepsOf(filter);
  const form = start + steps.map(({ code }) => code).join(' ');
  return byForm.get(form) ?? remembered(form, steps);
}

/** Reads a stored form; `undefined` when it is of another version or damaged. */
export function readCompiled(stored: string): CompiledFilter | undefined {
  const known = byForm.get(stored);
  if (known || !stored.startsWith(start)) return known;
  const steps = stepsIn(stored);
  return steps && remembered(stored, steps);
}

/** What a compiled filter looks for at one of its steps; `undefined` for an operator. */
export function leafAt({ form, steps }: CompiledFilter, index: number): TermFilter | undefined {
  return leaves[(steps[index] ?? notStep) - firstKnown] ?? readStep(codesIn(form)[index] ?? '')?.leaf;
}

/** The filter that was compiled; `undefined` when its form is damaged. */
export function treeOf(compiled: CompiledFilter): Filter | undefined {
  const stack: Filter[] = [];
  for (const [index, step] of compiled.steps.entries()) {
    const filters = stack.splice(stack.length - operandsOf(step));
    const [operand] = filters;
    if (operand === undefined) stack.push(...[leafAt(compiled, index)].filter((leaf) => leaf !== undefined));
    else if (step === notStep) stack.push({ kind: 'not', filter: operand });
    else stack.push({ kind: stepCodec.isAll(step) ? 'all' : 'any', filters });
  }
  return stack.length === 1 ? stack[0] : undefined;
}

function remembered(form: string, steps: readonly CodedStep[]): CompiledFilter {
  const compiled = { form, number: count, steps: steps.map(({ step }) => step) };
  count += 1;
  if (byForm.size >= mostRemembered) byForm.clear();
  byForm.set(form, compiled);
  return compiled;
}

function codesIn(form: string): string[] {
  return form.slice(start.length).split(' ');
}

function stepsIn(form: string): CodedStep[] | undefined {
  const steps: CodedStep[] = [];
  let depth = 0;
  for (const code of codesIn(form)) {
    const coded = readStep(code);
    const operands = coded ? operandsOf(coded.step) : 0;
    if (coded === undefined || operands > depth) return undefined;
    depth += 1 - operands;
    steps.push(coded);
  }
  return depth === 1 ? steps : undefined;
}

/** A step with its code in a stored form, and the leaf that it pushes. */
interface CodedStep {
  readonly code: string;
  readonly step: Step;
  readonly leaf: TermFilter | undefined;
}

const codedNot: CodedStep = { code: '!', step: notStep, leaf: undefined };

/** Leaves made before: one object for equal ones, for as long as they are remembered. */
const knownLeaves = new Map<string, CodedStep>();
/** The leaves that are remembered, by their numbers from `firstKnown` on. */
let leaves: TermFilter[] = [];
let firstKnown = 0;

/** A filter's steps, its parts before the operator that joins them. */
function stepsOf(filter: Filter): CodedStep[] {
  switch (filter.kind) {
    case 'all':
    case 'any': {
      const steps = filter.filters.flatMap(stepsOf);
      steps.push(codedJoin(filter.kind, filter.filters.length));
      return steps;
    }
    case 'not':
      return [...stepsOf(filter.filter), codedNot];
    default: {
      const code = leafCode(filter);
      return [knownLeaves.get(code) ?? codedLeaf(code, filter)];
    }
  }
}

function readStep(code: string): CodedStep | undefined {
  const found = knownLeaves.get(code);
  if (found || code === codedNot.code) return found ?? codedNot;
  const operands = /^[&|]([1-9]\d{0,2})$/.exec(code)?.[1];
  if (operands !== undefined) {
    return operands === '1' ? undefined : codedJoin(code.startsWith('&') ? 'all' : 'any', Number(operands));
  }
  const leaf = readLeaf(code);
  // A slice of the form would keep all of it in memory.
  return leaf && codedLeaf(` ${code}`.slice(1), leaf);
}

function codedJoin(kind: 'all' | 'any', operands: number): CodedStep {
  return { code: `${kind === 'all' ? '&' : '|'}${operands}`, step: joinStep(kind, operands), leaf: undefined };
}

function codedLeaf(code: string, leaf: TermFilter): CodedStep {
  if (knownLeaves.size >= mostRemembered) {
    knownLeaves.clear();
    firstKnown += leaves.length;
    leaves = [];
  }
  const coded = { code, step: firstKnown + leaves.length, leaf };
  leaves.push(leaf);
  knownLeaves.set(code, coded);
  return coded;
}
