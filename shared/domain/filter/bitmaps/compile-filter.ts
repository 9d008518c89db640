import { type Filter, noneOf, type TermFilter } from '../filter.js';
import { type FilterStep, leafNumbered, readStep, stepsOf } from './filter-step.js';

/**
 * A filter, ready to be evaluated: one object for all equal filters of a process, for as long as it remembers them.
 * `form` is how it is stored: a version, then leaves and operators in postfix order, parted by blanks. `!` turns what
 * stands before it round, `&3` and `|3` join the last three: `1 w:vision ! p:token_budget w:infer &3`.
 */
export interface CompiledFilter {
  readonly form: string;
  /** Counts the compiled filters of this process. */
  readonly number: number;
  /** The numbers of its steps. */
  readonly steps: readonly number[];
}

/** To be raised whenever a text compiles to another form than before, be it for another stem: stored forms go by it. */
export const compiledVersion = 1;

const start = `${compiledVersion} `;

const byFilter = new WeakMap<Filter, CompiledFilter>();
const byForm = new Map<string, CompiledFilter>();
const mostRemembered = 50_000;
let count = 0;

/** Compiles a filter, the same object only once. */
export function compileFilter(filter: Filter): CompiledFilter {
  const known = byFilter.get(filter);
  if (known) return known;
  const steps = stepsOf(filter);
  const form = start + steps.map(({ code }) => code).join(' ');
  const compiled = byForm.get(form) ?? remembered(form, steps);
  byFilter.set(filter, compiled);
  return compiled;
}

function remembered(form: string, steps: readonly FilterStep[]): CompiledFilter {
  const compiled = { form, number: count, steps: steps.map(({ number }) => number) };
  count += 1;
  if (byForm.size >= mostRemembered) byForm.clear();
  byForm.set(form, compiled);
  return compiled;
}

/** Reads a stored form; `undefined` when it is of another version, or damaged. */
export function readCompiled(stored: string): CompiledFilter | undefined {
  const known = byForm.get(stored);
  if (known || !stored.startsWith(start)) return known;
  const steps = stepsIn(stored);
  return steps && remembered(stored, steps);
}

function stepsIn(form: string): FilterStep[] | undefined {
  const steps: FilterStep[] = [];
  let depth = 0;
  for (const code of form.slice(start.length).split(' ')) {
    const step = readStep(code);
    if (step === undefined || step.operands > depth) return undefined;
    depth += 1 - step.operands;
    steps.push(step);
  }
  return depth === 1 ? steps : undefined;
}

/** What a compiled filter looks for at one of its steps; `undefined` for an operator. */
export function leafAt({ form, steps }: CompiledFilter, index: number): TermFilter | undefined {
  return leafNumbered(steps[index] ?? -1) ?? readStep(form.slice(start.length).split(' ')[index] ?? '')?.leaf;
}

/** The filter behind a compiled one, its terms in place of words; it compiles to that again. */
export function filterBehind(compiled: CompiledFilter): Filter {
  const stack: Filter[] = [];
  for (const { number, operands, leaf } of stepsIn(compiled.form) ?? []) {
    const [first, ...others] = stack.splice(stack.length - operands, operands);
    if (leaf) stack.push(leaf);
    else if (first && number === -1) stack.push(noneOf(first));
    else if (first) stack.push({ kind: number % 2 === 0 ? 'all' : 'any', filters: [first, ...others] });
  }
  const [filter] = stack;
  if (filter === undefined) throw new Error('a compiled filter is damaged');
  byFilter.set(filter, compiled);
  return filter;
}
