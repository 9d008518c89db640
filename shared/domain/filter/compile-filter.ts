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
  const bare = () => steps.map(({ step }) => step);
  return byForm.get(form) ?? remembered(form, bare());
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
  const step = steps[index] ?? notStep;
  return step < 0 ? undefined : (leaves[step - firstKnown] ?? readLeaf(codesIn(form)[index] ?? ''));
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

function remembered(form: string, steps: readonly Step[]): CompiledFilter {
  const compiled = { form, number: count, steps };
  count += 1;
  if (byForm.size >= mostRemembered) byForm.clear();
  byForm.set(form, compiled);
  return compiled;
}

function codesIn(form: string): string[] {
  return form.slice(start.length).split(' ');
}

/** Of the form that is being read: most are short, and a list that grows by itself takes room for 17 steps. */
const read: Step[] = [];

function stepsIn(form: string): readonly Step[] | undefined {
  let length = 0;
  let depth = 0;
  for (let from = start.length; from <= form.length; length += 1) {
    const blank = form.indexOf(' ', from);
    const end = blank < 0 ? form.length : blank;
    const step = readStep(form, from, end);
    const operands = operandsOf(step ?? 0);
    if (step === undefined || operands > depth) return undefined;
    depth += 1 - operands;
    read[length] = step;
    from = end + 1;
  }
  return depth === 1 ? read.slice(0, length) : undefined;
}

/** A step with its code in a stored form. */
interface CodedStep {
  readonly code: string;
  readonly step: Step;
}

const codedNot: CodedStep = { code: '!', step: notStep };

/** Steps of the leaves made before, by their codes, for as long as they are remembered. */
const knownLeaves = new Map<string, Step>();
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
      return [{ code, step: knownLeaves.get(code) ?? newLeaf(code, filter) }];
    }
  }
}

const [and, or, not] = ['&', '|', codedNot.code].map((sign) => sign.charCodeAt(0));

/** Reads the step whose code is from one place of a form up to another. */
function readStep(form: string, from: number, end: number): Step | undefined {
  const sign = form.charCodeAt(from);
  if (sign === and || sign === or) return readJoin(sign === and ? 'all' : 'any', form, from + 1, end);
  if (sign === not && end === from + 1) return notStep;
  const code = form.slice(from, end);
  return knownLeaves.get(code) ?? readNewLeaf(code);
}

/** Reads how many operands a step joins: 2 to 999, in decimal digits. */
function readJoin(kind: 'all' | 'any', form: string, from: number, end: number): Step | undefined {
  let operands = 0;
  for (let at = from; at < end; at += 1) {
    const digit = form.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9 || (digit === 0 && at === from)) return undefined;
    operands = 10 * operands + digit;
  }
  return operands < 2 || operands > 999 ? undefined : joinStep(kind, operands);
}

function readNewLeaf(code: string): Step | undefined {
  const leaf = readLeaf(code);
  // A slice of the form would keep all of it in memory.
  return leaf && newLeaf(` ${code}`.slice(1), leaf);
}

function codedJoin(kind: 'all' | 'any', operands: number): CodedStep {
  return { code: `${kind === 'all' ? '&' : '|'}${operands}`, step: joinStep(kind, operands) };
}

function newLeaf(code: string, leaf: TermFilter): Step {
  if (knownLeaves.size >= mostRemembered) {
    knownLeaves.clear();
    firstKnown += leaves.length;
    leaves = [];
  }
  const step = firstKnown + leaves.length;
  leaves.push(leaf);
  knownLeaves.set(code, step);
  return step;
}
