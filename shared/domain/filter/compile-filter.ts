import { type Filter, noneOf } from './filter.js';
import { type FilterStep, readStep, stepsOf } from './filter-step.js';

/**
 * A filter, ready to be evaluated: one object for all equal filters of a process, for as long as it remembers them.
 * `form` is how it is stored: a version, then leaves and operators in postfix order, parted by blanks. `!` turns what
 * stands before it round, `&3` and `|3` join the last three: `1 w:vision ! p:token_budget w:infer &3`.
 */
export interface CompiledFilter {
  readonly form: string;
  readonly steps: readonly FilterStep[];
  /** Its words may be terms. */
  readonly filter: Filter;
}

/** To be raised whenever a text compiles to another form than before, be it for another stem: stored forms go by it. */
export const compiledVersion = 1;

const start = `${compiledVersion} `;

const byFilter = new WeakMap<Filter, CompiledFilter>();
const byForm = new Map<string, CompiledFilter>();
const mostRemembered = 20_000;

/** Compiles a filter, the same object only once. */
export function compileFilter(filter: Filter): CompiledFilter {
  const known = byFilter.get(filter);
  if (known) return known;
  const steps = stepsOf(filter);
  const form = start + steps.map(({ code }) => code).join(' ');
  const compiled = byForm.get(form) ?? remembered({ form, steps, filter });
  byFilter.set(filter, compiled);
  return compiled;
}

function remembered(compiled: CompiledFilter): CompiledFilter {
  if (byForm.size >= mostRemembered) byForm.clear();
  byForm.set(compiled.form, compiled);
  byFilter.set(compiled.filter, compiled);
  return compiled;
}

function stepsIn(form: string): FilterStep[] | undefined {
  const steps: FilterStep[] = [];
  for (const code of form.slice(start.length).split(' ')) {
    const step = readStep(code);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return steps;
}

/** Reads a stored form; `undefined` when it is of another version, or damaged. */
export function readCompiled(stored: string): CompiledFilter | undefined {
  const known = byForm.get(stored);
  if (known || !stored.startsWith(start)) return known;
  const steps = stepsIn(stored);
  const filter = steps && filterOf(steps);
  return filter && remembered({ form: stored, steps, filter });
}

function filterOf(steps: readonly FilterStep[]): Filter | undefined {
  const stack: Filter[] = [];
  for (const { kind, operands, leaf } of steps) {
    if (operands > stack.length) return undefined;
    const [first, ...others] = stack.splice(stack.length - operands, operands);
    if (leaf) stack.push(leaf);
    else if (first && kind === 'not') stack.push(noneOf(first));
    else if (first && kind !== 'not' && kind !== 'leaf') stack.push({ kind, filters: [first, ...others] });
  }
  return stack.length === 1 ? stack[0] : undefined;
}
