import type { Brand } from '../brand.js';
import { type Filter, noneOf } from './filter.js';
import { leafCode, readLeaf } from './leaf-code.js';

/**
 * A filter as it is stored and matched: a version, then leaves and operators in postfix order, parted by blanks. `!` turns
 * what stands before it round, `&3` and `|3` join the last three: `1 w:vision ! p:token_budget w:infer &3`.
 * Equal filters have one form.
 */
export type CompiledFilter = Brand<string, 'CompiledFilter'>;

/** To be raised whenever a text compiles to another form than before, be it for another stem: stored forms go by it. */
export const compiledVersion = 1;

const start = `${compiledVersion} `;

/** The form of each filter that was compiled or read, for as long as somebody holds the filter. */
const forms = new WeakMap<Filter, CompiledFilter>();

/** Compiles a filter, the same object only once. */
export function compileFilter(filter: Filter): CompiledFilter {
  const form = forms.get(filter) ?? (`${start}${codeOf(filter)}` as CompiledFilter);
  forms.set(filter, form);
  return form;
}

function codeOf(filter: Filter): string {
  switch (filter.kind) {
    case 'all':
      return `${filter.filters.map(codeOf).join(' ')} &${filter.filters.length}`;
    case 'any':
      return `${filter.filters.map(codeOf).join(' ')} |${filter.filters.length}`;
    case 'not':
      return `${codeOf(filter.filter)} !`;
    default:
      return leafCode(filter);
  }
}

/** The leaves and operators of a form, in order. */
export function symbolsOf(form: CompiledFilter): string[] {
  return form.slice(start.length).split(' ');
}

/** How many operands an operator joins; 0 for a leaf. */
export function operandsOf(symbol: string): number {
  const sign = symbol[0];
  if (sign === '!') return 1;
  return sign === '&' || sign === '|' ? Number(symbol.slice(1)) : 0;
}

/** Reads a stored form, its terms in place of words; `undefined` when it is of another version, or damaged. */
export function readCompiled(stored: string): Filter | undefined {
  if (!stored.startsWith(start)) return undefined;
  const form = stored as CompiledFilter;
  const stack: Filter[] = [];
  for (const symbol of symbolsOf(form)) {
    const filter = readSymbol(symbol, stack);
    if (filter === undefined) return undefined;
    stack.push(filter);
  }
  const [filter, ...rest] = stack;
  if (filter === undefined || rest.length > 0) return undefined;
  forms.set(filter, form);
  return filter;
}

function readSymbol(symbol: string, stack: Filter[]): Filter | undefined {
  const count = operandsOf(symbol);
  if (count === 0) return readLeaf(symbol);
  const fewest = symbol === '!' ? 1 : 2;
  if (!(count >= fewest && count <= stack.length)) return undefined;
  const operands = stack.splice(stack.length - count, count);
  const [first] = operands;
  if (symbol === '!') return first && noneOf(first);
  return { kind: symbol.startsWith('&') ? 'all' : 'any', filters: operands };
}
